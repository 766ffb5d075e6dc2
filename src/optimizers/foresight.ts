import { type DType, type Expr, program, type Vector } from "../expr/index.ts";
import { isLength } from "./finite.ts";
import { anything, isFiniteRange, only, type Range, rangeOf, ruleFor } from "./range.ts";
import type { State } from "./state.ts";

/** What is taken for infinite: far enough below the largest number that rounding, and changes from outside, don't matter. */
const LIMITS: Readonly<Record<DType, number>> = { f32: 2 ** 100, f64: 2 ** 900 };

/** The ranges that a step's new numbers lie in, by name; undefined where they might not all be finite. */
export type Foresee = (given: (name: string) => Range, length: number) => Ranges | undefined;

/** Computes a rule with ranges instead of numbers: a proof, for long vectors, that costs nothing beside a step. */
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

/** A node's range, from those of the nodes before it. */
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

/** What is known of a state's vectors after step t, as long as nobody else has written to them. */
interface Known {
  readonly t: number;
  readonly vectors: readonly Vector[];
  readonly ranges: Ranges;
}

/** Steps before which another proof is not tried: where one has failed, it was in vain. */
const PAUSE = 100;

/**
 * What one optimizer knows of the states that it has stepped: it only saves looking at all vectors again, and goes with
 * the states.
 */
export class Memory {
  readonly #known = new WeakMap<State, Known>();
  readonly #pauses = new WeakMap<State, number>();

  remember(state: State, known: Known): void {
    this.#known.set(state, known);
  }

  /** The ranges that these vectors are in, where nothing has happened to the state since. */
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
    // A state that was set back to its start begins anew.
    return until !== undefined && state.t < until && state.t >= until - PAUSE;
  }
}
