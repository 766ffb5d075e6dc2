/** Steps of λ after a model that promised too much, or about right: Martens 2010, Deep learning via Hessian-free optimization. */
const RAISE = 1.5;

/**
 * λ of (G + λI)d = −g, raised where the function fell by less than a quarter of what the quadratic model promised, and
 * lowered where it fell by more than three quarters (Levenberg's and Marquardt's rule).
 */
export class Damping {
  value: number;

  constructor(start: number) {
    this.value = start;
  }

  adapt(decrease: number, promised: number): void {
    const ratio = decrease / promised;
    if (ratio < 0.25) this.value *= RAISE;
    else if (ratio > 0.75) this.value /= RAISE;
  }
}
