/**
 * Computes loss and gradient for a training: one engine on this machine (`Engine`), several that share a batch, or a remote
 * one. `Training` begins a run here and gets w's memory, writes the initial weights there and binds the optimizer to it. In
 * each step `gradient` reads w, or the lookahead point, and writes g beside it; the optimizer changes w in place; `evaluate`
 * reads it. A model's state s is handled the same way.
 */
import type { Source } from "../../data/index.ts";
import type { Arena, Device, OwnMemory, Resident } from "../../device/index.ts";
import type { DType, Expr, Layout, Vector } from "../../expr/index.ts";
import type { Model } from "../../nn/index.ts";
import type { Batch } from "./batch.ts";
import type { BatchResult, Evaluation } from "./running-mean.ts";

/** The requirements of a run. */
export interface RunPlan {
  readonly model: Model;
  /** The type of parameters, activations and examples. */
  readonly dtype: DType;
  /** The most examples in a batch. */
  readonly batchSize: number;
  /** Elements of one example's target: 1, the default, for a class index. */
  readonly targetSize?: number;
  /** Whether the examples to train on have weights. Default false. */
  readonly weighted?: boolean;
  /** The strength of a term ½·l2·‖w‖² in the training loss, over all parameters. Default 0. */
  readonly l2?: number;
  /** Seed of the dropout masks, together with the step. Default 0. */
  readonly seed?: number;
  /** How many more vectors of w's length the run will take from w's memory. Default 0. */
  readonly vectors?: number;
  /** Whether gradients are computed at a lookahead point instead of at w. Default false. */
  readonly lookahead?: boolean;
  /** Aborts computations, if the device can; cuts evaluations off a second after the signal. */
  readonly signal?: AbortSignal | undefined;
}

/** A run's vectors, side by side in one memory on which compiled loops work. */
export interface Workspace {
  /** The memory that holds all of them. */
  readonly arena: Arena;
  /** Where each parameter tensor lies in w. */
  readonly layout: Layout;
  /** The parameters. */
  readonly w: Vector;
  /** The gradient, as long as w. */
  readonly g: Vector;
  /** Where gradients are computed: w itself, unless the plan asks for a lookahead point. */
  readonly point: Vector;
  /** The model's state, initialized as the model says. Evaluations read it and do not change it. */
  readonly s: Vector;
  /** The state after the batch of the last gradient: whoever takes the step copies it to `s`. */
  readonly nextS: Vector;
  /** The next of the vectors that the plan asks for, filled with zeros. Throws a RangeError if all are taken. */
  vector(): Vector;
}

/** The step of a batch, which determines its dropout masks. */
export interface Turn {
  /** Counted from 1. */
  readonly step: number;
  /** The index of its first example in the whole batch, if several sources share a batch. Default 0. */
  readonly first?: number;
}

/** An update as expressions over the whole w. */
export interface UpdateExpressions {
  /** Where the gradient is taken, [n]. */
  readonly point: Expr;
  /** New vectors, which stay on the device, and numbers, which come back; from the gradient [n]. */
  outputs(g: Expr): {
    readonly vectors: Readonly<Record<string, Expr>>;
    readonly numbers: Readonly<Record<string, Expr>>;
  };
}

/** What a step has computed. Nothing that it was given has changed. */
export interface ComputedStep extends BatchResult {
  /** The update's numbers. */
  readonly numbers: Readonly<Record<string, number>>;
  /** The update's new vectors by name. */
  readonly vectors: Readonly<Record<string, Resident>>;
  /** The model's state after the batch, if it has one. */
  readonly state?: Resident;
}

/** Steps of a run that are one program each: loss, gradient and update, in a device's own memory. */
export interface WholeSteps {
  /** That memory. */
  readonly memory: OwnMemory;
  /** Compiles the programs for batches of these sizes, and runs each once, because only then a GPU compiles its kernels. */
  prepare(batchSizes: Iterable<number>, given: Readonly<Record<string, Vector | Resident>>): Promise<void>;
  /** Computes a step. `given`: the update's inputs, and the model's state as `NET_STATE`. */
  compute(batch: Batch, turn: Turn, given: Readonly<Record<string, Vector | Resident>>): Promise<ComputedStep>;
  /** Releases the programs. */
  dispose(): Promise<void>;
}

/**
 * What computes losses and gradients for a training: `Engine`, or your own, such as several devices that share a batch.
 */
export interface GradientSource {
  /** A device that can also take optimizer steps that would be slow otherwise. */
  readonly device?: Device;
  /** Prepares a run; this invalidates the previous run's workspace. */
  begin(plan: RunPlan): Workspace;
  /** Compiles the programs for batches of these sizes in advance, so that no step waits for them. */
  prepare(batchSizes: Iterable<number>): Promise<void>;
  /**
   * The mean loss and gradient at `point` over some of the examples; writes the gradient to `g`. Throws the signal's reason
   * if it is aborted meanwhile and the device stops.
   */
  gradient(examples: Source, indices: Uint32Array, turn: Turn): Promise<BatchResult>;
  /**
   * Steps of the run that has begun, each with its update as one program, and what it changes in the device's own memory. Missing where
   * gradients come back, and the update is taken in the workspace.
   */
  readonly wholeSteps?: ((update: UpdateExpressions) => WholeSteps) | undefined;
  /** Loss and accuracy over all examples, without dropout and L2, at w or other weights; `CUT_OFF` after the plan's signal. */
  evaluate(examples: Source, weights?: Vector): Promise<Evaluation>;
  /** Ends the run. The workspace remains readable. */
  dispose(): Promise<void>;
}
