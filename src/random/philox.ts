// Philox4x32-10: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
// A keyed bijection of 128-bit counters whose outputs pass BigCrush. There is no state between draws: number i of a stream
// is a function of (key, i), so one integer is enough to resume exactly.

/** The round multipliers and the Weyl increments of the key, section 4.3 of the paper. */
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9; // ⌊2³² (√5 − 1) / 2⌋
const W1 = 0xbb67ae85; // ⌊2³² (√3 − 1)⌋
const ROUNDS = 10;

/** The high 32 bits of the 64-bit product a·b of two unsigned words, from four 16-bit products. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const carry = ((Math.imul(aLow, bLow) >>> 16) + Math.imul(aHigh, bLow)) | 0;
  const middle = ((carry & 0xffff) + Math.imul(aLow, bHigh)) | 0;
  return (Math.imul(aHigh, bHigh) + (carry >>> 16) + (middle >>> 16)) | 0;
}

/**
 * Encrypts one 128-bit counter (four unsigned words, lowest first) under a 64-bit key (two) and writes four unsigned
 * words to `out`.
 */
export function philox4x32(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
  out: Uint32Array,
): void {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(M0, c0);
    const high1 = multiplyHigh(M1, c2);
    const low0 = Math.imul(M0, c0);
    const low1 = Math.imul(M1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}
