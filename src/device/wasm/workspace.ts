import type { Vector } from "../../expr/index.ts";
import type { Views } from "../device.ts";
import type { Accept } from "../kernel.ts";
import { Arena, bytesPerNumber } from "../memory.ts";
import { type Calls, Instance } from "./instance.ts";
import type { Compiled } from "./module.ts";
import type { Plan } from "./plan.ts";

const always: Accept = () => true;

/** The most bytes per chunk of one vector, and of all vectors together, so that they stay in the level-2 cache. */
const CHUNK = 32 * 1024;
const MOST = 128 * 1024;
/** A cache line: chunks are made of whole ones. */
const LINE = 64;
/** Up to this many elements, a loop copies faster than the engine's own copy, which takes longer to start. */
const FEW = 24;

/** A kernel's own small memory, through which vectors are copied chunk by chunk. */
export class Workspace {
  readonly #names: readonly string[];
  readonly #instance: Instance;
  readonly #chunks: readonly Vector[];
  /** Vector indices: those that each sweep reads, those that any reads, and those that the last writes. */
  readonly #reads: readonly (readonly number[])[];
  readonly #allReads: readonly number[];
  readonly #writes: readonly number[];
  readonly #chunkLength: number;
  readonly #calls: Calls;

  constructor(plan: Plan, compiled: Compiled) {
    const bytes = Math.max(LINE, Math.min(CHUNK, Math.floor(MOST / LINE / plan.vectors.length) * LINE));
    const arena = new Arena(bytes * plan.vectors.length);
    this.#names = plan.vectors;
    this.#reads = plan.sweeps.map(({ reads }) => reads.map(([, vector]) => vector));
    this.#allReads = [...new Set(this.#reads.flat())];
    this.#writes = plan.sweeps.flatMap(({ writes }) => writes.map(([, vector]) => vector));
    this.#chunkLength = bytes / bytesPerNumber[plan.dtype];
    this.#chunks = plan.vectors.map(() => arena.vector(plan.dtype, this.#chunkLength));
    this.#instance = new Instance(plan, compiled, arena);
    this.#calls = this.#instance.place(this.#chunks.map((chunk) => arena.address(chunk)));
  }

  run(vectors: Views, length: number, scalars: Float64Array, accept?: Accept): void {
    if (length <= this.#chunkLength) this.#runWhole(vectors, length, scalars, accept);
    else if (accept === undefined) this.#runInChunks(vectors, length, scalars);
    else this.#runTwice(vectors, length, scalars, accept);
  }

  /** Vectors that fit into their chunks are copied in once for all sweeps. */
  #runWhole(vectors: Views, length: number, scalars: Float64Array, accept: Accept = always): void {
    this.#instance.enter(scalars);
    this.#fetch(this.#allReads, vectors, 0, length);
    this.#calls.all(length);
    this.#instance.leave(scalars);
    if (accept(scalars)) this.#store(vectors, 0, length);
  }

  /** Runs first without storing and then, if the scalars are accepted, everything again, since stages overwrite totals. */
  #runTwice(vectors: Views, length: number, scalars: Float64Array, accept: Accept): void {
    const given = scalars.slice();
    this.#runInChunks(vectors, length, scalars, false);
    if (!accept(scalars)) return;
    scalars.set(given);
    this.#runInChunks(vectors, length, scalars);
  }

  #runInChunks(vectors: Views, length: number, scalars: Float64Array, stores = true): void {
    const { stages, sweeps } = this.#calls;
    this.#instance.enter(scalars);
    for (let k = 0; k < stages.length; k++) {
      stages[k](length);
      if (k === sweeps.length) break;
      for (let start = 0; start < length; start += this.#chunkLength) {
        const count = Math.min(this.#chunkLength, length - start);
        this.#fetch(this.#reads[k], vectors, start, count);
        sweeps[k](count);
        if (stores && k === sweeps.length - 1) this.#store(vectors, start, count);
      }
    }
    this.#instance.leave(scalars);
  }

  #fetch(places: readonly number[], vectors: Views, start: number, count: number): void {
    for (const i of places) copy(vectors[this.#names[i]], start, this.#chunks[i], 0, count);
  }

  #store(vectors: Views, start: number, count: number): void {
    for (const i of this.#writes) copy(this.#chunks[i], 0, vectors[this.#names[i]], start, count);
  }
}

function copy(from: Vector, at: number, to: Vector, start: number, count: number): void {
  if (count > FEW) to.set(from.subarray(at, at + count), start);
  else for (let i = 0; i < count; i++) to[start + i] = from[at + i];
}
