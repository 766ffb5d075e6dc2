import { gatherBatch } from "../../data/batch.ts";
import type { Examples } from "../../data/dataset.ts";
import type { Sampler } from "../../data/sampler.ts";
import type { Device, Runnable } from "../../device/device.ts";
import { type FillMask, maskFiller } from "../../device/wasm/index.ts";
import type { Vector } from "../../expr/array.ts";
import { sizeOf } from "../../expr/shape.ts";
import { allocateBuffers, type Buffers, type MemoryPlan, partOf } from "./buffers.ts";
import { graceOf } from "./grace.ts";
import { maskViews, writeMasks } from "./masks.ts";
import {
  type BatchProgram,
  evaluationProgram,
  gradientName,
  INPUTS,
  type MaskInput,
  type ProgramOptions,
  TARGETS,
  trainingProgram,
} from "./programs.ts";
import { type BatchResult, CUT_OFF, type Evaluation, RunningMean } from "./running-mean.ts";

export interface EngineOptions extends MemoryPlan {
  /** Decides the dropout masks, with the step. */
  readonly seed: number;
  readonly device: Device;
  /** Cuts evaluations off, a second after it is given. */
  readonly signal?: AbortSignal;
}

interface Prepared {
  readonly runnable: Runnable;
  readonly masks: readonly MaskInput[];
}

/** Computes a model's costs and gradients batch by batch; parameters, gradient and batch lie in one memory. */
export class Engine {
  readonly buffers: Buffers;
  readonly #options: EngineOptions;
  readonly #fillMask: FillMask;
  readonly #tooLate: () => boolean;
  /** One program for each size of batch that occurs: the usual one, and the last of an epoch. */
  readonly #training = new Map<number, Promise<Prepared>>();
  readonly #evaluation = new Map<number, Promise<Prepared>>();

  constructor(options: EngineOptions) {
    this.#options = options;
    this.buffers = allocateBuffers(options);
    this.#fillMask = maskFiller(this.buffers.arena);
    this.#tooLate = graceOf(options.signal);
  }

  /** Compiles the programs of an epoch ahead, so that no step waits for it. */
  async prepare(order: Pick<Sampler, "batches">): Promise<void> {
    const sizes = new Set(Array.from(order.batches(0), (indices) => indices.length));
    for (const size of sizes) await this.#prepared(this.#training, size, trainingProgram, this.buffers.point);
  }

  /**
   * Cost and gradient at `buffers.point` for these examples; the gradient is left in `buffers.g`. Throws the signal's
   * reason where it is given meanwhile and the device leaves off.
   */
  async gradient(examples: Examples, indices: Uint32Array, step: number): Promise<BatchResult> {
    const { inputs, targets, masks: buffer } = this.buffers;
    const { runnable, masks } = await this.#prepared(
      this.#training,
      indices.length,
      trainingProgram,
      this.buffers.point,
    );
    gatherBatch(examples, indices, inputs, targets);
    writeMasks(masks, buffer, this.#options.seed, step, this.#fillMask);
    await runnable.run(this.#options.signal);
    return this.#result();
  }

  /** Loss and accuracy over all examples at w, without dropout; `CUT_OFF` where the signal was given too long ago. */
  async evaluate(examples: Examples, w: Vector = this.buffers.w): Promise<Evaluation> {
    const { inputs, targets } = this.buffers;
    const evaluationBatch = Math.min(this.buffers.evaluationBatch, this.#options.device.evaluationBatch ?? Infinity);
    const mean = new RunningMean();
    for (let start = 0; start < examples.count; start += evaluationBatch) {
      if (this.#tooLate()) return CUT_OFF;
      const count = Math.min(evaluationBatch, examples.count - start);
      const { runnable } = await this.#prepared(this.#evaluation, count, evaluationProgram, w);
      for (const place of this.buffers.layout) runnable.bind(place.name, partOf(w, place));
      gatherBatch(
        examples,
        Uint32Array.from({ length: count }, (_, i) => start + i),
        inputs,
        targets,
      );
      await runnable.run();
      mean.add(this.#result(), count);
    }
    return mean.value();
  }

  /** Releases all programs. The buffers stay readable. */
  async dispose(): Promise<void> {
    const prepared = await Promise.all([...this.#training.values(), ...this.#evaluation.values()]);
    this.#training.clear();
    this.#evaluation.clear();
    await Promise.all(prepared.map(({ runnable }) => runnable.dispose()));
  }

  #result(): BatchResult {
    const { cost, correct } = this.buffers;
    return { cost: cost[0], correct: this.#options.model.loss.correct === undefined ? undefined : correct[0] };
  }

  #prepared(
    programs: Map<number, Promise<Prepared>>,
    batch: number,
    build: (options: ProgramOptions) => BatchProgram,
    w: Vector,
  ): Promise<Prepared> {
    const known = programs.get(batch) ?? this.#prepare(build({ ...this.#options, batch }), batch, w);
    programs.set(batch, known);
    return known;
  }

  async #prepare({ outputs, masks }: BatchProgram, batch: number, w: Vector): Promise<Prepared> {
    const { model, targetSize, device } = this.#options;
    const { inputs, targets, cost, correct, g, layout, masks: buffer } = this.buffers;
    const views: Record<string, Vector> = {
      [INPUTS]: inputs.subarray(0, batch * sizeOf(model.inputShape)),
      [TARGETS]: targets.subarray(0, batch * targetSize),
      cost,
      correct,
      ...maskViews(masks, buffer),
      ...Object.fromEntries(layout.map((place) => [place.name, partOf(w, place)])),
      ...Object.fromEntries(layout.map((place) => [gradientName(place.name), partOf(g, place)])),
    };
    return { runnable: await device.prepare(outputs, views), masks };
  }
}
