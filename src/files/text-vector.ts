/** A text as a vector, for records that only hold numbers and vectors: one byte of UTF-8 per element. */
export const vectorOfText = (text: string): Float32Array => Float32Array.from(new TextEncoder().encode(text));

/** The text of a vector that `vectorOfText` made; undefined for anything else. */
export const textOfVector = (value: unknown): string | undefined =>
  value instanceof Float32Array ? new TextDecoder().decode(Uint8Array.from(value)) : undefined;
