import { closeSync, existsSync, ftruncateSync, openSync } from "node:fs";
import { JsonError, parseJson } from "../../src/files/index.ts";
import { fileError, readBytes, writeAll } from "../../src/files/node/index.ts";
import { fits, number, object, type Schema } from "../../src/files/schema/index.ts";

const place = object<{ readonly x: number; readonly y: number }>({ x: number, y: number });

const NEW_LINE = 10;

/** The most bytes of a file of points: a million points or more. */
const LARGEST = 2 ** 28;

/**
 * What was found at points, in a file, a line each, added as soon as it is found: so work that was stopped goes on where it was. The file's
 * name stands for all that the values depend on. A line that was cut short or damaged is passed over, and its point measured again. On a full
 * disk the work goes on, and `close` throws.
 */
export class PointFile<T extends object> {
  readonly file: string;
  readonly #known: Map<string, T>;
  readonly #descriptor: number;
  #length: number;
  #failures: unknown[] = [];
  /** How many points the file had. */
  readonly kept: number;

  /** @param schema what is kept of each point, beside its place */
  constructor(file: string, schema: Schema<T>) {
    this.file = file;
    const bytes = existsSync(file) ? readBytes(file, LARGEST) : new Uint8Array(0);
    this.#known = pointsIn(new TextDecoder().decode(bytes), schema);
    this.#length = bytes.length;
    this.kept = this.#known.size;
    try {
      this.#descriptor = openSync(file, "a");
      // What was cut short becomes a line of its own.
      if (bytes.length > 0 && bytes[bytes.length - 1] !== NEW_LINE) this.#length += writeAll(this.#descriptor, "\n");
    } catch (error) {
      throw fileError(error, file);
    }
  }

  find(x: number, y: number): T | undefined {
    return this.#known.get(keyOf(x, y));
  }

  keep(x: number, y: number, found: T): void {
    this.#known.set(keyOf(x, y), found);
    if (this.#failures.length > 0) return;
    try {
      this.#length += writeAll(this.#descriptor, `${JSON.stringify({ x, y, ...found })}\n`);
    } catch (error) {
      ftruncateSync(this.#descriptor, this.#length);
      this.#failures.push(fileError(error, this.file));
    }
  }

  /** Throws what could not be written, if anything. */
  close(): void {
    closeSync(this.#descriptor);
    if (this.#failures.length > 0) throw this.#failures[0];
  }
}

const keyOf = (x: number, y: number): string => `${x + 0},${y + 0}`;

function pointsIn<T>(text: string, schema: Schema<T>): Map<string, T> {
  const points = new Map<string, T>();
  for (const each of text.split("\n")) {
    const value = parsed(each);
    if (!fits(place, value)) continue;
    const { x, y, ...found } = value;
    if (fits(schema, found)) points.set(keyOf(x, y), found);
  }
  return points;
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
