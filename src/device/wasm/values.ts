import type { Application, Expr, Lanes } from "../../expr/index.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { type Code, call, get, set } from "./instructions.ts";
import type { Locals } from "./wasm.ts";

/** Imported functions and their indices. */
export type Imports = ReadonlyMap<(...x: number[]) => number, number>;

/** The values of nodes in one function. Each has its own local; V8 keeps live ones in registers. */
export class Values {
  readonly #arithmetic: Arithmetic;
  readonly #locals: Locals;
  readonly #imports: Imports;
  /** Locals that hold numbers, and locals that hold results of comparisons. */
  readonly #numbers: Map<Expr, number>;
  readonly #truths = new Map<Expr, number>();

  constructor(
    arithmetic: Arithmetic,
    locals: Locals,
    imports: Imports,
    numbers: ReadonlyMap<Expr, number> = new Map(),
  ) {
    this.#arithmetic = arithmetic;
    this.#locals = locals;
    this.#imports = imports;
    this.#numbers = new Map(numbers);
  }

  /** The same values, to continue in another arithmetic with locals of the same type. */
  fork(arithmetic: Arithmetic): Values {
    return new Values(arithmetic, this.#locals, this.#imports, this.#numbers);
  }

  /** Puts the node's value on the stack. */
  number(x: Expr): Code {
    const local = this.#numbers.get(x);
    if (local !== undefined) return get(local);
    const truth = this.#truths.get(x);
    if (truth === undefined) throw new Error("a node was used before it was computed");
    return [get(truth), this.#arithmetic.fromTruth];
  }

  /** Pops the number on the stack as the node's value. */
  keep(x: Expr): Code {
    const local = this.#locals.add(this.#arithmetic.type);
    this.#numbers.set(x, local);
    return set(local);
  }

  /** Computes a node from its inputs. */
  compute(x: Application, lanes: Lanes): Code {
    const { inputs } = x;
    if (lanes.kind !== "compare") return [this.#value(lanes, inputs), this.keep(x)];
    const local = this.#locals.add(this.#arithmetic.truth);
    this.#truths.set(x, local);
    return [inputs.map((input) => this.number(input)), this.#arithmetic[lanes.comparison], set(local)];
  }

  #value(lanes: Exclude<Lanes, { kind: "compare" }>, inputs: readonly Expr[]): Code {
    const a = this.#arithmetic;
    const numbers = inputs.map((input) => this.number(input));
    const [x] = numbers;
    switch (lanes.kind) {
      case "instruction":
        return [numbers, a[lanes.instruction]];
      case "select":
        return [numbers.slice(1), this.#truth(inputs[0]), a.choose];
      case "power":
        return this.#power(x, lanes.exponent);
      case "rectify":
        return [x, a.const(0), a.max];
      case "clip":
        return [x, numbers[1], a.max, numbers[2], a.min];
      case "same":
        return x;
      case "call":
        return isInlined(lanes.name)
          ? inlined[lanes.name](x, a)
          : this.#call(lanes.value, Object.hasOwn(operands, lanes.name) ? operands[lanes.name](numbers, a) : numbers);
    }
  }

  #truth(x: Expr): Code {
    const local = this.#truths.get(x);
    return local === undefined ? [this.number(x), this.#arithmetic.const(0), this.#arithmetic.ne] : get(local);
  }

  /** xⁿ by repeated squaring, in the order of the reference's `multiplyOut`: the bits agree. */
  #power(x: Code, exponent: number): Code {
    const a = this.#arithmetic;
    if (exponent === 0) return a.const(1);
    const squaring: Code[] = [];
    const factors: Code[] = [];
    let square = x;
    for (let n = Math.abs(exponent); n > 0; n >>= 1) {
      if (n & 1) factors.push(square);
      if (n === 1) break;
      const local = this.#locals.add(a.type);
      squaring.push(square, square, a.mul, set(local));
      square = get(local);
    }
    const product = factors.reduce((left, right) => [left, right, a.mul]);
    return [squaring, exponent < 0 ? [a.const(1), product, a.div] : product];
  }

  /** Functions take and return one float64 number, so they are called lane by lane. */
  #call(f: (...x: number[]) => number, numbers: readonly Code[]): Code {
    const index = this.#imports.get(f);
    if (index === undefined) throw new Error("a function was called that is not imported");
    const { lanes, extract, splat, replace } = this.#arithmetic;
    return Array.from({ length: lanes }, (_, lane) => [
      numbers.map((x) => [x, extract(lane)]),
      call(index),
      lane === 0 ? splat : replace(lane),
    ]);
  }
}

/** Whether a function can be inlined. */
export const isInlined = (name: string): boolean => Object.hasOwn(inlined, name);

/** Functions that can be inlined. */
const inlined: Readonly<Record<string, (x: Code, a: Arithmetic) => Code>> = {
  // 1 if x > 0, −1 if x < 0, else x: a zero keeps its sign, and NaN stays NaN.
  sign: (x, a) => [a.const(1), [a.const(-1), x, [x, a.const(0), a.lt], a.choose], [x, a.const(0), a.gt], a.choose],
};

/** Adjusts operands so that a JavaScript function agrees with the reference. */
const operands: Readonly<Record<string, (numbers: readonly Code[], a: Arithmetic) => readonly Code[]>> = {
  // Math.pow gives NaN for 1 to the power of ∞ or NaN, and for −1 to the power of ±∞, which should all be 1. x⁰ is 1 for
  // every x; and from ±2¹⁰⁰, an even number, on, powers no longer change: they are 1, 0 or ∞.
  pow: ([x, n], a) => {
    const bounded = [n, a.const(2 ** 100), a.min, a.const(-(2 ** 100)), a.max];
    return [x, [a.const(0), bounded, [x, a.const(1), a.eq], a.choose]];
  },
};
