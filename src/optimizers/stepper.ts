import type { TiedKernel } from "../device/index.ts";
import { ALL_FINITE } from "./finite.ts";
import type { ConfiguredRule } from "./scalars.ts";

/** Works on the vectors that it was made for, in place, each time it is called. */
export interface Stepper {
  (): void;
  /** The same for loops in WebAssembly, if it is just a kernel call. */
  readonly inPlace?: InPlace | undefined;
}

/**
 * Takes a step in place each time it is called, and returns whether everything that it stored is finite. If not, state.t and the
 * state's scalars stay unchanged, but w and the slots are no longer valid: a loop must stop then, and go back to a copy of w.
 */
export interface Step {
  (): boolean;
  /**
   * The same for loops in WebAssembly, if it is just a kernel call: with constant hyper-parameters and no scalars in the state. The
   * loop must update the state's t.
   */
  readonly inPlace?: InPlace | undefined;
}

/** Work that is just a kernel call, over values in one arena. */
export interface InPlace {
  readonly kernel: TiedKernel;
  /** The cell for the step, from 1, which is written before the call. */
  readonly t: Float64Array;
  /** Cells that are finite after the call if everything that was stored is. */
  readonly finite: Float64Array;
}

/** Undefined if a hyper-parameter is a schedule or the state has scalars: these are handled outside the kernel. */
export function inPlace(
  { spec, hyper }: ConfiguredRule,
  names: readonly string[],
  kernel: TiedKernel,
): InPlace | undefined {
  const isScheduled = Object.values(hyper).some((value) => typeof value !== "number");
  if (isScheduled || Object.keys(spec.scalars ?? {}).length > 0) return undefined;
  const [t, flag] = ["t", ALL_FINITE].map((name) => names.indexOf(name));
  // The kernel of a point has no such flag.
  return {
    kernel,
    t: kernel.scalars.subarray(t, t + 1),
    finite: kernel.scalars.subarray(flag, flag < 0 ? 0 : flag + 1),
  };
}
