/**
 * An average of gradients as PyTorch's torch.lerp computes it: avg + (1 − β)(g − avg), or g − (g − avg)(1 − (1 − β)) if it forgets
 * half or more in a step. If avg is much larger than g, the first form would lose g's digits.
 */
export const averageLine = (average: string, decay: string, value: number): string =>
  1 - value < 0.5
    ? `${average} = ${average} + (1 - ${decay})*(g - ${average})`
    : `${average} = g - (g - ${average})*(1 - (1 - ${decay}))`;
