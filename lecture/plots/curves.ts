import { type AxisOptions, type Figure, figure, type Legend, line, type Mark, panel } from "../../src/figure/index.ts";

/** Values by step, by epoch, by rate: over 0, 1, 2, … unless x says something else. */
export type Curve = readonly number[] | { readonly x: readonly number[]; readonly y: readonly number[] };

/** A bold line for each curve, by its label. */
export const curves = (labelled: Readonly<Record<string, Curve>>): Mark[] =>
  Object.entries(labelled).map(([label, curve]) =>
    line({ ...("y" in curve ? curve : { y: curve }), label, weight: "bold" }),
  );

/** A curve that begins at 1, as steps, days and epochs do. */
export const fromOne = (y: readonly number[]): Curve => ({ x: y.map((_, i) => i + 1), y });

interface SinglePanel {
  readonly title: string;
  /** The figure in words. */
  readonly description: string;
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  readonly aspect?: number;
  readonly legend?: Legend;
  readonly marks: readonly Mark[];
}

/** A figure of one panel. */
export const plotOf = ({ title, description, legend, ...only }: SinglePanel): Figure =>
  figure({ title, description, ...(legend && { legend }), panels: [panel(only)] });
