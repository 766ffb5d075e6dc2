/** Computes on the first call, and keeps: what a formula is parsed or compiled to, when somebody wants it. */
export function once<T>(make: () => T): () => T {
  const made: T[] = [];
  return () => {
    if (made.length === 0) made.push(make());
    return made[0];
  };
}

/** The value of a key: made when it is first wanted, and kept. */
export function remember<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
