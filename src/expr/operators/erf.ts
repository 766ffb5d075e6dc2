const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

/**
 * The error function to float64 precision: for small arguments the Maclaurin series in its all-positive form
 * (Abramowitz & Stegun 7.1.6), for large ones 1 − erfc by its continued fraction (7.1.14).
 */
export function erfValue(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  return Math.sign(x) * (size < 2.5 ? series(size) : 1 - complement(size));
}

/** erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)) */
function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_ROOT_PI * Math.exp(-x * x) * sum;
}

/** erfc x = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 1½/(x + …)))) */
function complement(x: number): number {
  let fraction = x;
  for (let k = 60; k >= 1; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}

/** erfc x = t·e^(−x²)·p(2t − 1) with t = 2/(2 + x) for x ≥ 0, and 2 − erfc(−x) below: accurate to the last digits. */
export function erfcValue(x: number): number {
  if (x < 0) return 2 - erfcValue(-x);
  const z = Math.min(x, ERFC_IS_ZERO);
  const t = 2 / (2 + z);
  return t * decay(z) * erfcPolynomial.reduceRight((sum, c) => sum * (2 * t - 1) + c);
}

/** e^(−z²), in two factors: squares of multiples of 1/16 are exact. */
function decay(z: number): number {
  const near = Math.floor(16 * z) / 16;
  return Math.exp(-near * near) * Math.exp(-(z - near) * (z + near));
}

/** From 27.3 on erfc is 0 in float64. */
export const ERFC_IS_ZERO = 30;

/** e^(z²)·erfc(z)/t as a polynomial of 2t − 1, from the constant upwards (scripts/goldens/erf_polynomials.py). */
export const erfcPolynomial: readonly number[] = [
  0.5107913526210115, 0.3435803422069053, 0.13973604627802694, 0.0182211157534395, -0.010755330944719348,
  -0.003239592533879013, 0.0015453060291222003, 0.00041864803150011776, -0.0003315367483461889, -1.718572067691969e-5,
  7.223535548997429e-5, -1.7074435930768933e-5, -1.084807828833205e-5, 8.060426963858187e-6, -5.627559192378118e-7,
  -1.8218361427008817e-6, 1.0007982351303053e-6, -1.157247380519068e-9, -2.853844774555098e-7, 1.6246994987174998e-7,
  -1.848669368762183e-9, -5.546587044211434e-8, 2.9131155308487508e-8, 5.140345918956905e-9, -9.775556667111567e-9,
  1.6323398807169344e-9, 1.2098746244203231e-9, -3.98636294277478e-10,
];

/** erf(x)/x for |x| ≤ 1 as a polynomial of 2x² − 1, from the same script. */
export const erfPolynomial: readonly number[] = [
  0.9654687386698673, -0.1405360890227171, 0.019852496688983708, -0.0022854855611441132, 0.00021751715604159932,
  -1.7537169441124866e-5, 1.223382738359897e-6, -7.511569286591727e-8, 4.115800583208149e-9, -2.035228405815769e-10,
  9.167619596865806e-12, -3.8078824063194953e-13, 1.4543887079465116e-14,
];
