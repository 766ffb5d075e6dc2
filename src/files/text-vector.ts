/** Text among vectors, for records that hold numbers and vectors alone: a byte of UTF-8 in each number. */
export const vectorOfText = (text: string): Float32Array => Float32Array.from(new TextEncoder().encode(text));

/** The text that `vectorOfText` made a vector of; undefined for what is no such vector. */
export const textOfVector = (value: unknown): string | undefined =>
  value instanceof Float32Array ? new TextDecoder().decode(Uint8Array.from(value)) : undefined;
