import type { Domain } from "../../arguments/index.ts";
import { inOrderOf, type Source } from "../../data/index.ts";
import { checkDType, type Device, type Views } from "../../device/index.ts";
import { sizeOf, type Vector } from "../../expr/index.ts";
import { initializeState, layoutOf, parameterCount, stateCount } from "../../nn/index.ts";
import { graceOf } from "./grace.ts";
import type { GradientSource, RunPlan, Turn, Workspace } from "./gradient-source.ts";
import { writeMasks } from "./masks.ts";
import { directionName, maskSize, masksOf, type Net, NOISE } from "./pass.ts";
import { type Place, type Program, partOf } from "./program.ts";
import { ProgramStore } from "./program-store.ts";
import { evaluation, type Kind, together, training } from "./programs.ts";
import { type Room, roomLike } from "./room.ts";
import { type BatchResult, CUT_OFF, type Evaluation, RunningMean } from "./running-mean.ts";
import { strangeTarget, targetDomain } from "./targets.ts";

/** Examples that are evaluated at a time: enough to keep the kernels busy, few enough to stay in memory. */
const EVALUATION_BATCH = 500;

export interface EnginePlan extends RunPlan {
  /** The most examples that `means` takes at a time. Default: as many as are evaluated at a time. */
  readonly chunk?: number;
}

/** Numbers that a kind may ask for beside the examples. */
export interface Given {
  readonly parameters: Float64Array;
  readonly direction?: Float64Array;
  /** Draws one number of the noise on the outputs. */
  readonly noise?: () => number;
}

/** The run under way. */
interface Run {
  readonly plan: EnginePlan;
  readonly net: Net;
  readonly room: Room;
  /** Where gradients are taken. */
  readonly atPoint: Place;
  readonly training: Kind;
  readonly evaluationBatch: number;
  readonly chunk: number;
  readonly isTooLate: () => boolean;
  /** What the loss takes as one number of a target, where not all will do. */
  readonly allowed: Domain | undefined;
}

/**
 * Computes nets on one device: batches for training, evaluations, and means over all examples of whatever solvers ask
 * for. It serves one run after the other; parameters, gradient and batch of a run lie in one memory, and programs that
 * were compiled for one run serve the next.
 */
export class Engine implements GradientSource {
  readonly device: Device;
  readonly #programs: ProgramStore;
  #room: Room | undefined;
  #run: Run | undefined;

  constructor(device: Device) {
    this.device = device;
    this.#programs = new ProgramStore(device);
  }

  /** Seconds that went into compiling so far. */
  get compiling(): number {
    return this.#programs.compiling;
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
    const room = roomLike(this.#room, { dtype, ...sizes, vectors });
    initializeState(model, room.s, plan.seed ?? 0);
    this.#room = room;
    const atPoint = { room, weights: lookahead ? room.ahead : room.w };
    const isTooLate = graceOf(signal);
    this.#run = {
      plan,
      net: { model, targetSize, dtype },
      room,
      atPoint,
      training: together(training(l2), model),
      evaluationBatch,
      chunk,
      isTooLate,
      allowed: targetDomain(model),
    };
    return workspaceIn(atPoint, plan);
  }

  async prepare(batchSizes: Iterable<number>): Promise<void> {
    const run = this.#current();
    for (const size of new Set(batchSizes)) await this.#program(run, run.training, size, run.atPoint);
  }

  async gradient(examples: Source, indices: Uint32Array, { step, first = 0 }: Turn): Promise<BatchResult> {
    const run = this.#current();
    const { plan, room, atPoint } = run;
    const program = await this.#program(run, run.training, indices.length, atPoint);
    writeMasks(program.masks, room.masks, { seed: plan.seed ?? 0, step, first }, room.fillMask);
    await this.#compute(program, examples, indices, atPoint, plan.signal);
    return resultOf(run);
  }

  async evaluate(examples: Source, weights?: Vector): Promise<Evaluation> {
    const run = this.#current();
    const { room } = run;
    const place = { room, weights: weights ?? room.w };
    const mean = new RunningMean();
    for (const indices of inOrderOf(examples.count, run.evaluationBatch)) {
      if (run.isTooLate()) return CUT_OFF;
      const program = await this.#program(run, evaluation, indices.length, place);
      await this.#compute(program, examples, indices, place);
      mean.add(resultOf(run), indices.length);
    }
    return mean.value();
  }

  /**
   * Each result's mean over all examples, chunk by chunk. The results of a chunk must be means over it. Throws the signal's
   * reason once it is given.
   */
  async means(kind: Kind, examples: Source, given: Given): Promise<Record<string, Float64Array>> {
    const run = this.#current();
    const { room, plan } = run;
    const place = { room, weights: room.w };
    room.w.set(given.parameters);
    const means: Record<string, Float64Array> = {};
    for (const indices of inOrderOf(examples.count, run.chunk)) {
      const program = await this.#program(run, kind, indices.length, place);
      fill(program, given, run);
      plan.signal?.throwIfAborted();
      await this.#compute(program, examples, indices, place, plan.signal);
      addShare(means, program.results, indices.length / examples.count);
    }
    return means;
  }

  /** This engine for one of several runs: what is compiled stays when the run ends. */
  lend(): GradientSource {
    return {
      begin: (plan) => this.begin(plan),
      prepare: (batchSizes) => this.prepare(batchSizes),
      gradient: (examples, indices, turn) => this.gradient(examples, indices, turn),
      evaluate: (examples, weights) => this.evaluate(examples, weights),
      dispose: async () => {},
    };
  }

  /** Releases all programs. The workspace stays readable. */
  dispose(): Promise<void> {
    return this.#programs.dispose();
  }

  #current(): Run {
    if (this.#run === undefined) throw new Error("engine: no run has begun; call begin first");
    return this.#run;
  }

  #program({ net }: Run, kind: Kind, batch: number, place: Place): Program | Promise<Program> {
    return this.#programs.program(kind, net, batch, place);
  }

  /** One run of a program, on these examples. */
  #compute(
    program: Program,
    examples: Source,
    indices: Uint32Array,
    place: Place,
    signal?: AbortSignal,
  ): Promise<void> {
    const { inputs, targets } = place.room;
    const run = (): Promise<void> => {
      refuseStrange(this.#current(), targets, indices);
      return program.run(place, signal);
    };
    const gathered = examples.gather(indices, inputs, targets);
    return gathered === undefined ? run() : gathered.then(run);
  }
}

/** A class that there is not would have no part in the loss, in silence; a source is known by its batches only. */
function refuseStrange({ net, allowed }: Run, targets: Vector, indices: Uint32Array): void {
  if (allowed === undefined) return;
  const { model, targetSize } = net;
  const at = strangeTarget(targets, allowed, indices.length * targetSize);
  if (at < 0) return;
  const example = indices[Math.floor(at / targetSize)];
  throw new RangeError(
    `${model.name}: the target of example ${example} is ${targets[at]}; for ${model.loss.name} it must be ${allowed.words}`,
  );
}

function workspaceIn({ room, weights: point }: Place, { model, dtype, vectors = 0 }: EnginePlan): Workspace {
  const arena = room.arena.fork();
  let left = vectors;
  const vector = (): Vector => {
    if (left-- < 1)
      throw new RangeError(`a run asked for ${vectors} vectors and takes one more; ask for more in its plan`);
    return arena.vector(dtype, room.w.length).fill(0);
  };
  const { w, g, s, nextS } = room;
  return { arena, layout: layoutOf(model), w, g, point, s, nextS, vector };
}

const resultOf = ({ plan, room }: Run): BatchResult => ({
  loss: room.loss[0],
  correct: plan.model.loss.correct === undefined ? undefined : room.correct[0],
});

/** Writes what a program reads beside parameters and examples. */
function fill({ own }: Program, { direction, noise }: Given, { plan }: Run): void {
  if (direction !== undefined)
    for (const place of layoutOf(plan.model)) {
      const name = directionName(place.name);
      if (name in own) own[name].set(partOf(direction, place));
    }
  const numbers = own[NOISE];
  if (noise !== undefined) for (let i = 0; i < numbers.length; i++) numbers[i] = noise();
}

function addShare(means: Record<string, Float64Array>, results: Views, share: number): void {
  for (const [name, result] of Object.entries(results)) {
    means[name] ??= new Float64Array(result.length);
    for (let i = 0; i < result.length; i++) means[name][i] += share * result[i];
  }
}
