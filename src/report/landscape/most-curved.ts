import { curvatureRatio, type LossSlice } from "../../landscape/index.ts";

/** Ratios from here on have the full colour, as in Li et al. (2018). */
const FULL = 0.5;

/** The |λmin/λmax| that has the full colour in maps that are shown together: the largest there is, and at most 0.5, so that small ones are told apart, too. */
export function mostCurved(slices: readonly Pick<LossSlice, "curvature">[]): number {
  const ratios = slices.flatMap(({ curvature }) => (curvature ? curvatureRatio(curvature).flat() : []));
  const most = ratios.reduce<number>((largest, ratio) => Math.max(largest, ratio ?? 0), 0);
  return most > 0 ? Math.min(FULL, most) : FULL;
}
