import { checkOptions } from "../../arguments/index.ts";
import { type Schedule, type ScheduleState, type WatchingSchedule, watches } from "../hyper.ts";
import { need, needCount, needNumbers } from "./check.ts";

/** A schedule made of others, the last of which may be a watching one: after a warm-up, or at the end of a sequence. */
const likeLast = (
  last: Schedule | WatchingSchedule,
  make: (last: Schedule) => Schedule,
): Schedule | WatchingSchedule => {
  if (!watches(last)) return make(last);
  const { init, observe } = last;
  const at = (t: number, state: ScheduleState = init()): number => make((step) => last(step, state))(t);
  return Object.assign(at, { init, observe });
};

/**
 * A warm-up before any schedule: over `steps` steps the rate rises linearly to the schedule's first rate, from `start`,
 * a fraction of it (default 0) that would be the rate at step 0. The schedule's own step 1 comes after these.
 */
export function warmup(schedule: Schedule, options: { steps: number; start?: number }): Schedule {
  checkOptions("warmup", options, ["steps", "start"], "warmup(schedule, { steps: 100 })");
  const { steps, start = 0 } = options;
  needCount("warmup", { steps });
  needNumbers("warmup", { start });
  need("warmup", start >= 0 && start <= 1, `start is ${start}; it must be from 0 to 1, a fraction of the first rate`);
  return likeLast(schedule, (after) => (t) => {
    if (t >= steps) return after(Math.max(1, t - steps));
    return (after(1) * (start * (steps - t) + t)) / steps;
  });
}

/** The schedules of a sequence, and where each takes over. */
export interface JoinedOptions {
  /** The schedules in order; each counts its own steps from 1. */
  readonly schedules: readonly Schedule[];
  /** The steps after which the next one begins, in increasing order: one fewer than schedules. */
  readonly at: readonly number[];
}

/**
 * Schedules in sequence, as in PyTorch's SequentialLR and optax's join_schedules. Only the last may watch the
 * validation loss.
 */
export function joined(options: JoinedOptions): Schedule {
  checkOptions("joined", options, ["schedules", "at"]);
  const { schedules, at } = options;
  const places = [0, ...at];
  need(
    "joined",
    schedules.length === places.length,
    `${schedules.length} schedules and ${at.length} places; ${schedules.length} schedules need ${schedules.length - 1}`,
  );
  for (const [i, place] of at.entries()) {
    needCount("joined", { [`place ${i + 1}`]: place });
    need("joined", place > places[i], `place ${i + 1} is ${place}; it must be greater than ${places[i]}`);
  }
  need("joined", !schedules.slice(0, -1).some(watches), "only the last schedule may watch the validation loss");
  const before = schedules.slice(0, -1);
  return likeLast(schedules[before.length], (last) => (t) => {
    const i = Math.max(
      0,
      places.findLastIndex((place) => t > place),
    );
    return (before[i] ?? last)(t - places[i]);
  });
}
