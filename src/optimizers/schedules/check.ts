import { checkNumber, domains } from "../../arguments/index.ts";

/** Throws a RangeError that names the schedule unless the condition holds. */
export function need(schedule: string, holds: boolean, words: string): void {
  if (!holds) throw new RangeError(`${schedule}: ${words}`);
}

export function needCount(schedule: string, counts: Readonly<Record<string, number>>): void {
  for (const [name, n] of Object.entries(counts)) checkNumber(`${schedule}: ${name}`, n, domains.count);
}

/** Rates and factors that are not numbers would spoil the weights much later. */
export function needNumbers(schedule: string, numbers: Readonly<Record<string, number>>): void {
  for (const [name, x] of Object.entries(numbers)) checkNumber(`${schedule}: ${name}`, x, domains.finite);
}

/** lr is a schedule's highest rate: the rates that it starts from or falls to must lie between 0 and lr. */
export function needRates(schedule: string, lr: number, bounds: Readonly<Record<string, number>>): void {
  needNumbers(schedule, { lr, ...bounds });
  for (const [name, x] of Object.entries(bounds)) {
    need(schedule, x <= lr, `${name} is ${x}, above lr, which is ${lr}; it must be at most lr`);
    need(schedule, x >= 0, `${name} is ${x}, below 0; it must be 0 or more`);
  }
}
