import { checkOptions } from "../../expr/options.ts";
import type { Schedule } from "../hyper.ts";
import { need, needCount, needNumbers } from "./check.ts";
import { type PlateauSchedule, watches } from "./plateau.ts";

/** What follows a warm-up or stands last in a row is told the costs, where it wants them. */
const likeLast = (schedule: Schedule, last: Schedule): Schedule | PlateauSchedule =>
  watches(last) ? Object.assign(schedule, { observe: last.observe, state: last.state }) : schedule;

/**
 * Before any schedule: over `steps` steps the rate rises to the schedule's first one, in equal strides from `start`, a part
 * of it that would have been the rate one step before. The schedule's own step 1 comes after these.
 */
export function warmup(schedule: Schedule, options: { steps: number; start?: number }): Schedule {
  checkOptions("warmup", options, ["steps", "start"], "warmup(schedule, { steps: 100 })");
  const { steps, start = 0 } = options;
  needCount("warmup", { steps });
  needNumbers("warmup", { start });
  need("warmup", start >= 0 && start <= 1, `start is ${start}; it must be from 0 to 1, a part of the first rate`);
  const warm: Schedule = (t) => {
    if (t >= steps) return schedule(Math.max(1, t - steps));
    return (schedule(1) * (start * (steps - t) + t)) / steps;
  };
  return likeLast(warm, schedule);
}

export interface JoinedOptions {
  /** One after the other; each counts its own steps from 1. */
  readonly schedules: readonly Schedule[];
  /** Numbers of steps after which the next one begins, in rising order: one less than schedules. */
  readonly at: readonly number[];
}

/** Schedules in a row, as PyTorch's SequentialLR and optax's join_schedules. One that watches the cost can only stand last. */
export function joined(options: JoinedOptions): Schedule {
  checkOptions("joined", options, ["schedules", "at"]);
  const { schedules, at } = options;
  const places = [0, ...at];
  need(
    "joined",
    schedules.length === places.length,
    `${schedules.length} schedules and ${at.length} places; between ${schedules.length} there are ${schedules.length - 1}`,
  );
  for (const [i, place] of at.entries()) {
    needCount("joined", { [`place ${i + 1}`]: place });
    need("joined", place > places[i], `place ${i + 1} is ${place}; it must lie behind ${places[i]}`);
  }
  need("joined", !schedules.slice(0, -1).some(watches), "a schedule that watches the cost can only stand last");
  const row: Schedule = (t) => {
    const i = places.findLastIndex((place) => t > place);
    return schedules[Math.max(0, i)](t - places[Math.max(0, i)]);
  };
  return likeLast(row, schedules[schedules.length - 1]);
}
