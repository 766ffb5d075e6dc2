import type { TrainEvent } from "../../src/train/index.ts";

/** An event but for its times. */
export const timeless = ({ ...event }: TrainEvent): object => {
  const { seconds, stepsPerSecond, ...rest } = { seconds: 0, stepsPerSecond: 0, ...event };
  return "target" in rest && rest.target !== undefined ? { ...rest, target: { ...rest.target, seconds: 0 } } : rest;
};

/** The numbers' bits: no −0 is 0, and each NaN is itself. */
export const bitsOf = (vector: Float32Array | Float64Array): number[] => [
  ...new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength),
];

/** What a run told, and where it stood then. */
export interface Told {
  readonly event: object;
  readonly w: number[];
}
