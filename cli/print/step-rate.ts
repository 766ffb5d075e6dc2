/** Steps a second since the first one: the time spent compiling before it does not count. */
export class StepRate {
  #first: { readonly step: number; readonly at: number } | undefined;

  /** The speed after this step; NaN before there are two. */
  at(step: number, now = performance.now()): number {
    this.#first ??= { step, at: now };
    const { step: from, at } = this.#first;
    return step > from && now > at ? (1000 * (step - from)) / (now - at) : Number.NaN;
  }
}
