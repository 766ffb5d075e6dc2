import { surfaceObjective } from "../../src/objective/index.ts";
import { arrive } from "../../src/solvers/critical-points/critical-walk.ts";
import { rosenbrock, styblinskiTang, surfaces, twoValleys } from "../../src/surfaces/catalogue.ts";
import type { CriticalPoint, Surface } from "../../src/surfaces/surface.ts";

/** The whole catalogue, and members of its families whose lists of points are their own. */
export const examined: readonly Surface[] = [
  ...surfaces,
  ...[3, 4, 5, 6, 7].map(rosenbrock),
  ...[1, 3, 4].map(styblinskiTang),
  twoValleys(-1.2),
];

export const pointsOf = ({ minima, maxima, saddles }: Surface): { kind: string; point: CriticalPoint }[] => [
  ...minima.map((point) => ({ kind: "minimum", point })),
  ...maxima.map((point) => ({ kind: "maximum", point })),
  ...saddles.map((point) => ({ kind: "saddle", point })),
];

/** Value, gradient and eigenvalues at a point. */
export function look(surface: Surface, at: readonly number[]) {
  const there = arrive(surfaceObjective(surface), Float64Array.from(at));
  if (there === null) throw new Error(`${surface.name} is not finite at ${at}`);
  return there;
}

/** By the Hessian's eigenvalues. */
export function kindOf(eigenvalues: Float64Array): string {
  if (eigenvalues.every((value) => value > 0)) return "minimum";
  return eigenvalues.every((value) => value < 0) ? "maximum" : "saddle";
}
