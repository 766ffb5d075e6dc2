import { checkNumber, checkOptions, domains, whole } from "../../arguments/index.ts";
import type { ScheduleState, WatchingSchedule } from "../hyper.ts";
import { need, needRates } from "./check.ts";

/** When the rate falls, and by how much; the defaults are PyTorch's. */
export interface PlateauOptions {
  /** The first rate. */
  readonly lr: number;
  /** The rate is multiplied by this factor at each fall: between 0 and 1. Default 0.1. */
  readonly factor?: number;
  /** Observations without improvement that are tolerated. Default 10. */
  readonly patience?: number;
  /** The lowest rate. Default 0. */
  readonly min?: number;
  /**
   * The gain that counts as an improvement: more than threshold·|best| ("relative") or threshold ("absolute"). Default
   * 1e-4.
   */
  readonly threshold?: number;
  /** How the threshold is meant. Default "relative". */
  readonly thresholdMode?: "relative" | "absolute";
  /** Observations after a fall that do not count. Default 0. */
  readonly cooldown?: number;
  /** Whether lower ("min") or higher ("max") values are better. Default "min". */
  readonly mode?: "min" | "max";
}

const NAMES = ["lr", "factor", "patience", "min", "threshold", "thresholdMode", "cooldown", "mode"] as const;

/**
 * The rate falls by `factor` when the observed value has not improved for more than `patience` observations, as in PyTorch's
 * ReduceLROnPlateau. A relative threshold refers to |best|, so that negative values work, too.
 */
export function reduceOnPlateau(options: PlateauOptions): WatchingSchedule {
  checkOptions("reduceOnPlateau", options, NAMES);
  const { lr, factor = 0.1, patience = 10, min = 0, cooldown = 0, mode = "min" } = options;
  const { threshold = 1e-4, thresholdMode = "relative" } = options;
  needRates("reduceOnPlateau", lr, { min });
  const check = (holds: boolean, words: string): void => need("reduceOnPlateau", holds, words);
  checkNumber("reduceOnPlateau: factor", factor, domains.between);
  for (const [name, n] of Object.entries({ patience, cooldown })) checkNumber(`reduceOnPlateau: ${name}`, n, whole(0));
  checkNumber("reduceOnPlateau: threshold", threshold, domains.notNegative);
  check(mode === "min" || mode === "max", `mode is ${JSON.stringify(mode)}; it must be "min" or "max"`);
  const modes = ["relative", "absolute"];
  check(modes.includes(thresholdMode), `thresholdMode is ${JSON.stringify(thresholdMode)}; it must be one of ${modes}`);

  const sign = mode === "min" ? 1 : -1;
  const isBetter = (value: number, best: number): boolean => {
    if (!Number.isFinite(best)) return sign * value < sign * best;
    const margin = threshold * (thresholdMode === "relative" ? Math.abs(best) : 1);
    return sign * value < sign * best - margin;
  };
  // waited: observations without improvement; resting: observations left that do not count.
  const init = (): ScheduleState => ({ rate: lr, best: sign * Number.POSITIVE_INFINITY, waited: 0, resting: 0 });
  const observe = (state: ScheduleState, value: number): void => {
    if (isBetter(value, state.best)) Object.assign(state, { best: value, waited: 0 });
    else state.waited++;
    if (state.resting > 0) Object.assign(state, { resting: state.resting - 1, waited: 0 });
    if (state.waited <= patience) return;
    Object.assign(state, { rate: Math.max(min, state.rate * factor), waited: 0, resting: cooldown });
  };
  return Object.assign((_: number, { rate } = init()) => rate, { init, observe });
}
