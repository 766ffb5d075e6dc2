/** Computes on the first call, and keeps: what a formula is parsed or compiled to, when somebody wants it. */
export function once<T>(make: () => T): () => T {
  const made: T[] = [];
  return () => {
    if (made.length === 0) made.push(make());
    return made[0];
  };
}
