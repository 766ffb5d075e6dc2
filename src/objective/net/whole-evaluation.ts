import { inOrderOf, type Source } from "../../data/index.ts";
import type { OwnMemory, Resident } from "../../device/index.ts";
import type { Vector } from "../../expr/index.ts";
import type { BatchPlace } from "./batch.ts";
import type { Net, PassOptions } from "./pass.ts";
import { evaluation, type ProgramKind, programOf } from "./program-kinds.ts";
import type { ProgramStore } from "./program-store.ts";
import { CUT_OFF, type Evaluation, RunningMean } from "./running-mean.ts";
import {
  compileWhole,
  NET_PARAMETERS,
  NET_STATE,
  parametersInput,
  tensorsFrom,
  type WholeProgram,
} from "./whole-vectors.ts";

/** The run that is evaluated. */
export interface EvaluatedRun extends BatchPlace {
  /** The net for examples with weights. */
  readonly weighted: Net;
  readonly evaluationBatch: number;
  readonly isTooLate: () => boolean;
}

/** A program over all parameters and the state whose results are numbers. */
export async function compileEvaluation(
  memory: OwnMemory | undefined,
  kind: ProgramKind,
  options: PassOptions,
): Promise<WholeProgram> {
  if (memory === undefined) throw new Error("engine: the device has no memory of its own");
  const { outputs, masks } = programOf(kind, options, tensorsFrom(parametersInput(options), options));
  return compileWhole(memory, options, { numbers: outputs, masks });
}

/** Loss and accuracy over all examples, by programs in a device's own memory: the weights are copied there once. */
export async function evaluateWhole(
  memory: OwnMemory,
  programs: ProgramStore<WholeProgram>,
  run: EvaluatedRun,
  examples: Source,
  weights: Vector,
): Promise<Evaluation> {
  const { buffers } = run;
  const net = examples.weighted ? run.weighted : run.net;
  const given: Record<string, Resident> = {};
  const mean = new RunningMean();
  try {
    given[NET_PARAMETERS] = await memory.upload(weights);
    if (buffers.s.length > 0) given[NET_STATE] = await memory.upload(buffers.s);
    for (const indices of inOrderOf(examples.count, run.evaluationBatch)) {
      if (run.isTooLate()) return CUT_OFF;
      const program = await programs.program(evaluation, net, indices.length, { buffers, weights });
      const { numbers } = await program.run(run, { examples, indices }, given);
      mean.add({ loss: numbers.loss, correct: numbers.correct }, indices.length);
    }
  } finally {
    for (const resident of Object.values(given)) resident.dispose();
  }
  return mean.value();
}
