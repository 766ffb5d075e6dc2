import { createHash } from "node:crypto";
import { accessSync, closeSync, constants, existsSync, openSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { JsonError, parseJson } from "../../src/files/index.ts";
import { fileError, readBytes, writeAll, writeWhole } from "../../src/files/node/index.ts";
import { fits, number, object, type Schema, text } from "../../src/files/schema/index.ts";

const place = object<{ readonly x: number; readonly y: number; readonly check: string }>({
  ...{ x: number, y: number },
  check: text,
});

const NEW_LINE = 10;

/** The most bytes of a file of points: a million points or more. */
const LARGEST = 2 ** 28;

/**
 * What was found at points, in a file, a line each, added as soon as it is found: so work that was stopped goes on where it was. The file's
 * name stands for all that the values depend on, and each line has a check of both: a line that was cut short or changed, or that is another
 * file's, is taken out, and its point measured again. On a full disk the work goes on, and `close` throws. Several processes may add to one file.
 */
export class PointFile<T extends object> {
  readonly file: string;
  readonly #known: Map<string, T>;
  /** Opened with the first point that is added: a file of no points tells nothing. */
  #descriptor: number | undefined;
  #failures: unknown[] = [];
  /** How many points the file had, */
  readonly kept: number;
  /** and how many lines were taken out of it. */
  readonly refused: number;

  /** @param schema what is kept of each point, beside its place */
  constructor(file: string, schema: Schema<T>) {
    this.file = file;
    const bytes = existsSync(file) ? readBytes(file, LARGEST) : new Uint8Array(0);
    const { points, good, bad } = pointsIn(new TextDecoder().decode(bytes), basename(file), schema);
    this.#known = points;
    [this.kept, this.refused] = [points.size, bad];
    const endsInside = bytes.length > 0 && bytes[bytes.length - 1] !== NEW_LINE;
    if (bad > 0 || endsInside) rewrite(file, good);
    try {
      accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
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
    const point = { x, y, ...found };
    const line = JSON.stringify({ ...point, check: checkOf(basename(this.file), point) });
    try {
      this.#descriptor ??= openSync(this.file, "a");
      writeAll(this.#descriptor, `${line}\n`);
    } catch (error) {
      // A part of the line may be written. It is left there: what follows it may be another process's.
      this.#failures.push(fileError(error, this.file));
    }
  }

  /** Throws what could not be written, if anything. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    if (this.#failures.length > 0) throw this.#failures[0];
  }
}

const keyOf = (x: number, y: number): string => `${x + 0},${y + 0}`;

/** A fingerprint of a point in the file of this name. */
const checkOf = (name: string, point: object): string =>
  createHash("sha256")
    .update(`${name} ${JSON.stringify(point)}`)
    .digest("hex")
    .slice(0, 8);

/** The points of a file, the lines that hold them, and the number of others. */
function pointsIn<T>(content: string, name: string, schema: Schema<T>) {
  const points = new Map<string, T>();
  const good: string[] = [];
  // A line that was cut short has no end.
  const lines = content.split("\n");
  const whole = lines.at(-1) === "" ? lines.slice(0, -1) : lines;
  for (const line of whole) {
    const value = parsed(line);
    if (!fits(place, value)) continue;
    const { check, ...point } = value;
    const { x, y, ...found } = point;
    if (check !== checkOf(name, point) || !fits(schema, found)) continue;
    points.set(keyOf(x, y), found);
    good.push(line);
  }
  return { points, good, bad: whole.length - good.length };
}

/** Writes these lines alone; without any there is no file. */
function rewrite(file: string, lines: readonly string[]): void {
  if (lines.length === 0) rmSync(file);
  else writeWhole(file, lines.map((line) => `${line}\n`).join(""));
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
