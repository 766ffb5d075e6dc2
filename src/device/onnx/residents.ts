import { type Expr, input, isVector, mul, type Shape, showShape, sizeOf, type Vector } from "../../expr/index.ts";
import { checkDType, type OwnMemory, type Resident, type ResidentProgram } from "../device.ts";
import type { Port } from "./graph.ts";
import { lackingError } from "./lacking.ts";
import { lower } from "./lower.ts";
import { encodeModel } from "./model.ts";
import { soonest } from "./node-order.ts";
import type { Runtime } from "./session.ts";

/** A tensor of ONNX Runtime, in the processor's memory or the device's; the data of the latter cannot be read. */
export interface RuntimeTensor {
  readonly data: unknown;
  dispose(): void;
}

/** A loaded model, some of whose results stay on the device. */
export interface ResidentSession<T extends RuntimeTensor> {
  /** All results by name. */
  run(feeds: Readonly<Record<string, T>>): Promise<Readonly<Record<string, T>>>;
  /** The same, but finished when the call returns; missing where the platform cannot wait. */
  readonly runNow?: (feeds: Readonly<Record<string, T>>) => Readonly<Record<string, T>>;
  close(): Promise<void>;
}

/** The part of a runtime that keeps results on its device. */
export interface Residency<T extends RuntimeTensor> {
  /** Whether its sessions have `runNow`. */
  readonly canWait: boolean;
  /** A tensor over a vector in the processor's memory. */
  tensor(vector: Float32Array, shape: Shape): T;
  /** `outputs`: the names of all outputs; `staying`: of those that stay. */
  open(
    model: Uint8Array<ArrayBuffer>,
    outputs: readonly string[],
    staying: readonly string[],
  ): Promise<ResidentSession<T>>;
}

/** The memory of a runtime's device. */
export function ownMemory<T extends RuntimeTensor>(runtime: Runtime, residency: Residency<T>): OwnMemory {
  const held = new WeakMap<Resident, T>();

  function hold(tensor: T, length: number): Resident {
    const resident: Resident = {
      length,
      dispose: () => {
        if (held.delete(resident)) tensor.dispose();
      },
    };
    held.set(resident, tensor);
    return resident;
  }

  function tensorOf(resident: Resident): T {
    const tensor = held.get(resident);
    if (tensor === undefined)
      throw new Error(`${runtime.name}: a vector is not in this device's memory, or was disposed of`);
    return tensor;
  }

  function feed({ name, shape }: Port, given: Vector | Resident | undefined): T {
    if (given === undefined) throw new ReferenceError(`run: ${name} is not given`);
    if (given.length !== sizeOf(shape))
      throw new RangeError(
        `run: ${name} has shape ${showShape(shape)}, which is ${sizeOf(shape)} values; ${given.length} are given`,
      );
    return isVector(given) ? residency.tensor(single(given, name), shape) : tensorOf(given);
  }

  async function prepare(
    outputs: Readonly<Record<string, Expr>>,
    staying: readonly string[],
  ): Promise<ResidentProgram> {
    const graph = lower(outputs, runtime.lacks);
    checkDType(runtime, graph.hasFloat64 ? "f64" : "f32");
    await down();
    const session = await residency
      .open(encodeModel({ ...graph, nodes: soonest(graph.nodes) }), Object.keys(outputs), staying)
      .catch(async (cause: unknown) => {
        throw await lackingError(runtime, outputs, cause);
      });
    return {
      run: async (given) => {
        const feeds = Object.fromEntries(graph.inputs.map((port) => [port.name, feed(port, given[port.name])]));
        const results = await session.run(feeds);
        const residents: Record<string, Resident> = {};
        const values: Record<string, Vector> = {};
        for (const { name, shape } of graph.outputs)
          if (staying.includes(name)) residents[name] = hold(results[name], sizeOf(shape));
          else values[name] = numbersIn(results[name]);
        return { residents, values };
      },
      dispose: () => session.close(),
    };
  }

  // A tensor that lies on the device can only be read by a program whose result does not.
  let reader: ResidentSession<T> | undefined;
  const up = lazily(() => residency.open(copying(), ["y"], ["y"]));
  const down = lazily(async () => {
    reader = await residency.open(copying(), ["y"], []);
    return reader;
  });

  return {
    upload: async (vector) => {
      await down();
      const { y } = await (await up()).run({ x: residency.tensor(single(vector, "the vector"), [vector.length]) });
      return hold(y, vector.length);
    },
    download: async (from, to) => {
      const { y } = await (await down()).run({ x: tensorOf(from) });
      to.set(numbersIn(y));
    },
    ...(residency.canWait && {
      downloadNow: (from: Resident, to: Vector) => {
        // Whatever made a resident has opened the reader.
        const results = reader?.runNow?.({ x: tensorOf(from) });
        if (results !== undefined) to.set(numbersIn(results.y));
      },
    }),
    prepare,
  };
}

/** A model that copies a vector of any length. */
function copying(): Uint8Array<ArrayBuffer> {
  const { nodes, initializers } = lower({ y: mul(input("x", [1], "f32"), 1) });
  const port = (name: string) => ({ name, shape: ["n"], dtype: "f32" as const });
  return encodeModel({ nodes, initializers, inputs: [port("x")], outputs: [port("y")] });
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function single(vector: Vector, name: string): Float32Array {
  if (vector instanceof Float32Array) return vector;
  throw new TypeError(`${name} is a Float64Array; the device computes in float32: give a Float32Array`);
}

function numbersIn({ data }: RuntimeTensor): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new TypeError("a result is not in float32");
}
