import { type Figure, figure, line, panel } from "../../figure/index.ts";
import { type Connection, highestLoss, type Measured } from "../../landscape/index.ts";
import * as format from "../format.ts";

/** What a net does on two ways from one solution to another. */
export type BothWays = Pick<Connection, "positions" | "curve" | "line">;

/** How high the loss rises on both ways, in a sentence. */
export const connectionWords = ({ curve, line }: BothWays): string =>
  `From one net to the other the loss rises to ${format.loss(highestLoss(line))} on the straight line, and to ${format.loss(highestLoss(curve))} on the curve.`;

/** The loss along the straight line between two nets and along the curve, as in Garipov et al. (2018), figure 2. */
export function connectionFigure(ways: BothWays): Figure {
  const along = (label: string, measured: readonly Measured[], series: number) =>
    line({ ...{ label, series, x: ways.positions }, y: measured.map(({ loss }) => loss ?? Number.NaN) });
  return figure({
    title: "The loss from one net to the other",
    description: connectionWords(ways),
    panels: [
      panel({
        x: { label: "position, from one net at 0 to the other at 1" },
        y: { label: "loss" },
        // The curve has the colour that it has on the surface.
        marks: [along("curve", ways.curve, 0), along("straight line", ways.line, 1)],
      }),
    ],
  });
}
