/** Computes on the first call and caches the result, for parsing or compiling when first needed. */
export function once<T>(make: () => T): () => T {
  const made: T[] = [];
  return () => {
    if (made.length === 0) made.push(make());
    return made[0];
  };
}

/** The value of a key, made when first needed and cached. */
export function remember<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
