// The part of the WebAssembly JavaScript interface (https://webassembly.github.io/spec/js-api/) that the compilers use.
// TypeScript declares it only among the browser's types, which this library does without.

/** Linear memory. Its buffer stays the same as long as it does not grow. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** Checked and compiled bytes. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

/** An exported function. All parameters are numbers (i32 or f64). */
export type WasmFunction = (...values: number[]) => number;

/** A function and what it is called with, for WebAssembly that calls it itself. */
export interface WasmCall {
  readonly function: WasmFunction;
  /** All are 32-bit integers: addresses, and the number of elements. */
  readonly values: readonly number[];
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, WasmFunction>>;
}

/** What a module asks for: by module name, then by name. */
export type WasmImports = Readonly<Record<string, Readonly<Record<string, WasmMemory | WasmFunction>>>>;

interface WebAssemblyInterface {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum?: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  readonly Instance: new (module: WasmModule, imports?: WasmImports) => WasmInstance;
}

declare const WebAssembly: WebAssemblyInterface;

/** Linear memory is made of pages of 64 KiB. */
export const PAGE = 65536;

/** Memory that never grows: growing would detach every view of it. Throws a RangeError where it cannot be had. */
export function fixedMemory(pages: number): WasmMemory {
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

export const compileModule = (bytes: Uint8Array<ArrayBuffer>): WasmModule => new WebAssembly.Module(bytes);

export const instantiate = (module: WasmModule, imports: WasmImports): WasmInstance =>
  new WebAssembly.Instance(module, imports);
