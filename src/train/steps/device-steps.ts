import type { Resident } from "../../device/index.ts";
import { isVector, type Vector } from "../../expr/index.ts";
import { type ComputedStep, NET_STATE, type UpdateExpressions, type WholeSteps } from "../../objective/index.ts";
import type { StepsPlan } from "./host-steps.ts";
import type { StepTaker } from "./step-taker.ts";

/** What lies on the device: the vectors that a step changes, and the model's state, if it has one. */
interface Generation {
  readonly vectors: Readonly<Record<string, Resident>>;
  readonly state: Resident | undefined;
}

/**
 * Steps in a device's own memory: loss, gradient and update are one program. It takes vectors and gives new ones, so the old ones are still
 * there if the step turns out to be bad; those from before the last step are kept, too. A batch goes up, and a few numbers come back.
 */
export function deviceSteps(
  { optimizer, workspace, memory, examples }: StepsPlan,
  wholeSteps: (update: UpdateExpressions) => WholeSteps,
): StepTaker {
  const { w, s, before, optimizer: state } = memory;
  const program = optimizer.program(workspace.layout, state);
  const steps = wholeSteps(program);
  const { downloadNow } = steps.memory;
  const places: Readonly<Record<string, Vector>> = Object.fromEntries(
    program.vectors.map((name) => [name, name === "w" ? w : vectorOf(state[name])]),
  );
  /** Undefined while the run's memory has the truth. */
  let now: Generation | undefined;
  let last: Generation | undefined;

  async function goUp(): Promise<Generation> {
    const vectors: Record<string, Resident> = {};
    for (const [name, vector] of Object.entries(places)) vectors[name] = await steps.memory.upload(vector);
    return { vectors, state: s.length > 0 ? await steps.memory.upload(s) : undefined };
  }

  /** The inputs of the next step. */
  const inputsFrom = ({ vectors, state: net }: Generation): Readonly<Record<string, Vector | Resident>> => ({
    ...program.begin(),
    ...Object.fromEntries(Object.entries(vectors).map(([name, resident]) => [program.inputOf(name), resident])),
    ...(net && { [NET_STATE]: net }),
  });

  /** Where each resident belongs in the run's memory. */
  function* pairs(): Generator<readonly [from: Resident, to: Vector]> {
    if (now === undefined) return;
    for (const [name, to] of Object.entries(places)) yield [now.vectors[name], to];
    if (now.state !== undefined) yield [now.state, s];
    if (last === undefined) return;
    yield [last.vectors.w, before.w];
    if (last.state !== undefined) yield [last.state, before.s];
  }

  function release(): void {
    for (const generation of [now, last]) disposeOf(generation);
    now = undefined;
    last = undefined;
  }

  /** Goes on with the new vectors; those that nobody needs any more are freed. */
  function adopt(old: Generation, { vectors, state: next }: ComputedStep): void {
    const fresh = { vectors: { ...old.vectors, ...vectors }, state: next ?? old.state };
    const kept = { vectors: { w: old.vectors.w }, state: old.state };
    const needed = new Set([...residentsOf(fresh), ...residentsOf(kept)]);
    for (const resident of [...residentsOf(old), ...residentsOf(last)]) if (!needed.has(resident)) resident.dispose();
    now = fresh;
    last = kept;
  }

  const settle = async (): Promise<void> => {
    for (const [from, to] of pairs()) await steps.memory.download(from, to);
    release();
  };

  return {
    prepare: async (batchSizes) => {
      now ??= await goUp();
      await steps.prepare(batchSizes, inputsFrom(now));
    },
    take: async (indices, step) => {
      now ??= await goUp();
      const computed = await steps.compute({ examples, indices }, { step }, inputsFrom(now));
      const { loss, correct, numbers } = computed;
      const hasLoss = Number.isFinite(loss);
      const isTaken = hasLoss && program.finish(numbers);
      if (isTaken) adopt(now, computed);
      else disposeOf(computed);
      // Then w from before the step is w itself.
      if (hasLoss && !isTaken) last = now;
      return { loss, correct, gradientNorm: hasLoss ? program.gradientNorm(numbers) : Number.NaN, isTaken };
    },
    settle,
    settleNow: () => {
      if (now === undefined) return;
      if (downloadNow === undefined)
        throw new Error(
          "the weights are on the device, which cannot be waited for here; call await training.settle() first",
        );
      for (const [from, to] of pairs()) downloadNow(from, to);
      release();
    },
    dispose: async () => {
      await settle();
      await steps.dispose();
    },
  };
}

const residentsOf = (generation: Partial<Generation> | undefined): Resident[] =>
  generation === undefined
    ? []
    : [...Object.values(generation.vectors ?? {}), ...(generation.state === undefined ? [] : [generation.state])];

function disposeOf(generation: Partial<Generation> | undefined): void {
  for (const resident of residentsOf(generation)) resident.dispose();
}

function vectorOf(slot: unknown): Vector {
  if (isVector(slot)) return slot;
  throw new TypeError("the optimizer's state lacks a vector; make it with init(w)");
}
