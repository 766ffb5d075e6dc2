import { someOf } from "../../arguments/index.ts";
import type { Arena } from "../memory.ts";
import { instantiate, type WasmCall, type WasmFunction } from "../webassembly.ts";
import type { Compiled } from "./module.ts";
import type { Plan } from "./plan.ts";

type OfLength = (length: number) => void;

/** A plan's functions, bound to its vectors' addresses: they only take the number of elements. */
export interface Calls {
  readonly all: OfLength;
  readonly stages: readonly OfLength[];
  readonly sweeps: readonly OfLength[];
}

/** A compiled plan in one memory, with cells for its scalars there. */
export class Instance {
  readonly #cells: Float64Array<ArrayBuffer>;
  readonly #functions: Readonly<Record<string, WasmFunction>>;
  readonly #plan: Plan;
  readonly #results: readonly number[];

  constructor(plan: Plan, { module, functions }: Compiled, arena: Arena) {
    this.#cells = arena.vector("f64", plan.cellCount);
    this.#functions = instantiate(module, { memory: { memory: arena.memory }, functions }).exports;
    this.#plan = plan;
    this.#results = plan.results.map(([, cell]) => cell);
  }

  /** The cells of the named scalars. */
  get scalars(): Float64Array<ArrayBuffer> {
    return this.#cells.subarray(0, this.#plan.scalars.length);
  }

  place(addresses: readonly number[]): Calls {
    const tie = (name: string, ...places: readonly number[]): OfLength =>
      this.#functions[name].bind(undefined, this.#cells.byteOffset, ...places);
    return {
      all: tie("all", ...addresses),
      stages: this.#plan.stages.map((_, k) => tie(`stage${k}`)),
      sweeps: this.#plan.sweeps.map((_, k) => tie(`sweep${k}`, ...addresses)),
    };
  }

  /** The WebAssembly call that `all` of `place` makes. */
  callOfAll(addresses: readonly number[], length: number): WasmCall {
    return { function: this.#functions.all, values: [this.#cells.byteOffset, ...addresses, length] };
  }

  /** Writes the scalars to their cells. Throws a RangeError if their number is wrong. */
  enter(scalars: Float64Array): void {
    const { length } = this.#plan.scalars;
    if (scalars.length !== length)
      throw new RangeError(
        `kernel: ${scalars.length} scalars were given; ${length} are needed: ${someOf(this.#plan.scalars) || "none"}`,
      );
    for (let i = 0; i < length; i++) this.#cells[i] = scalars[i];
  }

  /** Copies scalar results back. */
  leave(scalars: Float64Array): void {
    for (const cell of this.#results) scalars[cell] = this.#cells[cell];
  }
}
