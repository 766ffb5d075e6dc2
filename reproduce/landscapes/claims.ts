import { allOf, atMost, type Judged, unmeasured, within } from "../verdict.ts";
import type { NetName } from "./settings.ts";

/** What is measured of a net from one seed: means over its slices. */
export interface NetMeasures {
  readonly seed: number;
  readonly loss: number;
  readonly testError: number;
  /** The share of the window in which the loss is below that of guessing. */
  readonly basin: number;
  /** The mean loss at the radius of a half. */
  readonly lossAtRadius: number;
  /** The share of the window's points at which the slice is not convex. */
  readonly nonConvex: number;
  /** The share of the basin's points, of which there may be none. */
  readonly nonConvexInBasin: number | null;
  readonly sharpness: number;
  /** The most strict local minima in a slice. */
  readonly minima: number;
  /** The share of the points with |λmin/λmax| below a hundredth; NaN where it was not measured. */
  readonly shareConvexByCurvature: number;
}

/** By net, by seed. */
export type Measures = Readonly<Record<NetName, readonly NetMeasures[]>>;

/** A "large region" of a dense net's window is at least this part of it. */
const LARGE = 0.5;

/**
 * The claims of Li et al. 2018, sections 5 and 6, in numbers. Nets from the same seed are compared with each other: their images come in the same
 * order.
 */
export function claimsOf(measures: Measures): Judged[] {
  const { skips, plain, shallow, dense } = measures;
  const judged = (
    claim: string,
    needs: readonly (readonly unknown[])[],
    judge: () => Omit<Judged, "claim">,
  ): Judged => ({
    claim,
    ...(needs.some(({ length }) => length === 0) ? unmeasured : judge()),
  });
  return [
    judged(
      "At the same depth, the basin, where the loss is below that of guessing, is larger with skips.",
      [skips, plain],
      () => atMost(...paired(plain, skips, ({ basin }) => basin)),
    ),
    judged(
      "At the same depth, the loss rises less around the net with skips: at radius 0.5 it is lower.",
      [skips, plain],
      () => atMost(...paired(skips, plain, ({ lossAtRadius }) => lossAtRadius)),
    ),
    judged("At the same depth, a smaller part of the slice is not convex with skips.", [skips, plain], () => {
      const [without, having] = paired(plain, skips, ({ nonConvex }) => nonConvex);
      const finding = within(differences(without, having), 0, 1);
      return { ...finding, measured: `without less with: ${finding.measured}` };
    }),
    judged("Without skips, the deeper net has the smaller basin.", [plain, shallow], () =>
      atMost(...paired(plain, shallow, ({ basin }) => basin)),
    ),
    judged(
      `The dense net is nearly convex: |λmin/λmax| is below 1 % in at least ${100 * LARGE} % of the window.`,
      [dense.filter(({ shareConvexByCurvature: share }) => Number.isFinite(share))],
      () => {
        const shares = dense.map(({ shareConvexByCurvature: share }) => share).filter(Number.isFinite);
        return within(shares, LARGE, 1);
      },
    ),
    judged(
      "Test errors follow the landscapes: fewer with skips than without at the same depth, and without skips more for the deeper net.",
      [skips, plain, shallow],
      () =>
        allOf({
          "with/without": atMost(...paired(skips, plain, ({ testError }) => testError)),
          "shallow/deep, without": atMost(...paired(shallow, plain, ({ testError }) => testError)),
        }),
    ),
  ];
}

/** The values of two nets for the seeds that both have. */
function paired(
  a: readonly NetMeasures[],
  b: readonly NetMeasures[],
  of: (measures: NetMeasures) => number,
): [number[], number[]] {
  const both = a.flatMap((one) => {
    const other = b.find(({ seed }) => seed === one.seed);
    return other === undefined ? [] : [[of(one), of(other)] as const];
  });
  return [both.map(([one]) => one), both.map(([, other]) => other)];
}

const differences = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value - b[i]);

/** What a reader has to know of what was found. */
export function findingNotes(measures: Measures): string[] {
  const { skips, plain } = measures;
  if (skips.length === 0 || plain.length === 0) return [];
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const percent = (share: number): string => `${(100 * share).toPrecision(2)} %`;
  const means = (of: (each: NetMeasures) => number) => [skips, plain].map((nets) => mean(nets.map(of)));
  const [basin, plainBasin] = means((each) => each.basin);
  const [bent, plainBent] = means((each) => each.nonConvex);
  const [loss, plainLoss] = means((each) => each.loss);
  const [most, plainMost] = [skips, plain].map((nets) => Math.max(...nets.map(({ minima }) => minima)));
  return [
    `An independent replication of 40 epochs found no chaos around resnet-56-noshort, but a smaller basin: 7 % of the window, where nets of 20 layers had 17 to 22 %. Here the basin is ${percent(basin)} of the window with skips and ${percent(plainBasin)} without; ${percent(bent)} and ${percent(plainBent)} of the points are not convex; the most local minima in a slice are ${most} and ${plainMost}.`,
    ...(Math.abs(Math.log(loss / plainLoss)) > Math.log(1.2)
      ? [
          `The nets with and without skips ended at different losses, ${loss.toPrecision(3)} and ${plainLoss.toPrecision(3)}, which accounts for a part of what differs between their slices.`,
        ]
      : []),
  ];
}
