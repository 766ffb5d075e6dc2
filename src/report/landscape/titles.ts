import type { LossSlice } from "../../landscape/index.ts";

/**
 * The same slices with titles that tell them apart: "resnet-20" and "resnet-20" become "resnet-20 (one)" and "resnet-20 (another)" by the
 * names of their runs' folders, as short as they can be, or "resnet-20 (1)" and "resnet-20 (2)" where these are unknown or the same.
 */
export function distinctlyTitled(slices: readonly LossSlice[]): LossSlice[] {
  const named = slices.map((slice) => {
    const alike = slices.filter(({ title }) => title === slice.title);
    const names = alike.flatMap(({ run }) => (run === undefined ? [] : [nameOf(run)]));
    if (alike.length === 1 || slice.run === undefined) return slice;
    return { ...slice, title: `${slice.title} (${shortened(nameOf(slice.run), names)})` };
  });
  return named.map((slice) => {
    const alike = named.filter(({ title }) => title === slice.title);
    return alike.length === 1 ? slice : { ...slice, title: `${slice.title} (${alike.indexOf(slice) + 1})` };
  });
}

/** The last part of a folder's path. */
export const nameOf = (folder: string): string =>
  folder
    .split(/[/\\]/)
    .filter((part) => part !== "")
    .at(-1) ?? "";

/** What a run's name is by itself: the time at which it began, and what it did. */
const NAMED = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(?:train-)?(.+)$/;

/** A name among several: what its run did, else the time of day, else with the day; whichever tells all of them apart. */
function shortened(name: string, names: readonly string[]): string {
  const parts = names.map((each) => NAMED.exec(each));
  const own = NAMED.exec(name);
  if (own === null || parts.includes(null)) return name;
  const time = ([, , hours, minutes, seconds]: readonly string[]): string => `${hours}:${minutes}:${seconds}`;
  const ways = [(each: readonly string[]) => each[5], time, (each: readonly string[]) => `${each[1]} ${time(each)}`];
  const isClear = (way: (each: readonly string[]) => string): boolean =>
    new Set(parts.map((each) => each && way(each))).size === names.length;
  return ways.find(isClear)?.(own) ?? name;
}
