import type { Device, Runnable } from "../device/index.ts";
import type { Expr, Vector } from "../expr/index.ts";
import { dtypeOf, zerosLike } from "../expr/index.ts";
import { cast } from "../expr/operators/index.ts";
import { ALL_FINITE, withCheck } from "./finite.ts";
import { type Scaling, withScaling } from "./groups.ts";
import { normOf, type Part, type PreparedRule, partsOf, recorderBefore, type StepData } from "./step.ts";
import { bindUpdate } from "./update.ts";

/** A step on a device: like `Step`, but if something is not finite, w and the slots stay unchanged, too. */
export interface DeviceStep {
  (): Promise<boolean>;
  /** Releases its programs. */
  dispose(): Promise<void>;
}

/** One tensor's program, and the vectors that it writes new values to. */
interface Prepared {
  readonly runnable: Runnable;
  readonly scaling: Scaling;
  /** Scalars before the step, each in its own cell, in the rule's order. */
  readonly before: readonly Float64Array[];
  /** New scalars, by their place in the rule's order. */
  readonly after: ReadonlyMap<number, Float64Array>;
  readonly stored: readonly (readonly [vector: Vector, value: Vector])[];
}

/** No name in a rule has a blank. */
const newName = (name: string): string => `new ${name}`;

/**
 * The step of a rule with matrix products, as a device program for each tensor. It computes in float64, as the interpreter does,
 * and rounds once when it stores. All tensors are computed before any is changed. Undefined if fused loops take the step of
 * every tensor.
 */
export async function deviceStep(rule: PreparedRule, place: StepData, device: Device): Promise<DeviceStep | undefined> {
  const { state, watch } = place;
  const names = rule.compiled.scalars;
  const parts = partsOf(rule, place);
  if (parts.every(({ update }) => update.tie !== undefined)) return undefined;
  const prepared = await Promise.all(parts.map((part) => prepare(rule, place, part, device)));
  const scalars = rule.scalars(state);
  const { values } = scalars;
  const [normAt, flagAt] = ["g_norm", ALL_FINITE].map((name) => names.indexOf(name));
  const norm = normOf(rule, place);
  const look = watch === undefined ? undefined : recorderBefore(place, watch);
  const step = async (): Promise<boolean> => {
    look?.();
    scalars.set(state.t + 1);
    if (norm !== undefined) values[normAt] = norm(values);
    let sound = true;
    for (const { runnable, before, scaling } of prepared) {
      withScaling(scaling, values, () => {
        for (const [i, cell] of before.entries()) cell[0] = values[i];
      });
      await runnable.run();
    }
    for (const { after } of prepared) {
      for (const [i, [value]] of after) values[i] = value;
      sound &&= values[flagAt] === 0 && scalars.areFinite();
    }
    if (!sound) return false;
    for (const { stored } of prepared) for (const [vector, value] of stored) vector.set(value);
    scalars.keep();
    state.t++;
    return true;
  };
  const dispose = async (): Promise<void> => {
    await Promise.all(prepared.map(({ runnable }) => runnable.dispose()));
  };
  return Object.assign(step, { dispose });
}

async function prepare(
  rule: PreparedRule,
  { w }: StepData,
  { vectors, shape, scaling }: Part,
  device: Device,
): Promise<Prepared> {
  const names = rule.compiled.scalars;
  const dtype = dtypeOf(w);
  const { spec, zeroSafe } = rule;
  const update = bindUpdate(spec, shape, { zeroSafe, givenNorm: rule.compiled.tensorwise, dtype }).outputs;
  const isVector = (name: string): boolean => Object.hasOwn(vectors, name);
  const rounded = Object.entries(update).map(([name, x]) => [name, isVector(name) ? cast(x, dtype) : x] as const);
  const outputs = withCheck(Object.fromEntries(rounded), { apart: true });
  const cells = names.map(() => new Float64Array(1));
  const views: Record<string, Vector> = { ...vectors };
  for (const [i, name] of names.entries()) views[name] = cells[i];
  const stored: (readonly [Vector, Vector])[] = [];
  const after = new Map<number, Float64Array>();
  const programs: Record<string, Expr> = {};
  for (const [name, x] of Object.entries(outputs)) {
    programs[newName(name)] = isVector(name) ? x : cast(x, "f64");
    const value = isVector(name) ? zerosLike(vectors[name]) : new Float64Array(1);
    views[newName(name)] = value;
    if (isVector(name)) stored.push([vectors[name], value]);
    else if (value instanceof Float64Array) after.set(names.indexOf(name), value);
  }
  return { runnable: await device.prepare(programs, views), scaling, before: cells, after, stored };
}
