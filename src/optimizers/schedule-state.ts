import { type Hyper, type ScheduleState, type WatchingSchedule, watches } from "./hyper.ts";
import type { State } from "./state.ts";

/**
 * Where an optimizer's state keeps what the schedules of its hyper-parameters have seen: numbers such as `lr.best`. No
 * name in a rule has a dot.
 */
const cell = (hyper: string, name: string): string => `${hyper}.${name}`;

/** The numbers of all schedules that watch, before any loss. */
export function scheduleStarts(hyper: Hyper): Record<string, number> {
  const starts: Record<string, number> = {};
  for (const [name, schedule] of watching(hyper))
    for (const [key, value] of Object.entries(schedule.init())) starts[cell(name, key)] = value;
  return starts;
}

/** What the schedule of a hyper-parameter has seen; a state that was made without it has seen nothing. */
export function scheduleStateIn(state: State, hyper: string, schedule: WatchingSchedule): ScheduleState {
  const seen = schedule.init();
  for (const key of Object.keys(seen)) seen[key] = Number(state[cell(hyper, key)] ?? seen[key]);
  return seen;
}

/** Tells the schedules that watch the latest validation loss. */
export function observeLoss(hyper: Hyper, state: State, loss: number): void {
  for (const [name, schedule] of watching(hyper)) {
    const seen = scheduleStateIn(state, name, schedule);
    schedule.observe(seen, loss);
    for (const [key, value] of Object.entries(seen)) state[cell(name, key)] = value;
  }
}

const watching = (hyper: Hyper): (readonly [string, WatchingSchedule])[] =>
  Object.entries(hyper).flatMap(([name, value]) => (watches(value) ? [[name, value] as const] : []));
