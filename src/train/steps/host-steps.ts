import type { Source } from "../../data/index.ts";
import type { GradientSource, Workspace } from "../../objective/index.ts";
import type { DeviceStep, Optimizer } from "../../optimizers/index.ts";
import type { StepMemory, StepTaker } from "./step-taker.ts";

/** What steps are taken with. */
export interface StepsPlan {
  readonly optimizer: Optimizer;
  readonly source: GradientSource;
  readonly workspace: Workspace;
  readonly memory: StepMemory;
  /** The training examples. */
  readonly examples: Source;
}

/** Steps in the run's memory: the gradient comes from its source, and a fused loop takes the update. */
export function hostSteps({ optimizer, source, workspace, memory, examples }: StepsPlan): StepTaker {
  const { w, g, s, nextS, point, arena, layout } = workspace;
  const { before, optimizer: state } = memory;
  const watch = { before: before.w, gradientNorm: Number.NaN };
  const watched = { layout, arena, watch };
  const step = optimizer.bind(w, g, state, { ...watched, spare: g });
  const lookAhead = optimizer.lookahead?.bind(w, state, point, arena, layout);
  /** The update on the device, where that is faster. */
  let deviceStep: DeviceStep | undefined;
  return {
    prepare: async (batchSizes) => {
      await source.prepare(batchSizes);
      if (source.device !== undefined) deviceStep ??= await optimizer.bindOn(source.device, w, g, state, watched);
    },
    take: async (indices, number) => {
      lookAhead?.();
      const { loss, correct } = await source.gradient(examples, indices, { step: number });
      if (!Number.isFinite(loss)) return { loss, correct, gradientNorm: Number.NaN, isTaken: false };
      const isSound = deviceStep === undefined ? step() : await deviceStep();
      const { gradientNorm } = watch;
      // Some updates are finite for any gradient, such as those by its sign.
      const isTaken = isSound && Number.isFinite(gradientNorm);
      if (isTaken) {
        before.s.set(s);
        s.set(nextS);
      } else w.set(before.w);
      return { loss, correct, gradientNorm, isTaken };
    },
    settle: async () => {},
    settleNow: () => {},
    dispose: async () => {
      await deviceStep?.dispose();
    },
  };
}
