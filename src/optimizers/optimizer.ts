import type { Arena, Device, Kernel } from "../device/index.ts";
import { type DType, dtypeOf, evaluate, type Layout, remember, type Vector, zerosLike } from "../expr/index.ts";
import { attemptStep } from "./attempt.ts";
import { type CompileChoice, type CompiledRule, compileRule } from "./compiled.ts";
import { type DeviceStep, deviceStep } from "./device-step.ts";
import { RangeMemory } from "./foresight.ts";
import { checkGroups, type ParameterGroup, spansOf } from "./groups.ts";
import type { Hyper } from "./hyper.ts";
import { extremesOf, largestOf } from "./measures.ts";
import { type Point, pointOf } from "./points.ts";
import type { RuleSpec } from "./rule-spec.ts";
import { type ConfiguredRule, hyperAt, scalarsFor } from "./scalars.ts";
import { observeLoss, scheduleStarts } from "./schedule-state.ts";
import { checkAlike, checkApart, checkState, checkWeights, type State } from "./state.ts";
import { boundStep, type PreparedRule } from "./step.ts";
import { type StepProgram, stepProgram } from "./step-program.ts";
import type { Step } from "./stepper.ts";
import { bindStart, slotStarts } from "./update.ts";
import type { Watch } from "./watch.ts";

export type { DeviceStep } from "./device-step.ts";
export type { Point } from "./points.ts";
export type { StepProgram } from "./step-program.ts";
export type { Step, Stepper } from "./stepper.ts";

export interface BindOptions {
  /** The tensors within w. Rules with norms treat each separately; without a layout, w is one tensor. Groups need it. */
  readonly layout?: Layout;
  /** The memory that w, g and the slots lie in. If all of them do, nothing is copied. */
  readonly arena?: Arena;
  /** Records what a training loop needs to know of each step. */
  readonly watch?: Watch;
  /**
   * Scratch space in the arena for values that rules with norms would otherwise compute twice: a vector like w, or g itself if it
   * is not needed after the step. Its contents afterwards are undefined.
   */
  readonly spare?: Vector;
}

/** An update rule with its hyper-parameters set. It is stateless: everything that changes is in the state. */
export interface Optimizer {
  /** The rule's name, as in files and on the command line. */
  readonly name: string;
  /** The rule: its formula, source and defaults. */
  readonly spec: RuleSpec;
  /** All hyper-parameters, defaults included. */
  readonly hyper: Hyper;
  /** The names of the vectors that the state holds. */
  readonly slots: readonly string[];
  /** The parameters for which hyper-parameters are multiplied; empty unless `grouped` was called. */
  readonly groups: readonly ParameterGroup[];
  /**
   * The same optimizer with other values of hyper-parameters for some parameters:
   *
   *     adamw({ lr: 1e-3 }).grouped([
   *       { parameters: "biases", factors: { weight_decay: 0 } },
   *       { parameters: "layer1", factors: { lr: 0.1 } },
   *     ])
   *
   * It replaces earlier groups, and its steps need a layout, which training gives. Throws a RangeError for a factor of a
   * hyper-parameter that the rule lacks or must have for all parameters alike, and for one that leads to a value that is not
   * allowed; a parameter that the net lacks throws when training begins.
   */
  grouped(groups: readonly ParameterGroup[]): Optimizer;
  /** Throws a RangeError with the nearest name for a parameter in the groups that w lacks. */
  checkParameters(layout: Layout): void;
  /**
   * The state before the first step: t = 0, and slots of w's type and length. `vector` allocates them, for a caller with its own
   * memory. Throws if w is not finite.
   */
  init(w: Vector, vector?: () => Vector): State;
  /**
   * Takes one step: w and the state change in place, state.t grows by 1. Throws if w, g and state do not belong together. Also
   * throws, with nothing changed, if g is not finite or a new value would not be: if g² overflows, or in a division by a square
   * that underflowed to 0. One exception: with vectors longer than 4,096, if someone wrote such values into w or a slot between two
   * steps, the step changes them before it throws, and says so.
   */
  step(w: Vector, g: Vector, state: State, layout?: Layout): void;
  /**
   * Passes the latest validation loss to watching schedules, such as `reduceOnPlateau`, which record it in the state.
   */
  observe(state: State, loss: number): void;
  /**
   * The same step for loops: checked once, then called without arguments. The caller must check the result of each
   * step, and make sure that g is finite, or watch it.
   */
  bind(w: Vector, g: Vector, state: State, options?: BindOptions): Step;
  /**
   * The same step on a device, for rules with matrix products, which `bind` leaves to the interpreter: about a hundred times
   * faster for matrices of 256 × 256. Undefined if a fused loop takes the step, or the device is the interpreter or lacks float64.
   */
  bindOn(device: Device, w: Vector, g: Vector, state: State, options?: BindOptions): Promise<DeviceStep | undefined>;
  /**
   * The same step as expressions in float32, for a device that takes it with w, the slots and the gradient in its own memory. `layout`:
   * the tensors within w.
   */
  program(layout: Layout, state: State): StepProgram;
  /** The point where the next step's gradient is taken, for rules that look ahead; absent if it is w. */
  readonly lookahead?: Point;
  /** The weights to evaluate and keep, for rules that average them; absent if they are w. */
  readonly average?: Point;
}

/** What is compiled once for all optimizers of a rule. */
export interface Programs {
  compiled(choice: CompileChoice): CompiledRule;
  largest(dtype: DType): Kernel;
  extremes(dtype: DType): Kernel;
}

export function programsOf(spec: RuleSpec): Programs {
  const compiled = new Map<string, CompiledRule>();
  const [largest, extremes] = [new Map<DType, Kernel>(), new Map<DType, Kernel>()];
  return {
    compiled: (choice) => remember(compiled, Object.values(choice).join(), () => compileRule(spec, choice)),
    largest: (dtype) => remember(largest, dtype, () => largestOf(dtype)),
    extremes: (dtype) => remember(extremes, dtype, () => extremesOf(dtype)),
  };
}

export function optimizerOf(
  spec: RuleSpec,
  hyper: Hyper,
  programs: Programs,
  groups: readonly ParameterGroup[] = [],
): Optimizer {
  const chosen = { spec, hyper, slots: Object.keys(slotStarts(spec)), groups };
  const { name } = spec;
  // With eps = 0, a weight that never had a gradient would become 0/0.
  const zeroSafe = "eps" in hyper && hyper.eps === 0;
  const ready = new Map<string, PreparedRule>();
  const memory = new RangeMemory();
  const readyFor = (w: Vector, watched = false): PreparedRule => {
    const dtype = dtypeOf(w);
    return remember(ready, watched ? `${dtype} watched` : dtype, () => {
      const compiled = programs.compiled({ dtype, zeroSafe, watched, parted: groups.length > 0 });
      return { ...chosen, zeroSafe, compiled, scalars: scalarsFor(chosen, compiled.scalars), memory };
    });
  };

  const numbers = Object.keys(spec.scalars ?? {});
  const checkGiven = (w: Vector, g: Vector, state: State): void => {
    checkWeights(name, w);
    checkAlike(`${name}: g`, g, w);
    checkState(name, state, numbers);
  };
  const checkVectors = (w: Vector, g: Vector, state: State): void => checkApart(name, chosen.slots, w, g, state);

  return {
    name,
    ...chosen,
    grouped: (given) => {
      checkGroups({ spec, hyper }, given);
      return optimizerOf(spec, hyper, programs, given);
    },
    checkParameters: (layout) => {
      if (groups.length > 0) spansOf(name, groups, layout, { apart: true });
    },
    init: (w, vector = () => zerosLike(w)) => {
      checkWeights(name, w);
      checkFinite(programs.largest(dtypeOf(w)), "w", w, `${name}: `);
      return startOf(chosen, w, vector);
    },
    bind: (w, g, state, options) => {
      checkGiven(w, g, state);
      checkVectors(w, g, state);
      return boundStep(readyFor(w, options?.watch !== undefined), { w, g, state, ...options });
    },
    bindOn: async (device, w, g, state, options) => {
      checkGiven(w, g, state);
      checkVectors(w, g, state);
      if (device.backend === "reference" || !device.float64) return undefined;
      return deviceStep(readyFor(w, options?.watch !== undefined), { w, g, state, ...options }, device);
    },
    program: (layout, state) => stepProgram({ ...chosen, zeroSafe }, layout, state),
    step: (w, g, state, layout) => {
      checkGiven(w, g, state);
      const where = `${name}, step ${state.t + 1}: `;
      const largest = checkFinite(programs.largest(dtypeOf(g)), "g", g, where);
      const outlook = { largest, extremes: () => programs.extremes(dtypeOf(w)) };
      try {
        if (attemptStep(readyFor(w), { w, g, state, layout }, outlook)) return;
      } catch (error) {
        // The kernel refuses such vectors, too, but does not know whose they are.
        checkVectors(w, g, state);
        throw error;
      }
      throw new RangeError(`${where}${beyond(w, hyper)}`);
    },
    observe: (state, loss) => observeLoss(hyper, state, loss),
    ...(spec.lookahead === undefined ? {} : { lookahead: pointOf(readyFor, LOOKAHEAD) }),
    // No factor can multiply a hyper-parameter of the average.
    ...(spec.average === undefined ? {} : { average: pointOf(readyFor, AVERAGE) }),
  };
}

const LOOKAHEAD = { kernelOf: ({ compiled }: PreparedRule) => compiled.lookahead, ahead: 1, grouped: true };
const AVERAGE = { kernelOf: ({ compiled }: PreparedRule) => compiled.average, ahead: 0, grouped: false };

/** The state before the first step. */
function startOf({ spec, hyper }: ConfiguredRule, w: Vector, vector: () => Vector): State {
  const state: State = { t: 0, ...spec.scalars, ...scheduleStarts(hyper) };
  const numbers = hyperAt({ spec, hyper }, 1);
  for (const [name, start] of Object.entries(slotStarts(spec))) {
    const slot = vector();
    const [{ data }] = evaluate([bindStart(spec, start, [w.length])], { w, ...numbers });
    if (data.length === 1) slot.fill(data[0]);
    else slot.set(data);
    state[name] = slot;
  }
  return state;
}

/** Why a step from finite values cannot be taken, and what to do about it. */
function beyond(w: Vector, hyper: Hyper): string {
  const type = w instanceof Float32Array ? "float32" : "float64";
  const remedy =
    hyper.eps === 0 ? "scale the gradients, or set eps above 0" : "scale the gradients, or lower the learning rate";
  return `new weights, slots or norms are not finite in ${type}; nothing was changed. ${remedy[0].toUpperCase()}${remedy.slice(1)}`;
}

/** The largest absolute value in a vector. Throws a RangeError if one is not finite. */
function checkFinite(largest: Kernel, name: string, vector: Vector, where: string): number {
  if (vector.length === 0) return 0;
  const result = new Float64Array(1);
  largest.run({ g: vector }, result);
  if (Number.isFinite(result[0])) return result[0];
  const at = vector.findIndex((x) => !Number.isFinite(x));
  throw new RangeError(`${where}${name}[${at}] is ${vector[at]}; nothing was changed`);
}
