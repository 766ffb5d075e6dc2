import type { OwnMemory, Resident, ResidentProgram } from "../../device/index.ts";
import { type Expr, input, type Layout, sizeOf, type Vector } from "../../expr/index.ts";
import { cast, concat, reshape, slice } from "../../expr/operators/index.ts";
import { layoutOf, parameterCount, stateCount, stateLayoutOf } from "../../nn/index.ts";
import { type Batch, type BatchPlace, gatherBatch } from "./batch.ts";
import { maskViews } from "./masks.ts";
import { INPUTS, type MaskInput, type NetTensors, type PassOptions, TARGETS, WEIGHTS } from "./pass.ts";

/**
 * Programs in a device's own memory, where all parameters are one vector, and so is the model's state: their tensors are cut from these, and
 * what the processor needs to know of a batch comes back as one short vector.
 */

/** The model's state among a program's inputs. */
export const NET_STATE = "net_state";
/** All parameters, where they are an input. */
export const NET_PARAMETERS = "net_parameters";

/** The parameters as an input. */
export const parametersInput = ({ model, dtype }: PassOptions): Expr =>
  input(NET_PARAMETERS, [parameterCount(model)], dtype);

/** A net's tensors, cut from all parameters and the state. */
export function tensorsFrom(parameters: Expr, { model, dtype }: PassOptions): NetTensors {
  const size = stateCount(model);
  return {
    parameters: cut(parameters, layoutOf(model)),
    state: size === 0 ? {} : cut(input(NET_STATE, [size], dtype), stateLayoutOf(model)),
  };
}

const cut = (vector: Expr, layout: Layout): Record<string, Expr> =>
  Object.fromEntries(
    layout.map(({ name, shape, offset }) => {
      const tensor = slice(vector, { starts: [offset], ends: [offset + sizeOf(shape)] });
      return [name, reshape(tensor, shape)];
    }),
  );

/** Tensors side by side. */
export const sideBySide = (tensors: readonly Expr[]): Expr => concat(tensors.map((x) => reshape(x, [-1])));

const REPORT = "report";

/** A program for batches of one size. */
export interface WholeProgram {
  readonly masks: readonly MaskInput[];
  /**
   * Runs on some of the examples, or on what the place's buffers hold, and on the masks in these buffers. `given`: the other inputs by name.
   */
  run(
    place: BatchPlace,
    batch: Batch | "as it is",
    given: Readonly<Record<string, Vector | Resident>>,
  ): Promise<WholeResults>;
  dispose(): Promise<void>;
}

/** What came back, and what stayed. */
export interface WholeResults {
  readonly numbers: Readonly<Record<string, number>>;
  readonly residents: Readonly<Record<string, Resident>>;
}

/** The expressions of such a program. */
export interface WholeOutputs {
  readonly numbers: Readonly<Record<string, Expr>>;
  readonly vectors?: Readonly<Record<string, Expr>>;
  readonly masks: readonly MaskInput[];
}

/** Compiles numbers, which come back, and vectors, which stay. */
export async function compileWhole(
  memory: OwnMemory,
  { batch, targetSize, model, weighted }: PassOptions,
  { numbers, vectors = {}, masks }: WholeOutputs,
): Promise<WholeProgram> {
  const names = Object.keys(numbers);
  const report = concat(Object.values(numbers).map((x) => reshape(cast(x, "f32"), [1])));
  const program: ResidentProgram = await memory.prepare({ ...vectors, [REPORT]: report }, Object.keys(vectors));
  const weights = weighted && new Float32Array(batch);
  return {
    masks,
    run: async (place, examples, given) => {
      const { buffers } = place;
      if (examples !== "as it is") await gatherBatch(place, examples, weights);
      const { residents, values } = await program.run({
        ...given,
        ...maskViews(masks, buffers.masks),
        [INPUTS]: buffers.inputs.subarray(0, batch * sizeOf(model.inputShape)),
        [TARGETS]: buffers.targets.subarray(0, batch * targetSize),
        ...(weights && { [WEIGHTS]: weights }),
      });
      return { residents, numbers: Object.fromEntries(names.map((name, i) => [name, values[REPORT][i]])) };
    },
    dispose: () => program.dispose(),
  };
}
