import { type DType, type Expr, program, type Vector } from "../expr/index.ts";
import { isLength } from "./finite.ts";
import { anything, isFiniteRange, only, type Range, rangeOf, ruleFor } from "./range.ts";
import type { State } from "./state.ts";

/** Values from here on count as infinite: far enough below the largest number that rounding and small changes from outside don't matter. */
const LIMITS: Readonly<Record<DType, number>> = { f32: 2 ** 100, f64: 2 ** 900 };

/** The ranges of a step's new values, by name; undefined if some might not be finite. */
export type Foresee = (given: (name: string) => Range, length: number) => Ranges | undefined;

/** Evaluates a rule with ranges instead of numbers: a proof whose time is negligible beside a step over long vectors. */
export function foresight(outputs: Readonly<Record<string, Expr>>, dtype: DType): Foresee {
  const { nodes, outputs: results } = program(Object.values(outputs));
  const names = Object.keys(outputs);
  const limit = LIMITS[dtype];
  const limited = (range: Range): Range =>
    range.lo >= -limit && range.hi <= limit
      ? range
      : rangeOf(below(range.lo, limit), -below(-range.hi, limit), range.nan);
  const places = new Map(nodes.map((node, i) => [node, i]));
  const plan = nodes.map((node) => ({ node, follow: followOf(node, places), isLength: isLength(node) }));
  const ends = results.map((node) => places.get(node) ?? 0);
  return (given, length) => {
    const ranges: Range[] = [];
    for (const { follow, isLength } of plan) {
      const range = limited(follow(ranges, given, length));
      if (isLength && !isFiniteRange(range)) return undefined;
      ranges.push(range);
    }
    if (!ends.every((i) => isFiniteRange(ranges[i]))) return undefined;
    return new Map(ends.map((i, k) => [names[k], ranges[i]]));
  };
}

const below = (lo: number, limit: number): number => (lo < -limit ? Number.NEGATIVE_INFINITY : lo);

/** Computes a node's range from those of the nodes before it. */
type Follow = (ranges: readonly Range[], given: (name: string) => Range, length: number) => Range;

function followOf(node: Expr, places: ReadonlyMap<Expr, number>): Follow {
  if (node.kind === "input") return (_, given) => given(node.name);
  if (node.kind === "constant") {
    const range = node.value.data.length === 1 ? only(node.value.data[0]) : anything;
    return () => range;
  }
  const [rule, from] = [ruleFor(node), node.inputs.map((x) => places.get(x) ?? 0)];
  return (ranges, _, length) =>
    rule(
      from.map((i) => ranges[i]),
      node,
      length,
    );
}

export type Ranges = ReadonlyMap<string, Range>;

/** What is known of a state's vectors after step t, as long as nothing else has written to them. */
interface Known {
  readonly t: number;
  readonly vectors: readonly Vector[];
  readonly ranges: Ranges;
}

/** After a failed proof, no other is tried for this many steps. */
const PAUSE = 100;

/**
 * The ranges that one optimizer knows of the states that it has stepped. They save measuring all vectors again, and are released
 * with the states.
 */
export class RangeMemory {
  readonly #known = new WeakMap<State, Known>();
  readonly #pauses = new WeakMap<State, number>();

  remember(state: State, known: Known): void {
    this.#known.set(state, known);
  }

  /** The ranges of these vectors, if the state is the one that was remembered. */
  recall(state: State, vectors: readonly Vector[]): Ranges | undefined {
    const known = this.#known.get(state);
    const isSame = known?.t === state.t && known.vectors.every((vector, i) => vector === vectors[i]);
    return isSame ? known?.ranges : undefined;
  }

  pause(state: State): void {
    this.#pauses.set(state, state.t + PAUSE);
  }

  isPaused(state: State): boolean {
    const until = this.#pauses.get(state);
    // A state that was reset to its start is not paused.
    return until !== undefined && state.t < until && state.t >= until - PAUSE;
  }
}
