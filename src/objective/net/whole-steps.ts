import type { OwnMemory } from "../../device/index.ts";
import type { BatchPlace } from "./batch.ts";
import type { UpdateExpressions, WholeSteps } from "./gradient-source.ts";
import { writeMasks } from "./masks.ts";
import { gradientName, nextStateName, type PassOptions } from "./pass.ts";
import { programOf, training } from "./program-kinds.ts";
import { compileWhole, sideBySide, tensorsFrom, type WholeProgram, type WholeResults } from "./whole-vectors.ts";

/** The run that the steps belong to. */
export interface WholeRun extends BatchPlace {
  readonly seed: number;
  readonly l2: number;
  /** Whether the examples to train on have weights. */
  readonly weighted: boolean;
}

/** No name of an update has a blank. */
const STATE = "the state";
const newVector = (name: string): string => `new ${name}`;

export function wholeSteps(memory: OwnMemory, run: WholeRun, update: UpdateExpressions): WholeSteps {
  const programs = new Map<number, Promise<WholeProgram>>();
  const program = (batch: number): Promise<WholeProgram> => {
    const known = programs.get(batch) ?? compileStep(memory, optionsFor(run, batch), run.l2, update);
    programs.set(batch, known);
    return known;
  };
  return {
    memory,
    prepare: async (batchSizes, given) => {
      for (const size of new Set(batchSizes)) disposeOf(await (await program(size)).run(run, "as it is", given));
    },
    compute: async (batch, { step, first = 0 }, given) => {
      const { masks, run: compute } = await program(batch.indices.length);
      writeMasks(masks, run.buffers.masks, { seed: run.seed, step, first }, run.buffers.fillMask);
      const { numbers, residents } = await compute(run, batch, given);
      const { loss, correct, ...others } = numbers;
      const { [STATE]: state, ...vectors } = residents;
      const byName = Object.entries(vectors).map(([name, resident]) => [name.slice(newVector("").length), resident]);
      return {
        ...{ loss, correct, numbers: others, vectors: Object.fromEntries(byName) },
        ...(state && { state }),
      };
    },
    dispose: async () => {
      const compiled = [...programs.values()];
      programs.clear();
      await Promise.all(compiled.map(async (each) => (await each).dispose()));
    },
  };
}

function disposeOf({ residents }: WholeResults): void {
  for (const resident of Object.values(residents)) resident.dispose();
}

const optionsFor = ({ net, weighted }: WholeRun, batch: number): PassOptions => ({
  ...net,
  batch,
  ...(weighted && { weighted }),
});

function compileStep(
  memory: OwnMemory,
  options: PassOptions,
  l2: number,
  update: UpdateExpressions,
): Promise<WholeProgram> {
  const { outputs, masks } = programOf(training(l2), options, tensorsFrom(update.point, options));
  const { parameters, state } = options.model;
  const g = sideBySide(parameters.map(({ name }) => outputs[gradientName(name)]));
  const { vectors, numbers } = update.outputs(g);
  const { loss, correct } = outputs;
  return compileWhole(memory, options, {
    masks,
    numbers: { loss, ...(correct && { correct }), ...numbers },
    vectors: {
      ...Object.fromEntries(Object.entries(vectors).map(([name, x]) => [newVector(name), x])),
      ...(state.length > 0 && { [STATE]: sideBySide(state.map(({ name }) => outputs[nextStateName(name)])) }),
    },
  });
}
