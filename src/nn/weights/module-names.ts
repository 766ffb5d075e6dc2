/** Names of tensors, as programs give them: a layer and a tensor of it, `layer1_weight`, `fc1.weight`, `net/layer1_weight`. */

/** A name without the folders before it, and with a _ for each point. */
export const localName = (name: string): string => name.slice(name.lastIndexOf("/") + 1).replaceAll(".", "_");

/** The part of a name that is its layer's. */
export function moduleOf(name: string): string {
  const at = Math.max(...[".", "/", "_"].map((sign) => name.lastIndexOf(sign)));
  return at < 0 ? "" : name.slice(0, at);
}

/** Whether names of layers differ by a number only: `0` and `2`, `fc1` and `fc2`, `net.0` and `net.2`. */
export function isNumbered(names: readonly string[]): boolean {
  const parts = names.map(partsOf);
  const [first = []] = parts;
  const differing = first.flatMap((_, i) => (parts.some((each) => each[i] !== first[i]) ? [i] : []));
  return (
    parts.every(({ length }) => length === first.length) &&
    differing.length <= 1 &&
    differing.every((i) => parts.every((each) => /^\d+$/.test(each[i])))
  );
}

/** Runs of digits, and what is between them. */
const partsOf = (name: string): string[] => name.split(/(\d+)/);

/** Things in the order of the numbers in their names. */
export const inNaturalOrder = <T>(things: readonly T[], names: readonly string[]): T[] =>
  things
    .map((thing, i) => ({ thing, name: names[i] }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }))
    .map(({ thing }) => thing);
