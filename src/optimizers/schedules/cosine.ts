import { atLeast, checkNumber, checkOptions } from "../../arguments/index.ts";
import type { Schedule } from "../hyper.ts";
import { need, needCount, needRates } from "./check.ts";
import { warmup as warmedUp } from "./joined.ts";

/** The cosine's height and length, and its restarts. */
export interface CosineOptions {
  /** The highest rate. */
  readonly lr: number;
  /** Steps of the whole schedule, warm-up included. */
  readonly steps: number;
  /** Steps over which the rate rises linearly to lr. Default 0. */
  readonly warmup?: number;
  /** The lowest rate. Default 0. */
  readonly end?: number;
  /** How many times the cosine starts at lr. Default 1: without restarts. */
  readonly cycles?: number;
  /** The length of each cycle relative to the one before, 1 or more. Default 1. */
  readonly growth?: number;
}

/**
 * Half a cosine from lr to end, after a linear warm-up, with warm restarts (Loshchilov & Hutter 2017, eq. 5). Every cycle
 * begins on a whole step, at lr. With n steps after the warm-up, the k-th cycle (from 0) begins at the first step that
 * has k/cycles of them behind it, or (growthᵏ − 1)/(growth^cycles − 1) where cycles grow; in between,
 * end + (lr − end)(1 + cos(π · steps into the cycle / its length))/2. The step after the last is the first at end.
 */
export function cosine(options: CosineOptions): Schedule {
  checkOptions("cosine", options, ["lr", "steps", "warmup", "end", "cycles", "growth"]);
  const { lr, steps, warmup = 0, end = 0, cycles = 1, growth = 1 } = options;
  needRates("cosine", lr, { end });
  needCount("cosine", { steps, cycles });
  const fits = Number.isSafeInteger(warmup) && warmup >= 0 && warmup < steps;
  need("cosine", fits, `warmup is ${warmup}; it must be from 0 to less than steps (${steps}), a whole number`);
  checkNumber("cosine: growth", growth, atLeast(1));
  const length = steps - warmup;
  need("cosine", cycles <= length, `cycles is ${cycles}; ${length} steps have room for ${length} at most`);
  const cycle = growth === 1 ? equalCycles(length, cycles) : growingCycles(length, cycles, growth);
  const falling: Schedule = (t) => {
    if (t > length) return end;
    const [from, to] = cycle(t - 1);
    // At a restart the sum of the parts could miss lr by a rounding.
    return t - 1 === from ? lr : end + 0.5 * (lr - end) * (1 + Math.cos((Math.PI * (t - 1 - from)) / (to - from)));
  };
  return warmup === 0 ? falling : warmedUp(falling, { steps: warmup });
}

/** The cycle that a step, counted from 0, belongs to: its first step and the next one's. */
type CycleOf = (step: number) => readonly [from: number, to: number];

/** In whole numbers: with a fractional period, rounding could make a remainder the period itself. */
function equalCycles(length: number, cycles: number): CycleOf {
  const start = (k: number): number => Math.ceil((k * length) / cycles);
  return (step) => {
    const k = Math.floor((step * cycles) / length);
    return [start(k), start(k + 1)];
  };
}

function growingCycles(length: number, cycles: number, growth: number): CycleOf {
  const starts = Array.from({ length: cycles + 1 }, (_, k) => startOf(k, length, cycles, growth));
  const short = starts.findIndex((from, k) => k > 0 && from <= starts[k - 1]);
  need(
    "cosine",
    short < 0,
    `${length} steps are too few for ${cycles} cycles that grow ${growth}-fold: some have none`,
  );
  return (step) => {
    const k = starts.findLastIndex((from) => from <= step);
    return [starts[k], starts[k + 1]];
  };
}

function startOf(k: number, length: number, cycles: number, growth: number): number {
  const exact = (length * (growth ** k - 1)) / (growth ** cycles - 1);
  const near = Math.round(exact);
  // A start that rounding moved off a whole number is that number; others are rounded up.
  return Math.abs(exact - near) <= 1e-9 * length ? near : Math.ceil(exact);
}
