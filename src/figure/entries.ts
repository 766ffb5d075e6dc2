import type { Panel } from "./description.ts";
import { kindOf, type Mark } from "./kinds.ts";
import { type Color, seriesColor } from "./look.ts";
import { type MarkData, roles, type Sample } from "./mark.ts";

/** One curve in a legend: how all marks of one label look together. */
export interface Entry {
  readonly label: string;
  readonly color: Color;
  /** From the lowest to the uppermost. */
  readonly samples: readonly Sample[];
}

/** The labelled curves of some panels, each label once, in the order of appearance. */
export function entriesOf(panels: readonly Panel[]): Entry[] {
  const labelled = new Map<string, Mark[]>();
  for (const mark of panels.flatMap(({ marks }) => marks)) {
    const { label }: MarkData = mark;
    if (label !== undefined) labelled.set(label, [...(labelled.get(label) ?? []), mark]);
  }
  return [...labelled].map(([label, marks]) => entryOf(label, marks));
}

/** The colour is that of the first mark. Of several marks of a kind the last one is the sample. */
export function entryOf(label: string, marks: readonly Mark[]): Entry {
  const [first]: readonly MarkData[] = marks;
  const last = new Map(marks.map((mark) => [mark.kind, kindOf(mark).sample(mark)]));
  const all = [...new Set(last.values())].filter((sample) => sample !== null);
  const shown = all.some(({ role }) => role === "curve") ? all.filter(({ role }) => role !== "area") : all;
  const samples = shown.sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role));
  return { label, color: seriesColor(first), samples };
}
