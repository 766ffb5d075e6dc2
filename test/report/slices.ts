import type { LossSlice } from "../../src/landscape/index.ts";

const axis = (count: number): number[] => Array.from({ length: count }, (_, k) => -1 + (2 * k) / (count - 1));

/** A slice of losses f(x, y) over a square; null where they are not finite. */
export function sliceOf(
  f: (x: number, y: number) => number,
  { title = "net", count = 5, ...more }: Partial<LossSlice> & { readonly count?: number } = {},
): LossSlice {
  const [x, y] = [axis(count), axis(count)];
  const at = (xj: number, yi: number): number | null => (Number.isFinite(f(xj, yi)) ? f(xj, yi) : null);
  const loss = y.map((yi) => x.map((xj) => at(xj, yi)));
  const accuracy = loss.map((row) => row.map((value) => (value === null ? null : 1 / (1 + value))));
  const direction = (label: string) => ({ kind: "filter", length: 2, label }) as const;
  return {
    ...{ title, x, y, loss, accuracy },
    centre: { loss: at(0, 0), accuracy: 1 / (1 + (at(0, 0) ?? 9)) },
    directions: [direction("first direction"), direction("second direction")],
    examples: { data: "digits", split: "train", count: 256 },
    ...more,
  };
}

/** The same along a line. */
export function lineOf(f: (x: number) => number, count = 9): LossSlice {
  const x = axis(count);
  const { accuracy, ...rest } = sliceOf(f, { count: 3 });
  return {
    ...rest,
    ...{ x, y: [0], loss: [x.map(f)], accuracy: accuracy && [x.map((at) => 1 / (1 + f(at)))] },
    directions: rest.directions.slice(0, 1),
  };
}
