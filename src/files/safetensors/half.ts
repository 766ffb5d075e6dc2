/**
 * Conversion between 16-bit floats and float32. Both directions work on bits, since passing through a JavaScript number can
 * change a NaN's bits.
 */

/** IEEE 754 binary16 to float32, which keeps every value and every NaN's fraction. */
export const floatsOfHalfs = (buffer: ArrayBuffer): Float32Array => widen(buffer, floatOfHalf);

/** bfloat16 is the upper half of a float32. */
export const floatsOfBfloats = (buffer: ArrayBuffer): Float32Array => widen(buffer, (bits) => bits << 16);

/** float32 to binary16. Throws a RangeError for the first number that binary16 cannot represent. */
export const halfsOfFloats = (data: Float32Array): Uint8Array =>
  narrow(data, "float16", halfOfFloat, (half) => floatOfHalf(half));

/** float32 to bfloat16. Throws a RangeError for the first number that bfloat16 cannot represent. */
export const bfloatsOfFloats = (data: Float32Array): Uint8Array =>
  narrow(
    data,
    "bfloat16",
    (bits) => bits >>> 16,
    (half) => half << 16,
  );

/** The bits of binary16: sign, 5 of exponent with bias 15, 10 of fraction; of float32: sign, 8 with bias 127, 23. */
function floatOfHalf(half: number): number {
  const [sign, exponent, fraction] = [(half & 0x8000) << 16, (half >> 10) & 31, half & 0x3ff];
  if (exponent === 31) return sign | 0x7f800000 | (fraction << 13); // ∞, NaN
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  const shift = Math.clz32(fraction) - 21; // a subnormal half is a normal float32
  return sign | ((113 - shift) << 23) | ((fraction << (13 + shift)) & 0x7fffff);
}

/** Truncates to binary16 towards zero; other bits if that is out of range. */
function halfOfFloat(bits: number): number {
  const [sign, exponent, fraction] = [(bits >>> 16) & 0x8000, (bits >>> 23) & 255, bits & 0x7fffff];
  if (exponent === 255) return sign | 0x7c00 | (fraction >> 13);
  if (exponent > 112) return sign | (((exponent - 112) << 10) & 0x7fff) | (fraction >> 13);
  return sign | (exponent < 102 ? 0 : (fraction | 0x800000) >> (126 - exponent));
}

function widen(buffer: ArrayBuffer, bitsOf: (half: number) => number): Float32Array {
  const halfs = new Uint16Array(buffer);
  const floats = new Float32Array(halfs.length);
  const bits = new Int32Array(floats.buffer);
  for (let i = 0; i < halfs.length; i++) bits[i] = bitsOf(halfs[i]);
  return floats;
}

function narrow(
  data: Float32Array,
  type: string,
  halfOf: (bits: number) => number,
  bitsOf: (half: number) => number,
): Uint8Array {
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  const halfs = new Uint16Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    halfs[i] = halfOf(bits[i]);
    if (bitsOf(halfs[i]) !== bits[i])
      throw new RangeError(`${data[i]} at ${i} is not exactly a ${type}; round it first, or use F32`);
  }
  return new Uint8Array(halfs.buffer);
}
