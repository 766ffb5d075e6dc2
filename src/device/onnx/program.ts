import { someOf } from "../../arguments/index.ts";
import { dtypeOf, type Expr, inOrder, showShape, sizeOf } from "../../expr/index.ts";
import { checkDType, type Views } from "../device.ts";
import type { Port } from "./graph.ts";
import { lackingError } from "./lacking.ts";
import { lower, type Takeover } from "./lower.ts";
import { encodeModel } from "./model.ts";
import { soonest } from "./node-order.ts";
import type { Runtime, Session, View } from "./session.ts";
import { threadsFor } from "./work.ts";

export interface CompileOptions {
  /** The number of threads. Default: one for a small program, else all cores. */
  readonly threads?: number;
}

/**
 * A tensor program compiled to an ONNX session. Every input and output is bound to a view, of one or several memories; a run
 * reads and writes there in place.
 */
export class OnnxProgram {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly #session: Session;
  /** The views of all ports, and those of the outputs. */
  readonly #bound = new Map<Port, View>();
  readonly #written = new Map<Port, View>();
  #running: Promise<void> | undefined;
  #disposed: Promise<void> | undefined;

  private constructor(session: Session, inputs: readonly Port[], outputs: readonly Port[]) {
    this.#session = session;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** Lowers named expressions to one graph and loads it. Its inputs are those on which the outputs depend. */
  static async compile(
    outputs: Readonly<Record<string, Expr>>,
    runtime: Runtime,
    { threads }: CompileOptions = {},
  ): Promise<OnnxProgram> {
    if (threads !== undefined && !(Number.isSafeInteger(threads) && threads >= 1))
      throw new RangeError(`threads: ${threads} is not a whole number, 1 or more`);
    // The block that is planned ahead would be nearly twice as large as all values of a ResNet at a time.
    const sparing = hasImages(outputs);
    const takeover = sparing ? await layoutOf(runtime) : null;
    const graph = lower(outputs, runtime.lacks, takeover);
    checkDType(runtime, graph.hasFloat64 ? "f64" : "f32");
    const model = encodeModel(sparing ? { ...graph, nodes: soonest(graph.nodes) } : graph);
    const share = threads ?? threadsFor(graph.work, runtime.threads);
    const settings = { threads: share, fusion: !graph.hasFloat64, sparing, blocked: takeover !== null };
    const session = await runtime.open(model, settings).catch(async (cause: unknown) => {
      throw runtime.lacks === undefined ? cause : await lackingError(runtime, outputs, cause);
    });
    return new OnnxProgram(session, graph.inputs, graph.outputs);
  }

  /**
   * Binds inputs and outputs to views by name; binding others later is cheap. Other names are ignored. A view belongs to an
   * ArrayBuffer or to a WebAssembly memory that is not shared, at any offset. An output must not overlap with any other view.
   */
  bind(views: Views): this {
    this.#refuseWhileBusy("bind");
    const given = (ports: readonly Port[]): Port[] => ports.filter(({ name }) => Object.hasOwn(views, name));
    for (const port of given(this.inputs)) {
      this.#check(port, views[port.name], this.#written);
      this.#session.bindInput(port, views[port.name]);
      this.#bound.set(port, views[port.name]);
    }
    for (const port of given(this.outputs)) {
      this.#check(port, views[port.name], this.#bound);
      this.#session.bindOutput(port, views[port.name]);
      this.#bound.set(port, views[port.name]);
      this.#written.set(port, views[port.name]);
    }
    return this;
  }

  /** Throws if a view does not fit, or overlaps with another where it must not. */
  #check(port: Port, view: View, apart: ReadonlyMap<Port, View>): void {
    checkView(port, view);
    for (const [other, taken] of apart)
      if (other !== port && overlap(view, taken))
        throw new RangeError(
          `bind: ${port.name} overlaps with ${other.name} in memory; an output needs its own memory to write to`,
        );
  }

  /** Computes all outputs from the current values of the inputs' views. */
  async run(): Promise<void> {
    this.#refuseWhileBusy("run");
    this.#checkBindings();
    this.#running = this.#session.run();
    try {
      await this.#running;
    } finally {
      this.#running = undefined;
    }
  }

  /** Releases the session, after a run in progress; repeated calls are harmless. The views still belong to their owner. */
  dispose(): Promise<void> {
    this.#disposed ??= this.#close();
    return this.#disposed;
  }

  async #close(): Promise<void> {
    await this.#running?.catch(() => undefined);
    this.#bound.clear();
    this.#written.clear();
    await this.#session.close();
  }

  #refuseWhileBusy(call: string): void {
    if (this.#disposed !== undefined) throw new Error(`${call}: this program was disposed`);
    if (this.#running !== undefined) throw new Error(`${call}: the program is running; await run() first`);
  }

  #checkBindings(): void {
    const ports = this.inputs.length + this.outputs.length;
    if (this.#bound.size < ports) {
      const missing = [...this.inputs, ...this.outputs].filter((port) => !this.#bound.has(port));
      throw new ReferenceError(`run: not bound yet: ${someOf(missing.map((port) => port.name))}; call bind first`);
    }
    for (const [port, view] of this.#bound)
      if (view.length === 0 && sizeOf(port.shape) > 0)
        throw new RangeError(`run: the memory of ${port.name} is gone (it was grown or transferred); bind it again`);
  }
}

/** The runtime's own layout of images; loaded only where it may have one. */
async function layoutOf(runtime: Runtime): Promise<Takeover | null> {
  if (!runtime.mayBlockImages) return null;
  const { takeoverBy } = await import("./blocked/probe.ts");
  return takeoverBy(runtime);
}

/** Whether there are convolutions, which a layout of the runtime's own makes faster. */
const hasImages = (outputs: Readonly<Record<string, Expr>>): boolean =>
  inOrder(Object.values(outputs)).some(
    (node) => node.kind === "apply" && node.dtype === "f32" && node.operator.name === "conv2d",
  );

function checkView(port: Port, view: View): void {
  const { name, shape, dtype } = port;
  const given = dtypeOf(view);
  if (given !== dtype)
    throw new TypeError(
      `bind: ${name} is ${dtype}; it needs a ${dtype === "f32" ? "Float32Array" : "Float64Array"}, not a ${view.constructor.name}`,
    );
  if (view.length !== sizeOf(shape))
    throw new RangeError(
      `bind: ${name} has shape ${showShape(shape)}, which is ${sizeOf(shape)} values; the view holds ${view.length}`,
    );
  if (typeof SharedArrayBuffer !== "undefined" && view.buffer instanceof SharedArrayBuffer)
    throw new TypeError(
      `bind: ${name} lies in shared memory, which ONNX Runtime cannot read; use memory that is not shared`,
    );
}

function overlap(a: View, b: View): boolean {
  if (a.buffer !== b.buffer || a.length === 0 || b.length === 0) return false;
  return a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
