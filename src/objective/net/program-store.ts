import type { Model } from "../../nn/index.ts";
import type { Net, PassOptions } from "./pass.ts";
import type { Binding } from "./program.ts";
import type { ProgramKind } from "./program-kinds.ts";

/** The most programs that stay compiled. A run needs about six; a program holds its net's activations. */
const MOST = 16;

/** What a store holds. */
interface Disposable {
  dispose(): Promise<void>;
}

interface Latest<P> {
  readonly kind: ProgramKind;
  readonly net: Net;
  readonly batch: number;
  readonly program: P;
}

/** A cache of a device's programs, each compiled when first needed; the least recently used one is dropped. */
export class ProgramStore<P extends Disposable> {
  /** Seconds spent compiling so far, which do not count as training. */
  compiling = 0;
  readonly #compileOne: (kind: ProgramKind, options: PassOptions, place: Binding) => Promise<P>;
  /** The most recently used is last. */
  readonly #programs = new Map<string, Promise<P>>();
  /** The last one used, which the next step is likely to need again. */
  #latest: Latest<P> | undefined;
  readonly #numbers = new WeakMap<Model, number>();
  #models = 0;

  constructor(compileOne: (kind: ProgramKind, options: PassOptions, place: Binding) => Promise<P>) {
    this.#compileOne = compileOne;
  }

  /** The program itself if it is the last one used, else a promise. */
  program(kind: ProgramKind, net: Net, batch: number, place: Binding): P | Promise<P> {
    const latest = this.#latest;
    const isLatest = latest?.kind === kind && latest.batch === batch && latest.net === net;
    return isLatest ? latest.program : this.#find(kind, net, batch, place);
  }

  async #find(kind: ProgramKind, net: Net, batch: number, place: Binding): Promise<P> {
    const { model, targetSize, dtype, weighted = false } = net;
    const key = [this.#numberOf(model), kind.name, batch, targetSize, dtype, weighted].join();
    const program = this.#programs.get(key) ?? this.#compile(key, kind, { ...net, batch }, place);
    this.#programs.delete(key);
    this.#programs.set(key, program);
    if (this.#programs.size > MOST) await this.#drop();
    this.#latest = { kind, net, batch, program: await program };
    return program;
  }

  async dispose(): Promise<void> {
    const programs = [...this.#programs.values()];
    this.#programs.clear();
    this.#latest = undefined;
    await Promise.all(programs.map(async (program) => (await program).dispose()));
  }

  async #compile(key: string, kind: ProgramKind, options: PassOptions, place: Binding): Promise<P> {
    const begin = performance.now();
    try {
      return await this.#compileOne(kind, options, place);
    } catch (error) {
      this.#programs.delete(key);
      throw error;
    } finally {
      this.compiling += (performance.now() - begin) / 1000;
    }
  }

  async #drop(): Promise<void> {
    const [[key, oldest]] = this.#programs;
    this.#programs.delete(key);
    await (await oldest).dispose();
  }

  #numberOf(model: Model): number {
    const number = this.#numbers.get(model) ?? ++this.#models;
    this.#numbers.set(model, number);
    return number;
  }
}
