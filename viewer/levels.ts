/** Shares of the height at which lines are drawn, up to the ceiling: above the last that is given they go on by its step. At most `most`. */
export function levelShares(given: readonly number[], most: number): number[] {
  const shares = given.slice(0, most);
  const [last, before] = [shares.at(-1), shares.at(-2)];
  const step = last === undefined || before === undefined ? 0 : last - before;
  if (last === undefined || !(step > 0)) return shares;
  const more = Math.floor((1 - last) / step + 1e-9);
  return [...shares, ...Array.from({ length: more }, (_, k) => last + (k + 1) * step)].slice(0, most);
}
