import { checkBatch } from "../batch.ts";
import type { Vector } from "../dataset.ts";
import type { Source } from "../source.ts";
import type { KeptExamples } from "../weights/weighed.ts";
import { meaning, writeInputs } from "./encode.ts";
import type { MeasuredColumn } from "./measure.ts";
import { widthOf } from "./preprocessing.ts";
import type { KeptTable, RowReader } from "./raw-table.ts";
import { type RowTargets, targetsIn } from "./row-targets.ts";

/** Rows that are read at a time, where all are wanted. */
const ROWS = 1024;

/** Turns cells of rows into inputs. */
interface RowEncoder {
  /** Inputs of a row. */
  readonly width: number;
  read(rows: Uint32Array, inputs: Vector): void;
}

/**
 * Sets of examples of a table that is kept in a file: all that is in memory of a set are its rows. Inputs are read and encoded when they
 * are asked for, targets scaled, so that they are the same to the bit as in memory.
 */
export function keptExamples(
  table: KeptTable,
  columns: readonly MeasuredColumn[],
  targets: RowTargets,
): (rows: Uint32Array, weights?: Vector) => KeptExamples & Source {
  const encoder = rowEncoder(table, columns);
  const made = (rows: Uint32Array, weights?: Vector): KeptExamples & Source => {
    const [count, inputSize, targetSize] = [rows.length, encoder.width, targets.width];
    const set = { count, inputSize, targetSize };
    return {
      ...{ ...set, ...(weights && { weights }), weighed: (own: Vector) => made(rows, own) },
      get inputs() {
        const all = new Float64Array(count * inputSize);
        for (let at = 0; at < count; at += ROWS)
          encoder.read(rows.subarray(at, at + ROWS), all.subarray(at * inputSize));
        return all;
      },
      get targets() {
        return targetsIn(targets, rows);
      },
      gather: (indices, toInputs, toTargets) => {
        checkBatch(set, indices, toInputs, toTargets);
        const own = indices.map((index) => rows[index]);
        encoder.read(own, toInputs);
        targets.write(own, toTargets);
      },
    };
  };
  return made;
}

function rowEncoder(table: KeptTable, columns: readonly MeasuredColumn[]): RowEncoder {
  const width = columns.reduce((sum, { input }) => sum + widthOf(input), 0);
  let cells = new Float64Array(0);
  let reader: RowReader | undefined;
  return {
    width,
    read: (rows, inputs) => {
      reader ??= table.rowReader(columns.map(({ column }) => column.number - 1));
      const needed = rows.length * columns.length;
      if (cells.length < needed) cells = new Float64Array(needed);
      reader(rows, cells);
      let offset = 0;
      for (const [at, { input, meanings }] of columns.entries()) {
        for (let i = 0; i < rows.length; i++)
          writeInputs(input, meaning(cells[i * columns.length + at], meanings), inputs, i * width + offset);
        offset += widthOf(input);
      }
    },
  };
}
