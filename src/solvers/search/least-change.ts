/**
 * The rounding level of a sum of squares: Σ (ε/2 · size)² over the residuals, where `size` adds up a residual's terms: itself and the
 * parameters' shares Jᵢⱼxⱼ. A smaller sum of squares is a perfect fit, and a smaller decrease only changes each residual within its
 * rounding error. This also ends searches in which a parameter shrinks towards 0 for ever.
 */
export function leastChange(x: Float64Array, r: Float64Array, jacobian: Float64Array): number {
  const n = x.length;
  return r.reduce((sum, residual, i) => {
    const size = x.reduce((total, entry, j) => total + Math.abs(jacobian[i * n + j] * entry), Math.abs(residual));
    return sum + ((Number.EPSILON / 2) * size) ** 2;
  }, 0);
}
