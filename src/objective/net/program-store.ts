import type { Device } from "../../device/index.ts";
import type { Model } from "../../nn/index.ts";
import type { Net, PassOptions } from "./pass.ts";
import { compile, type Place, type Program } from "./program.ts";
import type { Kind } from "./programs.ts";

/** So many programs stay compiled. A run needs about six; a program holds its net's activations. */
const MOST = 16;

interface Latest {
  readonly kind: Kind;
  readonly net: Net;
  readonly batch: number;
  readonly program: Program;
}

/** A device's programs, each compiled when it is first wanted; the one that waits longest makes way for another. */
export class ProgramStore {
  /** Seconds that went into compiling so far: that is no part of training. */
  compiling = 0;
  readonly #device: Device;
  /** The one that was wanted last stands last. */
  readonly #programs = new Map<string, Promise<Program>>();
  /** The latest, which the next step is likely to want again. */
  #latest: Latest | undefined;
  readonly #numbers = new WeakMap<Model, number>();
  #models = 0;

  constructor(device: Device) {
    this.#device = device;
  }

  /** At once where it is the one that was wanted last. */
  program(kind: Kind, net: Net, batch: number, place: Place): Program | Promise<Program> {
    const latest = this.#latest;
    const isLatest = latest?.kind === kind && latest.batch === batch && latest.net === net;
    return isLatest ? latest.program : this.#find(kind, net, batch, place);
  }

  async #find(kind: Kind, net: Net, batch: number, place: Place): Promise<Program> {
    const { model, targetSize, dtype } = net;
    const key = [this.#numberOf(model), kind.name, batch, targetSize, dtype].join();
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

  async #compile(key: string, kind: Kind, options: PassOptions, place: Place): Promise<Program> {
    const begin = performance.now();
    try {
      return await compile(this.#device, kind, options, place);
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
