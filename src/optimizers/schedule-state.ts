import { type Hyper, type ScheduleState, type WatchingSchedule, watches } from "./hyper.ts";
import type { State } from "./state.ts";

/**
 * The names in an optimizer's state under which watching schedules keep theirs, such as `lr.best`. Names in a rule have no dots.
 */
const cell = (hyper: string, name: string): string => `${hyper}.${name}`;

/** The states of all watching schedules before any loss. */
export function scheduleStarts(hyper: Hyper): Record<string, number> {
  const starts: Record<string, number> = {};
  for (const [name, schedule] of watching(hyper))
    for (const [key, value] of Object.entries(schedule.init())) starts[cell(name, key)] = value;
  return starts;
}

/** The state of a hyper-parameter's schedule; its initial one if the optimizer's state was made without that schedule. */
export function scheduleStateIn(state: State, hyper: string, schedule: WatchingSchedule): ScheduleState {
  const seen = schedule.init();
  for (const key of Object.keys(seen)) seen[key] = Number(state[cell(hyper, key)] ?? seen[key]);
  return seen;
}

/** Passes the latest validation loss to the watching schedules. */
export function observeLoss(hyper: Hyper, state: State, loss: number): void {
  for (const [name, schedule] of watching(hyper)) {
    const seen = scheduleStateIn(state, name, schedule);
    schedule.observe(seen, loss);
    for (const [key, value] of Object.entries(seen)) state[cell(name, key)] = value;
  }
}

const watching = (hyper: Hyper): (readonly [string, WatchingSchedule])[] =>
  Object.entries(hyper).flatMap(([name, value]) => (watches(value) ? [[name, value] as const] : []));
