import type { TiedKernel } from "../device/index.ts";
import { ALL_FINITE } from "./finite.ts";
import type { Chosen } from "./scalars.ts";

/** Does its work each time it is called: reads and writes the vectors that it was made for, in place. */
export interface Stepper {
  (): void;
  /** The same for loops in WebAssembly, where it is a kernel's call and nothing besides. */
  readonly inPlace?: InPlace | undefined;
}

/**
 * Takes a step each time it is called, in place, and returns whether all that it stored is finite. Where it is not,
 * state.t and the state's numbers stay, but w and the slots are spoilt: a loop ends there, with a copy of w.
 */
export interface Step {
  (): boolean;
  /**
   * The same for loops in WebAssembly, where it is a kernel's call and nothing besides: hyper-parameters that stay, and
   * no numbers but those in memory. The state's t is left to the loop.
   */
  readonly inPlace?: InPlace | undefined;
}

/** Work that is a kernel's call and nothing besides. All its numbers lie in one arena. */
export interface InPlace {
  readonly kernel: TiedKernel;
  /** The cell that the step, from 1, is written to before. */
  readonly t: Float64Array;
  /** Cells that are finite afterwards if all that was stored is. */
  readonly finite: Float64Array;
}

/** Undefined where hyper-parameters are schedules, or the state keeps numbers: these are seen to outside of the kernel. */
export function inPlace({ spec, hyper }: Chosen, names: readonly string[], kernel: TiedKernel): InPlace | undefined {
  const isScheduled = Object.values(hyper).some((value) => typeof value !== "number");
  if (isScheduled || Object.keys(spec.scalars ?? {}).length > 0) return undefined;
  const [t, flag] = ["t", ALL_FINITE].map((name) => names.indexOf(name));
  // A kernel that computes a point has no flag.
  return {
    kernel,
    t: kernel.scalars.subarray(t, t + 1),
    finite: kernel.scalars.subarray(flag, flag < 0 ? 0 : flag + 1),
  };
}
