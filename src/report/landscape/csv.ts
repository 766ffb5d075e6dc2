import type { LossSlice } from "../../landscape/index.ts";

/**
 * A slice as comma-separated values with a heading, a line for each point, row by row: x, y, loss, and accuracy where it was
 * measured. Numbers have all their digits; a value that is missing, or not finite, is an empty field.
 */
export function sliceCsv({ x, y, loss, accuracy }: LossSlice): string {
  const head = ["x", "y", "loss", ...(accuracy === undefined ? [] : ["accuracy"])];
  const rows = y.flatMap((yi, i) =>
    x.map((xj, j) => [xj, yi, loss[i][j], ...(accuracy === undefined ? [] : [accuracy[i][j]])]),
  );
  return `${[head, ...rows].map((row) => row.map((cell) => cell ?? "").join(",")).join("\n")}\n`;
}
