import type { Arena } from "../device/index.ts";
import type { FusedKernel } from "../device/wasm/index.ts";
import { type Layout, sizeOf, type Vector, zerosLike } from "../expr/index.ts";
import { type Scaling, scalingOf, spansOf, withScaling } from "./groups.ts";
import { scalarsFor } from "./scalars.ts";
import { checkAlike, type State } from "./state.ts";
import { type PreparedRule, vectorsOf } from "./step.ts";
import { inPlace, type Stepper } from "./stepper.ts";

/** A point that a rule computes from w and its state. */
export interface Point {
  /** Written to `to`, or to a new vector. */
  at(w: Vector, state: State, to?: Vector, layout?: Layout): Vector;
  /** The same for loops. */
  bind(w: Vector, state: State, to: Vector, arena?: Arena, layout?: Layout): Stepper;
}

/** Which point, and how it is computed. */
interface PointPlan {
  /** The kernel of a compiled rule that computes it. */
  readonly kernelOf: (rule: PreparedRule) => FusedKernel | undefined;
  /** Its step, relative to that of the state. */
  readonly ahead: number;
  /** Whether it depends on hyper-parameters that groups may multiply. */
  readonly grouped: boolean;
}

/** A rule's point. Groups need the layout of w. */
export function pointOf(readyFor: (w: Vector) => PreparedRule, { kernelOf, ahead, grouped }: PointPlan): Point {
  const bind: Point["bind"] = (w, state, to, arena, layout) => {
    checkAlike("the point", to, w);
    const rule = readyFor(w);
    const { name } = rule.spec;
    const kernel = kernelOf(rule);
    if (kernel === undefined) throw new Error(`${name} names no such point`);
    const vectors = { ...vectorsOf(name, rule.slots, w, w, state), point: to };
    const isParted = grouped && rule.groups.length > 0;
    const tied = !isParted && arena?.owns(...Object.values(vectors)) ? kernel.tie(arena, vectors) : undefined;
    const scalars = scalarsFor(rule, kernel.scalars)(state, tied?.scalars);
    const whole = [{ scaling: [], vectors }];
    const parts = isParted ? partsOf(rule, kernel, vectors, layout) : whole;
    const stepper = (): void => {
      scalars.set(state.t + ahead);
      if (tied !== undefined) tied.run();
      else
        for (const { scaling, vectors } of parts)
          withScaling(scaling, scalars.values, () => kernel.run(vectors, scalars.values));
    };
    return Object.assign(stepper, { inPlace: tied && inPlace(rule, kernel.scalars, tied) });
  };
  return {
    bind,
    at: (w, state, to = zerosLike(w), layout) => {
      bind(w, state, to, undefined, layout)();
      return to;
    },
  };
}

/** The stretches of the vectors with the same factors. */
function partsOf(
  { spec, groups }: PreparedRule,
  { scalars }: FusedKernel,
  all: Readonly<Record<string, Vector>>,
  layout: Layout | undefined,
): readonly { readonly scaling: Scaling; readonly vectors: Readonly<Record<string, Vector>> }[] {
  return spansOf(spec.name, groups, layout, { apart: false }).map((span) => {
    const cut = (vector: Vector): Vector => vector.subarray(span.offset, span.offset + sizeOf(span.shape));
    const vectors = Object.fromEntries(Object.entries(all).map(([name, vector]) => [name, cut(vector)]));
    return { scaling: scalingOf(span, scalars), vectors };
  });
}
