/**
 * Σ (ε/2 · size)² of residuals, with the size of what is summed in each: itself and the parameters' shares Jᵢⱼxⱼ. A sum of squares of
 * less is a perfect fit, and a decrease of less moves each residual by its rounding alone: also where a number is 0 or tiny beside
 * the others, so that it could go on to smaller ones for ever.
 */
export function leastChange(x: Float64Array, r: Float64Array, jacobian: Float64Array): number {
  const n = x.length;
  return r.reduce((sum, residual, i) => {
    const size = x.reduce((total, entry, j) => total + Math.abs(jacobian[i * n + j] * entry), Math.abs(residual));
    return sum + ((Number.EPSILON / 2) * size) ** 2;
  }, 0);
}
