import type { Vector } from "../../expr/array.ts";
import { Arena, bytesPerNumber } from "../memory.ts";
import { type Calls, Instance } from "./instance.ts";
import type { Compiled } from "./module.ts";
import type { Plan } from "./plan.ts";
import type { Vectors } from "./vectors.ts";

/** Bytes of one vector that are worked on at a time, and of all vectors together: they stay in the level-2 cache. */
const CHUNK = 32 * 1024;
const MOST = 128 * 1024;
/** A cache line: chunks are made of whole ones. */
const LINE = 64;
/** Up to so many numbers are copied by a loop: the engine's own copy takes longer to begin. */
const FEW = 24;

/** A kernel's own small memory, which vectors are passed through chunk by chunk. */
export class Workspace {
  readonly #names: readonly string[];
  readonly #instance: Instance;
  readonly #chunks: readonly Vector[];
  /** Vectors by their places: what each sweep reads, what any does, and what the last writes. */
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

  run(vectors: Vectors, length: number, scalars: Float64Array): void {
    this.#instance.enter(scalars);
    if (length <= this.#chunkLength) this.#runWhole(vectors, length);
    else this.#runInChunks(vectors, length);
    this.#instance.leave(scalars);
  }

  /** Vectors that fit into their chunks are fetched once for all sweeps. */
  #runWhole(vectors: Vectors, length: number): void {
    this.#fetch(this.#allReads, vectors, 0, length);
    this.#calls.all(length);
    this.#store(vectors, 0, length);
  }

  #runInChunks(vectors: Vectors, length: number): void {
    const { stages, sweeps } = this.#calls;
    for (let k = 0; k < stages.length; k++) {
      stages[k](length);
      if (k === sweeps.length) return;
      for (let start = 0; start < length; start += this.#chunkLength) {
        const count = Math.min(this.#chunkLength, length - start);
        this.#fetch(this.#reads[k], vectors, start, count);
        sweeps[k](count);
        if (k === sweeps.length - 1) this.#store(vectors, start, count);
      }
    }
  }

  #fetch(places: readonly number[], vectors: Vectors, start: number, count: number): void {
    for (const i of places) copy(vectors[this.#names[i]], start, this.#chunks[i], 0, count);
  }

  #store(vectors: Vectors, start: number, count: number): void {
    for (const i of this.#writes) copy(this.#chunks[i], 0, vectors[this.#names[i]], start, count);
  }
}

function copy(from: Vector, at: number, to: Vector, start: number, count: number): void {
  if (count > FEW) to.set(from.subarray(at, at + count), start);
  else for (let i = 0; i < count; i++) to[start + i] = from[at + i];
}
