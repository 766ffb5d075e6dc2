import { philox4x32 } from "./philox.ts";

/** Identifies one of the 2⁶⁴ streams of a seed: two unsigned words, the upper half of the generator's counter. */
export type StreamId = readonly [number, number];

/** The stream of a generator without a label. */
export const ROOT: StreamId = [0, 0];

/**
 * The stream under `parent` with this label: its length and UTF-16 code units are chained through Philox, each block keyed by
 * the output of the one before. Two labels collide with probability 2⁻⁶⁴.
 */
export function substream(parent: StreamId, label: string | number): StreamId {
  const text = String(label);
  const units = [text.length, ...Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))];
  return units.reduce(absorb, parent);
}

function absorb(key: StreamId, unit: number, index: number): StreamId {
  const out = new Uint32Array(4);
  philox4x32([unit, index, 0, 0], key, out);
  return [out[0], out[1]];
}

/** Throws for a stream that cannot have come from `Random.state()`. */
export function checkStream(stream: readonly number[]): void {
  if (Array.isArray(stream) && stream.length === 2 && stream.every((word) => word >>> 0 === word)) return;
  throw new RangeError(`a generator's stream must be two unsigned 32-bit words, not [${stream}]`);
}
