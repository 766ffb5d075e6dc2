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

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}
