import { type Expr, input, type Layout, sizeOf } from "../expr/index.ts";
import { abs, add, ceil, concat, mul, norm, pad, reshape, slice, sum } from "../expr/operators/index.ts";
import { type ParameterGroup, type Span, spansOf } from "./groups.ts";
import { type ConfiguredRule, scalarsFor } from "./scalars.ts";
import { SplitUpdate } from "./split-update.ts";
import type { State } from "./state.ts";
import { bindPoint, bindUpdate, isTensorwise, meanGradient, scalarNames } from "./update.ts";

/**
 * A rule's step as expressions over the whole w in float32, for a device that takes it itself. What depends on the step's numbers alone,
 * such as 1 − β₁ᵗ, is computed here in float64 before the step, and goes up in one small vector.
 */
export interface StepProgram {
  /** The vectors that a step changes: w and the slots, by their names in the rule. */
  readonly vectors: readonly string[];
  /** Where the gradient is taken, [n]: w, or the point where a rule looks ahead. */
  readonly point: Expr;
  /** New vectors by name, and numbers for `finish`, from the gradient [n] at the point. */
  outputs(g: Expr): {
    readonly vectors: Readonly<Record<string, Expr>>;
    readonly numbers: Readonly<Record<string, Expr>>;
  };
  /** The inputs of the next step besides the vectors, by name: those of the step that `finish` has not counted yet. */
  begin(): Readonly<Record<string, Float32Array>>;
  /**
   * Whether the gradient and everything that the step stores is finite. Then the step counts: state.t and the state's scalars change;
   * otherwise nothing does, and the new vectors must not be kept.
   */
  finish(numbers: Readonly<Record<string, number>>): boolean;
}

/** The names of a program's numbers. */
export const stepNumbers = { gradientNorm: "gradient_norm", size: "size_of_all" } as const;

/** The name of a rule's vector among a program's inputs. */
export const vectorInput = (name: string): string => `rule_${name}`;
const SCALARS = "rule_scalars";
const scalarOutput = (name: string): string => `rule_scalar_${name}`;

/** The point's name among the results. No name in a rule has a blank. */
const POINT = "the point";

/** What to make a program of: a rule, its groups, and whether 0/0 counts as 0. */
interface ProgramPlan extends ConfiguredRule {
  readonly slots: readonly string[];
  readonly groups: readonly ParameterGroup[];
  readonly zeroSafe: boolean;
}

/** The program of a rule's step on vectors with this layout; its numbers are kept in the state. */
export function stepProgram(plan: ProgramPlan, layout: Layout, state: State): StepProgram {
  const { spec, slots } = plan;
  const n = layout.reduce((size, { shape }) => size + sizeOf(shape), 0);
  const vectors = ["w", ...slots];
  const inputs = new Map(vectors.map((name) => [name, input(vectorInput(name), [n], "f32")] as const));
  const kept = Object.keys(spec.scalars ?? {});
  const numbersOf = scalarNames(spec);
  const scalars = scalarsFor(plan, numbersOf)(state);
  const split = new SplitUpdate(numbersOf, SCALARS);
  const parts = partsOf(plan, layout, n).map(({ shape, offset, factors }) => {
    const axes = shape.length === 0 ? [1] : shape;
    const { outputs } = bindUpdate(spec, axes, { zeroSafe: plan.zeroSafe, givenNorm: true });
    const all: Record<string, Expr> = { ...outputs };
    if (spec.lookahead !== undefined) all[POINT] = bindPoint(spec, spec.lookahead, axes, ceil);
    const cut = (x: Expr): Expr =>
      sizeOf(shape) === n
        ? reshape(x, axes)
        : reshape(slice(x, { starts: [offset], ends: [offset + sizeOf(axes)] }), axes);
    return { cut, update: split.part(all, factors) };
  });
  const mean = split.part({ mean: meanGradient(spec, [n]) }, {});
  split.close();

  /** A result of all parts, side by side. */
  const joined = (name: string, given: ReadonlyMap<string, Expr>, g_norm?: Expr): Expr =>
    concat(
      parts.map(({ cut, update }) => {
        const own = new Map([...given].map(([each, x]) => [each, cut(x)] as const));
        return reshape(update.on(name, g_norm === undefined ? own : own.set("g_norm", g_norm)), [-1]);
      }),
    );

  const [{ update: first }] = parts;
  return {
    vectors,
    point: first.has(POINT) ? joined(POINT, inputs) : (inputs.get("w") ?? input("w")),
    outputs: (g) => {
      const given = new Map([...inputs, ["g", g] as const]);
      const g_norm = lengthOf(mean.on("mean", given));
      const changed = vectors.filter((name) => first.has(name));
      const after = Object.fromEntries(changed.map((name) => [name, joined(name, given, g_norm)] as const));
      const last = parts[parts.length - 1];
      const own = new Map([...given].map(([each, x]) => [each, last.cut(x)] as const)).set("g_norm", g_norm);
      const numbers = kept.flatMap((name) =>
        last.update.isOnDevice(name) ? [[scalarOutput(name), last.update.on(name, own)] as const] : [],
      );
      return {
        vectors: after,
        numbers: {
          [stepNumbers.gradientNorm]: lengthOf(g),
          [stepNumbers.size]: Object.values(after).map(sizeOfAll).reduce(add),
          ...Object.fromEntries(numbers),
        },
      };
    },
    begin: () => {
      scalars.set(state.t + 1);
      return { [SCALARS]: split.values(scalars.values) };
    },
    finish: (numbers) => {
      if (!Object.values(numbers).every(Number.isFinite)) return false;
      const after = kept.map((name) => numbers[scalarOutput(name)] ?? parts[parts.length - 1].update.value(name));
      if (!after.every((value) => value === undefined || Number.isFinite(value))) return false;
      for (const [i, name] of kept.entries()) state[name] = after[i] ?? state[name];
      state.t++;
      return true;
    },
  };
}

/** Stretches of w: all of it, or those with the same factors, or each tensor. */
function partsOf({ spec, groups }: ProgramPlan, layout: Layout, n: number): readonly Span[] {
  const apart = isTensorwise(spec);
  if (!apart && groups.length === 0) return [{ shape: [n], offset: 0, factors: {} }];
  return spansOf(spec.name, groups, layout, { apart });
}

/** Columns of the matrix that a long vector is laid out in: a GPU sums its rows at the same time. */
const COLUMNS = 1024;

/** A vector in rows, with zeros at the end. */
function inRows(x: Expr): Expr {
  const [n] = x.shape;
  const rows = Math.ceil(n / COLUMNS);
  if (rows < 2) return reshape(x, [1, n]);
  return reshape(pad(x, { before: [0], after: [rows * COLUMNS - n] }), [rows, COLUMNS]);
}

/** ‖x‖ of a vector. */
const lengthOf = (x: Expr): Expr => norm(norm(inRows(x), { axes: 1 }));

/** 2⁻⁶⁴·Σ|xᵢ|, which is finite if and only if every element is. */
const sizeOfAll = (x: Expr): Expr => sum(sum(inRows(mul(abs(x), 2 ** -64)), { axes: 1 }));
