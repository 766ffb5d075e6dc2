/**
 * An average of gradients as PyTorch keeps it, with torch.lerp: avg + (1 − β)(g − avg), or, where it forgets half or more
 * in a step, g − (g − avg)(1 − (1 − β)). Where avg is much larger than g, the first form would lose g's digits.
 */
export const averageLine = (average: string, decay: string, value: number): string =>
  1 - value < 0.5
    ? `${average} = ${average} + (1 - ${decay})*(g - ${average})`
    : `${average} = g - (g - ${average})*(1 - (1 - ${decay}))`;
