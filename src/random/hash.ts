/** Keeps `mix(0)` from being 0: ⌊2³² (√5 − 1) / 2⌋, odd. */
const GOLDEN = 0x9e3779b9;

/**
 * A bijection of 32-bit words that spreads every input bit over the whole word: `lowbias32` by C. Wellons, found by
 * search for the least avalanche bias (0.174; a perfect function measures 0.021), https://nullprogram.com/blog/2018/07/31/.
 */
export function mix32(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * The 32 random bits of one (key, counter). It has no state, so any element of a dropout mask can be computed separately, in
 * any order, and again after a resume. Both arguments are read modulo 2³²; the result is unsigned.
 *
 *     bits32(key, counter) = mix32(key + mix32(counter + 0x9e3779b9))        all arithmetic modulo 2³²
 *
 * Nested hashing, as in M. Jarzynski & M. Olano, "Hash functions for GPU rendering", JCGT 9(3) (2020): mixing the
 * counter before the key is added leaves no two keys with shifted copies of the same sequence. For one key it is a
 * bijection of the counter: 2³² elements without a repetition.
 *
 * In WebAssembly SIMD, four at a time, bit for bit: `i32x4.add`, `i32x4.shr_u`, `v128.xor`, `i32x4.mul` in the order
 * written above. To drop an element with probability p, test bits32 < ⌊p · 2³²⌋ (`i32x4.lt_u`).
 */
export function bits32(key: number, counter: number): number {
  return mix32(key + mix32(counter + GOLDEN));
}
