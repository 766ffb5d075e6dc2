import { describe, expect, it } from "vitest";
import { solve, solvers } from "../../src/solvers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";

/** Those that need no more of a function than a surface gives. */
const general = solvers.filter((make) => {
  const { needsOneOf } = make();
  return needsOneOf.length === 0 || needsOneOf.includes("hessianProduct");
});

describe.each(general.map((make) => [make.spec.name, make] as const))("%s on every surface", (name, make) => {
  it.each(surfaces.surfaces)("ends with a reason, lower than it began: $name", (surface) => {
    const { outcome, reason, x, path } = solve(surface, { solver: make(), maxIterations: 500, path: true });
    expect(reason).not.toBe("");
    expect(["converged", "stalled", "maximum iterations", "diverged"]).toContain(outcome);
    expect(x.every(Number.isFinite)).toBe(true);
    const values = [...(path?.values ?? [])];
    expect(values.every(Number.isFinite)).toBe(true);
    // Newton's bare formula, and Polyak's step with a minimum that is not the surface's, may lead up.
    if (name !== "pure-newton" && name !== "polyak") expect(values.at(-1)).toBeLessThanOrEqual(values[0]);
  });

  it("finds the bottom of a bowl", () => {
    const { outcome, value } = solve(surfaces.bowl, { solver: make() });
    expect(outcome).toBe("converged");
    expect(value).toBeLessThan(1e-18);
  });
});
