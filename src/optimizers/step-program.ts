import { constant, type Expr, input, type Layout, sizeOf } from "../expr/index.ts";
import { abs, add, ceil, concat, mul, norm, pad, reshape, slice, sum } from "../expr/operators/index.ts";
import { type ParameterGroup, type Span, spansOf } from "./groups.ts";
import { type ConfiguredRule, scalarsFor } from "./scalars.ts";
import { type SplitPart, SplitUpdate } from "./split-update.ts";
import type { State } from "./state.ts";
import { bindPoint, bindUpdate, isTensorwise, meanGradient, scalarNames } from "./update.ts";

/**
 * A rule's step as expressions over the whole w in float32, for a device that takes it itself. What depends on the step's numbers alone,
 * such as 1 − β₁ᵗ, is computed here in float64 before the step, and goes up in one small vector.
 */
export interface StepProgram {
  /** The vectors that a step changes: w and the slots, by their names in the rule. */
  readonly vectors: readonly string[];
  /** The name of a vector's input. */
  inputOf(vector: string): string;
  /** Where the gradient is taken, [n]: w, or the point where a rule looks ahead. */
  readonly point: Expr;
  /** New vectors by name, and numbers for `finish`, from the gradient [n] at the point. */
  outputs(g: Expr): {
    readonly vectors: Readonly<Record<string, Expr>>;
    readonly numbers: Readonly<Record<string, Expr>>;
  };
  /** The inputs of the next step besides the vectors, by name: those of the step that `finish` has not counted yet. */
  begin(): Readonly<Record<string, Float32Array>>;
  /** ‖g‖, from the numbers that a step gave. */
  gradientNorm(numbers: Readonly<Record<string, number>>): number;
  /**
   * Whether the gradient and everything that the step stores is finite. Then the step counts: state.t and the state's scalars change;
   * otherwise nothing does, and the new vectors must not be kept.
   */
  finish(numbers: Readonly<Record<string, number>>): boolean;
}

/** The names of a program's numbers. */
const numberNames = { gradientNorm: "gradient_norm", size: "size_of_all" } as const;

/** The name of a rule's vector among a program's inputs. */
const vectorInput = (name: string): string => `rule_${name}`;
const SCALARS = "rule_scalars";
const scalarOutput = (name: string): string => `rule_scalar_${name}`;

/** Names among the results: no name in a rule has a blank. */
const POINT = "the point";
const MEAN = "mean gradient";

/** What to make a program of: a rule, its groups, and whether 0/0 counts as 0. */
interface ProgramPlan extends ConfiguredRule {
  readonly slots: readonly string[];
  readonly groups: readonly ParameterGroup[];
  readonly zeroSafe: boolean;
}

/** A stretch of w: how it is cut from a whole vector, and the update of it. */
interface Part {
  cut(whole: Expr): Expr;
  readonly update: SplitPart;
}

/** The program of a rule's step on vectors with this layout; its numbers are kept in the state. */
export function stepProgram(plan: ProgramPlan, layout: Layout, state: State): StepProgram {
  const { spec, slots } = plan;
  const n = layout.reduce((size, { shape }) => size + sizeOf(shape), 0);
  const vectors = ["w", ...slots];
  const before = new Map(vectors.map((name) => [name, input(vectorInput(name), [n], "f32")] as const));
  const kept = Object.keys(spec.scalars ?? {});
  const scalars = scalarsFor(plan, scalarNames(spec))(state);
  const split = new SplitUpdate(scalarNames(spec), SCALARS);
  const parts = spansIn(plan, layout, n).map((span) => partOf(plan, span, n, split));
  const mean = split.part({ [MEAN]: meanGradient(spec, [n]) }, {});
  split.close();
  const last = parts[parts.length - 1];

  /** A vector of all parts; where none of a part's formulas has this result, the vector stays as it is. */
  const joined = (name: string, given: ReadonlyMap<string, Expr>, norms: ReadonlyMap<string, Expr>): Expr =>
    concat(
      parts.map((part) => {
        const old = given.get(name);
        const own = part.update.has(name) || old === undefined ? resultOf(part, name, given, norms) : part.cut(old);
        return reshape(own, [-1]);
      }),
    );

  return {
    vectors,
    inputOf: vectorInput,
    point: spec.lookahead === undefined ? (before.get("w") ?? input("w")) : joined(POINT, before, new Map()),
    outputs: (g) => {
      const given = new Map([...before, ["g", g] as const]);
      const norms = new Map([["g_norm", lengthOf(mean.on(MEAN, given))]]);
      const changed = vectors.filter((name) => parts.some(({ update }) => update.has(name)));
      const after = changed.map((name) => [name, joined(name, given, norms)] as const);
      const numbers = kept.flatMap((name) =>
        last.update.isOnDevice(name) ? [[scalarOutput(name), resultOf(last, name, given, norms)] as const] : [],
      );
      return {
        vectors: Object.fromEntries(after),
        numbers: {
          [numberNames.gradientNorm]: lengthOf(g),
          [numberNames.size]: after.map(([, x]) => sizeOfAll(x)).reduce(add, constant(0, "f32")),
          ...Object.fromEntries(numbers),
        },
      };
    },
    begin: () => {
      scalars.set(state.t + 1);
      return { [SCALARS]: split.values(scalars.values) };
    },
    gradientNorm: (numbers) => numbers[numberNames.gradientNorm],
    finish: (numbers) => {
      const after = kept.map((name) => numbers[scalarOutput(name)] ?? last.update.value(name) ?? Number(state[name]));
      if (![...Object.values(numbers), ...after].every(Number.isFinite)) return false;
      for (const [i, name] of kept.entries()) state[name] = after[i];
      state.t++;
      return true;
    },
  };
}

/** The update of a stretch of w, added to the split. A tensor without axes is a vector of length 1. */
function partOf(
  { spec, zeroSafe }: ProgramPlan,
  { shape, offset, factors }: Span,
  n: number,
  split: SplitUpdate,
): Part {
  const axes = shape.length === 0 ? [1] : shape;
  const results: Record<string, Expr> = { ...bindUpdate(spec, axes, { zeroSafe, givenNorm: true }).outputs };
  if (spec.lookahead !== undefined) results[POINT] = bindPoint(spec, spec.lookahead, axes, ceil);
  const end = offset + sizeOf(axes);
  const stretch = (whole: Expr): Expr => (sizeOf(axes) === n ? whole : slice(whole, { starts: [offset], ends: [end] }));
  return { cut: (whole) => reshape(stretch(whole), axes), update: split.part(results, factors) };
}

/** A result for one part, from whole vectors, and from numbers that are the same for all parts. */
const resultOf = (
  { cut, update }: Part,
  name: string,
  given: ReadonlyMap<string, Expr>,
  numbers: ReadonlyMap<string, Expr>,
): Expr => update.on(name, new Map([...[...given].map(([each, x]) => [each, cut(x)] as const), ...numbers]));

/** Stretches of w: all of it, or those with the same factors, or each tensor. */
function spansIn({ spec, groups }: ProgramPlan, layout: Layout, n: number): readonly Span[] {
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
