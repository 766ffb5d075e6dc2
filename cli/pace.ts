import { count, duration } from "./words.ts";

/** How fast something goes: `1,234 steps/s`, `2.4 steps/s`, or where each takes long `3.1 s/step`. */
export function paceWords(perSecond: number): string {
  if (!(perSecond > 0) || !Number.isFinite(perSecond)) return "";
  if (perSecond >= 9.95) return `${count(perSecond)} steps/s`;
  return perSecond >= 1 ? `${perSecond.toFixed(1)} steps/s` : `${duration(1 / perSecond)}/step`;
}

/** Steps a second since the first one was told: what was compiled before it does not count. */
export class Pace {
  #first: { readonly step: number; readonly at: number } | undefined;

  /** The speed after this step; NaN before there are two. */
  at(step: number, now = performance.now()): number {
    this.#first ??= { step, at: now };
    const { step: from, at } = this.#first;
    return step > from && now > at ? (1000 * (step - from)) / (now - at) : Number.NaN;
  }
}
