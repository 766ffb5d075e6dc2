/** Reads exact numbers of bytes from a stream that comes in chunks of any size. */
export class ChunkReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next `length` bytes, or fewer if the stream ends before. */
  async read(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length && (await this.#more())) {
      const piece = this.#rest.subarray(0, length - filled);
      bytes.set(piece, filled);
      filled += piece.length;
      this.#rest = this.#rest.subarray(piece.length);
    }
    return bytes.subarray(0, filled);
  }

  /** Passes over the next `length` bytes, or fewer if the stream ends before; says how many. */
  async skip(length: number): Promise<number> {
    let passed = 0;
    while (passed < length && (await this.#more())) {
      const { length: piece } = this.#rest.subarray(0, length - passed);
      passed += piece;
      this.#rest = this.#rest.subarray(piece);
    }
    return passed;
  }

  /** Whether every byte has been read. */
  async ended(): Promise<boolean> {
    return !(await this.#more());
  }

  /** Closes the stream, whether or not it was read to its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #more(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const { value, done } = await this.#chunks.next();
      if (done) return false;
      this.#rest = value;
    }
    return true;
  }
}
