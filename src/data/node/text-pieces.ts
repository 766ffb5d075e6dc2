import { isAscii } from "node:buffer";
import { TextDecoder } from "node:util";
import { DataError } from "../../files/index.ts";

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** The encoding that a byte-order mark says; UTF-8 without one. */
export function encodingOf([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/** Turns chunks of bytes, cut anywhere, into pieces of text. */
export class TextPieces {
  readonly #name: string;
  readonly #encoding: Encoding;
  readonly #decoder: TextDecoder;
  /** Whether the last chunk may have ended within a character. */
  #isCut = false;

  /** @param name in errors */
  constructor(name: string, encoding: Encoding) {
    this.#name = name;
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  /** @throws DataError for bytes that are not text in this encoding */
  next(bytes: Uint8Array): string {
    if (!this.#isCut && this.#encoding === "utf-8" && isAscii(bytes))
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1"); // the decoder is slower
    this.#isCut = this.#encoding !== "utf-8" || bytes[bytes.length - 1] >= 0x80;
    return this.#checked(() => this.#decoder.decode(bytes, { stream: true }));
  }

  /** @throws DataError if the text ends within a character */
  last(): string {
    return this.#checked(() => this.#decoder.decode());
  }

  #checked(decode: () => string): string {
    try {
      return decode();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      const label = this.#encoding === "utf-8" ? "UTF-8" : "UTF-16";
      throw new DataError(this.#name, `it is not ${label} text`, "save it as a UTF-8 CSV file", { cause: error });
    }
  }
}
