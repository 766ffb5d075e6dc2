import type { LossSlice } from "../../landscape/index.ts";

/**
 * The same slices with titles that tell them apart: "resnet-20" and "resnet-20" become "resnet-20 (one)" and "resnet-20 (another)", or
 * "resnet-20 (1)" and "resnet-20 (2)" where their runs are unknown or the same. "runs/one" is the
 * folder of a run named "one".
 */
export function distinctlyTitled(slices: readonly LossSlice[]): LossSlice[] {
  const named = slices.map((slice) => ({
    ...slice,
    title: isAlone(slice, slices) || slice.run === undefined ? slice.title : `${slice.title} (${nameOf(slice.run)})`,
  }));
  return named.map((slice) => {
    const alike = named.filter(({ title }) => title === slice.title);
    return alike.length === 1 ? slice : { ...slice, title: `${slice.title} (${alike.indexOf(slice) + 1})` };
  });
}

const isAlone = ({ title }: LossSlice, slices: readonly LossSlice[]): boolean =>
  slices.filter((each) => each.title === title).length === 1;

/** The last part of a folder's path. */
const nameOf = (folder: string): string => folder.replace(/[/\\]+$/, "").replace(/^.*[/\\]/, "");
