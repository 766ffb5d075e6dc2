import type { Standardization, Vector } from "../dataset.ts";
import type { Targets } from "./targets.ts";

/** Targets of a table's rows as a net learns them. */
export interface RowTargets {
  /** Values of a row: 1 for a class. */
  readonly width: number;
  /** A vector that holds so many of them exactly. */
  room(length: number): Vector;
  /** Writes the targets of some rows to the front of a vector: rows × width. */
  write(rows: Uint32Array, to: Vector): void;
}

/** Class indices as they are; values scaled. */
export function rowTargets({ values, task }: Targets, scaling: Standardization | undefined): RowTargets {
  if (task === "classification" || scaling === undefined)
    return {
      width: 1,
      room: (length) => (task === "classification" ? new Float32Array(length) : new Float64Array(length)),
      write: (rows, to) => {
        for (let i = 0; i < rows.length; i++) to[i] = values[rows[i]];
      },
    };
  const { mean, deviation } = scaling;
  const width = mean.length;
  return {
    width,
    room: (length) => new Float64Array(length),
    write: (rows, to) => {
      for (let i = 0, out = 0; i < rows.length; i++)
        for (let at = 0; at < width; at++) to[out++] = (values[rows[i] * width + at] - mean[at]) / deviation[at];
    },
  };
}

/** rows × width */
export function targetsIn(targets: RowTargets, rows: Uint32Array): Vector {
  const all = targets.room(rows.length * targets.width);
  targets.write(rows, all);
  return all;
}
