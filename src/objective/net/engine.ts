import { inOrderOf, type Source } from "../../data/index.ts";
import { checkDType, type Device, type Views } from "../../device/index.ts";
import { sizeOf, type Vector } from "../../expr/index.ts";
import { initializeState, layoutOf, parameterCount, stateCount } from "../../nn/index.ts";
import { type BatchPlace, gatherBatch } from "./batch.ts";
import { type Buffers, reuseBuffers } from "./buffers.ts";
import { gracePeriod } from "./grace.ts";
import type { GradientSource, RunPlan, Turn, Workspace } from "./gradient-source.ts";
import { writeMasks } from "./masks.ts";
import { directionName, maskSize, masksOf, type Net, NOISE, WEIGHTS } from "./pass.ts";
import { type Binding, compile, type Program, viewOf } from "./program.ts";
import { evaluation, joinGradients, type ProgramKind, training } from "./program-kinds.ts";
import { ProgramStore } from "./program-store.ts";
import { type BatchResult, CUT_OFF, type Evaluation, RunningMean } from "./running-mean.ts";
import { targetDomain } from "./targets.ts";
import { compileEvaluation, evaluateWhole } from "./whole-evaluation.ts";
import { wholeSteps } from "./whole-steps.ts";
import type { WholeProgram } from "./whole-vectors.ts";

/** Examples per evaluation batch: enough to keep the kernels busy, few enough to fit in memory. */
const EVALUATION_BATCH = 500;

export interface EnginePlan extends RunPlan {
  /** The most examples that `means` computes at a time. Default: the size of an evaluation batch. */
  readonly chunk?: number;
}

/** The inputs of a program besides the examples. */
export interface ExtraInputs {
  readonly parameters: Float64Array;
  readonly direction?: Float64Array;
  /** Draws one element of the noise on the outputs. */
  readonly noise?: () => number;
}

/** The current run. */
interface Run extends BatchPlace {
  readonly plan: EnginePlan;
  /** The same for examples with weights. */
  readonly weighted: Net;
  /** Where gradients are computed. */
  readonly atPoint: Binding;
  readonly training: ProgramKind;
  readonly evaluationBatch: number;
  readonly chunk: number;
  readonly isTooLate: () => boolean;
}

/**
 * Computes nets on one device: training batches, evaluations, and the means over all examples that solvers need. It serves
 * one run after the other; a run's parameters, gradient and batch share one memory, and programs compiled for one run serve
 * the next.
 */
export class Engine implements GradientSource {
  readonly device: Device;
  readonly #programs: ProgramStore<Program>;
  /** Evaluations in the device's own memory. */
  readonly #whole: ProgramStore<WholeProgram>;
  #buffers: Buffers | undefined;
  #run: Run | undefined;

  constructor(device: Device) {
    this.device = device;
    this.#programs = new ProgramStore((kind, options, place) => compile(device, kind, options, place));
    this.#whole = new ProgramStore((kind, options) => compileEvaluation(device.ownMemory, kind, options));
  }

  /** Seconds spent compiling so far. */
  get compiling(): number {
    return this.#programs.compiling + this.#whole.compiling;
  }

  begin(plan: EnginePlan): Workspace {
    const { model, dtype, batchSize, targetSize = 1, l2 = 0, vectors = 0, lookahead = false, signal } = plan;
    checkDType(this.device, dtype);
    const usual = Math.max(EVALUATION_BATCH, Math.min(batchSize, 2 * EVALUATION_BATCH));
    const evaluationBatch = Math.min(usual, this.device.evaluationBatch ?? usual);
    const chunk = plan.chunk ?? evaluationBatch;
    const rows = Math.max(batchSize, evaluationBatch, chunk);
    const n = parameterCount(model);
    const inputs = rows * sizeOf(model.inputShape);
    const masks = maskSize(masksOf(model, batchSize, dtype));
    const sizes = { w: n, s: stateCount(model), ahead: lookahead ? n : 0, inputs, targets: rows * targetSize, masks };
    const buffers = reuseBuffers(this.#buffers, { dtype, ...sizes, vectors });
    initializeState(model, buffers.s, plan.seed ?? 0);
    this.#buffers = buffers;
    const atPoint = { buffers, weights: lookahead ? buffers.ahead : buffers.w };
    const isTooLate = gracePeriod(signal);
    const net = { model, targetSize, dtype };
    this.#run = {
      plan,
      net,
      weighted: { ...net, weighted: true },
      buffers,
      atPoint,
      training: joinGradients(training(l2), model),
      evaluationBatch,
      chunk,
      isTooLate,
      allowed: targetDomain(model),
    };
    return workspaceIn(atPoint, plan);
  }

  async prepare(batchSizes: Iterable<number>): Promise<void> {
    const run = this.#current();
    for (const size of new Set(batchSizes)) await this.#program(run, run.training, size, run.atPoint, run.plan);
  }

  async gradient(examples: Source, indices: Uint32Array, { step, first = 0 }: Turn): Promise<BatchResult> {
    const run = this.#current();
    const { plan, buffers, atPoint } = run;
    const program = await this.#program(run, run.training, indices.length, atPoint, examples);
    writeMasks(program.masks, buffers.masks, { seed: plan.seed ?? 0, step, first }, buffers.fillMask);
    await this.#compute(program, examples, indices, atPoint, plan.signal);
    return resultOf(run);
  }

  get wholeSteps(): GradientSource["wholeSteps"] {
    const { ownMemory } = this.device;
    if (ownMemory === undefined) return undefined;
    return (update) => {
      const run = this.#current();
      const { seed = 0, l2 = 0, weighted = false } = run.plan;
      return wholeSteps(ownMemory, { ...run, seed, l2, weighted }, update);
    };
  }

  async evaluate(examples: Source, weights?: Vector): Promise<Evaluation> {
    const run = this.#current();
    const { buffers } = run;
    const place = { buffers, weights: weights ?? buffers.w };
    const { ownMemory } = this.device;
    if (ownMemory !== undefined) return evaluateWhole(ownMemory, this.#whole, run, examples, place.weights);
    const mean = new RunningMean();
    for (const indices of inOrderOf(examples.count, run.evaluationBatch)) {
      if (run.isTooLate()) return CUT_OFF;
      const program = await this.#program(run, evaluation, indices.length, place, examples);
      await this.#compute(program, examples, indices, place);
      mean.add(resultOf(run), indices.length);
    }
    return mean.value();
  }

  /**
   * Each result's mean over all examples, chunk by chunk. The results of a chunk must be means over the chunk. Throws the
   * signal's reason once it is aborted.
   */
  async means(kind: ProgramKind, examples: Source, given: ExtraInputs): Promise<Record<string, Float64Array>> {
    const run = this.#current();
    const { buffers, plan } = run;
    const place = { buffers, weights: buffers.w };
    buffers.w.set(given.parameters);
    const means: Record<string, Float64Array> = {};
    for (const indices of inOrderOf(examples.count, run.chunk)) {
      const program = await this.#program(run, kind, indices.length, place, examples);
      fill(program, given, run);
      plan.signal?.throwIfAborted();
      await this.#compute(program, examples, indices, place, plan.signal);
      addWeighted(means, program.results, indices.length / examples.count);
    }
    return means;
  }

  /**
   * This engine as the gradient source of one of several runs: disposing of that keeps the compiled programs. It gives gradients alone, so
   * that whoever changes them is not passed by; whole steps are the engine's.
   */
  lend(): GradientSource {
    return {
      begin: (plan) => this.begin(plan),
      prepare: (batchSizes) => this.prepare(batchSizes),
      gradient: (examples, indices, turn) => this.gradient(examples, indices, turn),
      evaluate: (examples, weights) => this.evaluate(examples, weights),
      dispose: async () => {},
    };
  }

  /** Releases all programs. The workspace remains readable. */
  async dispose(): Promise<void> {
    await Promise.all([this.#programs.dispose(), this.#whole.dispose()]);
  }

  #current(): Run {
    if (this.#run === undefined) throw new Error("engine: no run has begun; call begin first");
    return this.#run;
  }

  #program(
    { net, weighted }: Run,
    kind: ProgramKind,
    batch: number,
    place: Binding,
    examples: { readonly weighted?: boolean },
  ): Program | Promise<Program> {
    return this.#programs.program(kind, examples.weighted ? weighted : net, batch, place);
  }

  /** Runs a program on these examples. */
  #compute(
    program: Program,
    examples: Source,
    indices: Uint32Array,
    place: Binding,
    signal?: AbortSignal,
  ): Promise<void> {
    const gathered = gatherBatch(this.#current(), { examples, indices }, program.own[WEIGHTS]);
    return gathered === undefined ? program.run(place, signal) : gathered.then(() => program.run(place, signal));
  }
}

function workspaceIn({ buffers, weights: point }: Binding, { model, dtype, vectors = 0 }: EnginePlan): Workspace {
  const arena = buffers.arena.fork();
  let left = vectors;
  const vector = (): Vector => {
    if (left-- < 1)
      throw new RangeError(
        `the run's plan asks for ${vectors} vectors, and the run takes one more; raise vectors in the plan`,
      );
    return arena.vector(dtype, buffers.w.length).fill(0);
  };
  const { w, g, s, nextS } = buffers;
  return { arena, layout: layoutOf(model), w, g, point, s, nextS, vector };
}

const resultOf = ({ plan, buffers }: Run): BatchResult => ({
  loss: buffers.loss[0],
  correct: plan.model.loss.correct === undefined ? undefined : buffers.correct[0],
});

/** Writes the inputs of a program besides parameters and examples. */
function fill({ own }: Program, { direction, noise }: ExtraInputs, { plan }: Run): void {
  if (direction !== undefined)
    for (const place of layoutOf(plan.model)) {
      const name = directionName(place.name);
      if (name in own) own[name].set(viewOf(direction, place));
    }
  const numbers = own[NOISE];
  if (noise !== undefined) for (let i = 0; i < numbers.length; i++) numbers[i] = noise();
}

function addWeighted(means: Record<string, Float64Array>, results: Views, share: number): void {
  for (const [name, result] of Object.entries(results)) {
    means[name] ??= new Float64Array(result.length);
    for (let i = 0; i < result.length; i++) means[name][i] += share * result[i];
  }
}
