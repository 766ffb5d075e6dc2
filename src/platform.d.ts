// What browsers, their workers and Node have alike, as far as the library uses it. With only these declared, the compiler
// refuses what one of them lacks.

declare const performance: {
  /** Milliseconds since the program began. */
  now(): number;
};

declare function setTimeout(callback: () => void, milliseconds?: number): unknown;

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
}

declare const AbortSignal: {
  /** Given as soon as one of them is. */
  any(signals: readonly AbortSignal[]): AbortSignal;
};

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  /** `fatal`: bytes that are no text are a TypeError. `ignoreBOM`: a byte order mark at the front stays, as a character. */
  constructor(encoding?: "utf-8", options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}

/** In base64; each character of the text stands for a byte. */
declare function btoa(bytes: string): string;

/** The bytes of a text in base64, one to each character. */
declare function atob(base64: string): string;
