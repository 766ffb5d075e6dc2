/**
 * What a training asks for loss and gradient: one engine on this machine (`Engine`), several that share a batch, one
 * elsewhere. The way of w: `Training` begins a run here and gets w's memory; it writes first weights there and binds the
 * optimizer to it. For each step `gradient` reads w, or the point ahead, and leaves g beside it; the optimizer changes w
 * in place; `evaluate` reads it. A model's state goes the same way as s.
 */
import type { Source } from "../../data/index.ts";
import type { Arena, Device } from "../../device/index.ts";
import type { DType, Layout, Vector } from "../../expr/index.ts";
import type { Model } from "../../nn/index.ts";
import type { BatchResult, Evaluation } from "./running-mean.ts";

/** What a run needs. */
export interface RunPlan {
  readonly model: Model;
  /** The type of parameters, activations and examples. */
  readonly dtype: DType;
  /** The most examples in a batch. */
  readonly batchSize: number;
  /** Numbers in one example's target: 1, the default, for a class index. */
  readonly targetSize?: number;
  /** The strength of a term ½·l2·‖w‖² in the training loss, over all parameters. Default 0. */
  readonly l2?: number;
  /** Decides the dropout masks, with the step. Default 0. */
  readonly seed?: number;
  /** Vectors like w that the run will take from w's memory. Default 0. */
  readonly vectors?: number;
  /** Whether gradients are taken at a point of their own instead of at w. Default false. */
  readonly lookahead?: boolean;
  /** Ends computations, where the device can; cuts evaluations off, a second after it is given. */
  readonly signal?: AbortSignal | undefined;
}

/** Where a run's vectors lie: side by side, in one memory that compiled loops work on. */
export interface Workspace {
  readonly arena: Arena;
  readonly layout: Layout;
  readonly w: Vector;
  readonly g: Vector;
  /** Where gradients are taken: w itself, unless the run asked for another place. */
  readonly point: Vector;
  /**
   * The model's state, at first as the model says, and what it becomes by the batch that the gradient was last taken of:
   * whoever takes the step copies it. Evaluations read the state and leave it.
   */
  readonly s: Vector;
  readonly nextS: Vector;
  /** The next of the vectors that the run asked for: zeros. Throws a RangeError where it has taken them all. */
  vector(): Vector;
}

/** Which step a batch is for, which decides its dropout masks. */
export interface Turn {
  /** From 1. */
  readonly step: number;
  /** The place of its first example in the whole batch, where that is shared out. Default 0. */
  readonly first?: number;
}

export interface GradientSource {
  /** Where steps that are slow here can be taken, too. */
  readonly device?: Device;
  /** Makes ready for a run; the workspace of the run before is void. */
  begin(plan: RunPlan): Workspace;
  /** Compiles the programs for batches of these sizes ahead, so that no step waits for it. */
  prepare(batchSizes: Iterable<number>): Promise<void>;
  /**
   * Mean loss and gradient at `point` for some of the examples; the gradient is left in `g`. Throws the signal's reason
   * where it is given meanwhile and the device leaves off.
   */
  gradient(examples: Source, indices: Uint32Array, turn: Turn): Promise<BatchResult>;
  /** Loss and accuracy over all examples, without dropout and L2, at w or other weights; `CUT_OFF` as the plan says. */
  evaluate(examples: Source, weights?: Vector): Promise<Evaluation>;
  /** Ends the run. The workspace stays readable. */
  dispose(): Promise<void>;
}
