import type { Domain } from "./surface-checks.ts";

/**
 * Points that fill a box evenly at any count: the additive recurrence frac(½ + kα), αᵢ = φ⁻ⁱ with φⁿ⁺¹ = φ + 1
 * (in one dimension the golden ratio). M. Roberts 2018, The unreasonable effectiveness of quasirandom sequences; the
 * low discrepancy of such recurrences is classical (Weyl 1916).
 */
export function* lowDiscrepancyPoints(domain: Domain, count: number): Generator<Float64Array> {
  const n = domain.length;
  let phi = 2;
  for (let i = 0; i < 60; i++) phi = (1 + phi) ** (1 / (n + 1));
  const alpha = domain.map((_, i) => phi ** -(i + 1));
  for (let k = 0; k < count; k++)
    yield Float64Array.from(domain, ([low, high], i) => low + (high - low) * ((0.5 + k * alpha[i]) % 1));
}
