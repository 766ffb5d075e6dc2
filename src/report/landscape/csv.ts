import { curvatureRatio, type LossSlice } from "../../landscape/index.ts";

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

/**
 * A slice's map of curvature in the same form, a line for each of its points, which may be fewer than the slice's: x, y, λmax and λmin of
 * the Hessian, |λmin/λmax|, and the larger residual ‖Hv − λv‖ of the two eigenvalues. Empty text for a slice without a map.
 */
export function curvatureCsv({ curvature }: Pick<LossSlice, "curvature">): string {
  if (curvature === undefined) return "";
  const { x, y, largest, smallest, error } = curvature;
  const ratio = curvatureRatio(curvature);
  const rows = y.flatMap((yi, i) =>
    x.map((xj, j) => [xj, yi, largest[i][j], smallest[i][j], ratio[i][j], error?.[i][j] ?? null]),
  );
  const head = ["x", "y", "lambda_max", "lambda_min", "ratio", "error"];
  return `${[head, ...rows].map((row) => row.map((cell) => cell ?? "").join(",")).join("\n")}\n`;
}
