import { checkNumber, domains } from "../arguments/index.ts";

/**
 * The t with P(|T| ≤ t) = `probability` for Student's distribution with ν degrees of freedom, ν > 0; ν = ∞ is the normal
 * distribution. Newton's method on the logarithm of the tail as a function of log t, which is concave, within a
 * shrinking interval.
 */
export function studentQuantile(probability: number, freedom: number): number {
  checkNumber("studentQuantile: probability", probability, domains.between);
  if (!(freedom > 0)) throw new RangeError(`studentQuantile: freedom is ${freedom}; it must be a number above 0`);
  const target = Math.log1p(-probability);
  let [u, low, high] = [0, -WIDEST, WIDEST];
  for (let i = 0; i < MOST && high - low > 2 * Number.EPSILON * Math.abs(u); i++) {
    const t = Math.exp(u);
    const tail = studentTail(t, freedom);
    const above = Math.log(Math.max(tail, Number.MIN_VALUE)) - target;
    if (above === 0) break;
    if (above > 0) low = u;
    else high = u;
    const next = u + (above * tail) / (2 * t * studentDensity(t, freedom));
    // Halving the interval where rounding has left nothing of the tail, and in place of steps that leave the interval.
    const isSure = tail > 1e-15 && next > low && next < high;
    const before = u;
    u = isSure ? next : (low + high) / 2;
    if (isSure && Math.abs(u - before) <= 4 * Number.EPSILON) break;
  }
  return Math.exp(u);
}

/** log t lies between −WIDEST and WIDEST. */
const WIDEST = 100;
const MOST = 200;

/** P(|T| > t) for t > 0: the regularized incomplete beta function Iₓ(ν/2, ½) at x = ν/(ν + t²). */
export function studentTail(t: number, freedom: number): number {
  if (freedom > NORMAL) return normalTail(t, freedom);
  const a = freedom / 2;
  const x = freedom / (freedom + t * t);
  const y = (t * t) / (freedom + t * t);
  // xᵃ(1 − x)^½ / B(a, ½) = t·density(t)
  const front = t * studentDensity(t, freedom);
  // With many degrees of freedom, x is too close to 1 to tell the tail, unless there is none to speak of.
  return (freedom < MANY || t > FAR) && x < (a + 1) / (a + 2.5)
    ? (front * betaFraction(x, a, 0.5)) / a
    : 1 - 2 * front * betaSeries(y, a);
}

const [MANY, FAR] = [1000, 10];

/** Γ((ν+1)/2) / (√(νπ) Γ(ν/2)) · (1 + t²/ν)^(−(ν+1)/2). */
export function studentDensity(t: number, freedom: number): number {
  if (freedom > NORMAL) return normalDensity(t) * (1 + (t ** 4 - 2 * t * t - 1) / (4 * freedom));
  const front = gammaRatio(freedom / 2) / Math.sqrt(freedom * Math.PI);
  return front * Math.exp((-(freedom + 1) / 2) * Math.log1p((t * t) / freedom));
}

/** Above this the distribution is the normal one with a correction of order 1/ν; the next one is below rounding. */
const NORMAL = 1e8;

const normalDensity = (t: number): number => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);

function normalTail(t: number, freedom: number): number {
  const density = normalDensity(t);
  // 2Q(t) by its series near 0 and by Laplace's continued fraction beyond; then Fisher's correction of order 1/ν.
  const tail = t < 2.5 ? 1 - 2 * density * oddSeries(t) : (2 * density) / laplaceFraction(t);
  return tail + (density * t * (t * t + 1)) / (2 * freedom);
}

/** t + t³/3 + t⁵/(3·5) + … */
function oddSeries(t: number): number {
  let [sum, term] = [t, t];
  for (let k = 3; term > sum * Number.EPSILON; k += 2) {
    term *= (t * t) / k;
    sum += term;
  }
  return sum;
}

/** t + 1/(t + 2/(t + 3/(t + …))) */
function laplaceFraction(t: number): number {
  let value = t;
  for (let k = 150; k > 0; k--) value = t + k / value;
  return value;
}

/** Γ(a + ½) / Γ(a): an asymptotic series for large a, reached from small a by Γ(a + 1) = aΓ(a). */
function gammaRatio(given: number): number {
  let [a, factor] = [given, 1];
  while (a < LARGE) {
    factor *= a / (a + 0.5);
    a++;
  }
  return factor * Math.sqrt(a) * RATIO.reduce((sum, coefficient) => sum / a + coefficient, 0);
}

/** From here on the first term that is left out is below rounding. */
const LARGE = 100;
/** Coefficients of a⁻⁵ to 1. https://oeis.org/A143503, https://oeis.org/A061549 */
const RATIO: readonly number[] = [-399 / 262144, -21 / 32768, 5 / 1024, 1 / 128, -1 / 8, 1];

/** I_y(½, a) = y^½(1 − y)ᵃ / (½·B(½, a)) · Σ (a + ½)ₙ/(3/2)ₙ yⁿ, whose terms are all positive. DLMF 8.17.8. */
function betaSeries(y: number, a: number): number {
  let [sum, term] = [1, 1];
  for (let n = 0; term > sum * Number.EPSILON; n++) {
    term *= ((a + 0.5 + n) / (1.5 + n)) * y;
    sum += term;
  }
  return sum;
}

/**
 * The continued fraction of the incomplete beta function: Iₓ(a, b) = xᵃ(1 − x)ᵇ / (a·B(a, b)) · fraction. Lentz's method;
 * DLMF 8.17.22.
 */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    const before = value;
    for (const part of [even, odd]) {
      d = 1 / guarded(1 + part * d);
      c = guarded(1 + part / c);
      value *= c * d;
    }
    if (Math.abs(value - before) <= Number.EPSILON * Math.abs(value)) break;
  }
  return value;
}

const guarded = (x: number): number => (Math.abs(x) < 1e-300 ? 1e-300 : x);
