// The part of the WebAssembly JavaScript interface (https://webassembly.github.io/spec/js-api/) that the compilers use.
// TypeScript only declares it with the browser's types, which this library does not include.

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

/** A function and its arguments, for WebAssembly code to call. */
export interface WasmCall {
  readonly function: WasmFunction;
  /** 32-bit integers: addresses, and the number of elements. */
  readonly values: readonly number[];
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, WasmFunction>>;
}

/** A module's imports, by module name, then by name. */
export type WasmImports = Readonly<Record<string, Readonly<Record<string, WasmMemory | WasmFunction>>>>;

interface WebAssemblyInterface {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum?: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  readonly Instance: new (module: WasmModule, imports?: WasmImports) => WasmInstance;
}

declare const WebAssembly: WebAssemblyInterface;

/** The size of a page of linear memory: 64 KiB. */
export const PAGE = 65536;

/** Memory of a fixed size, since growing would detach every view of it. Throws a RangeError if it cannot be allocated. */
export function fixedMemory(pages: number): WasmMemory {
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

export const compileModule = (bytes: Uint8Array<ArrayBuffer>): WasmModule => new WebAssembly.Module(bytes);

export const instantiate = (module: WasmModule, imports: WasmImports): WasmInstance =>
  new WebAssembly.Instance(module, imports);
