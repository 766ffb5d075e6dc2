/** Numbers that look random and are the same everywhere: a linear congruential generator, normal by the central limit. */
export function noise(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return () => Array.from({ length: 12 }, uniform).reduce((sum, u) => sum + u, -6);
}

export const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
