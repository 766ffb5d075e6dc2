import { cut, unknownName } from "../arguments/index.ts";
import { beale, goldsteinPrice, himmelblau, sixHumpCamel, styblinskiTang, threeHumpCamel } from "./polynomials.ts";
import { booth, bowl, longValley, matyas, quadratic, valley } from "./quadratics.ts";
import { rosenbrock } from "./rosenbrock.ts";
import { monkeySaddle, saddle } from "./saddles.ts";
import type { Surface } from "./surface.ts";
import { branin, easom, mccormick } from "./trigonometric.ts";
import { levelValleys, plateau, tiltedValleys, zakharov } from "./valleys.ts";
import { ackley, griewank, levy, rastrigin } from "./waves.ts";

export * from "./polynomials.ts";
export * from "./quadratics.ts";
export * from "./rosenbrock.ts";
export * from "./saddles.ts";
export * from "./trigonometric.ts";
export * from "./valleys.ts";
export * from "./waves.ts";

/** All surfaces, in the order of lists. */
export const surfaces: readonly Surface[] = [
  bowl,
  longValley,
  saddle,
  monkeySaddle,
  plateau,
  levelValleys,
  tiltedValleys,
  beale,
  rosenbrock(),
  himmelblau,
  booth,
  matyas,
  threeHumpCamel,
  sixHumpCamel,
  goldsteinPrice,
  branin,
  mccormick,
  easom,
  styblinskiTang(),
  zakharov(),
  rastrigin(),
  ackley(),
  griewank(),
  levy(),
];

/** Surfaces with a size: a number of variables, or a condition number. */
const families: Readonly<Record<string, (size: number) => Surface>> = {
  quadratic,
  "long-valley": valley,
  rosenbrock,
  "styblinski-tang": styblinskiTang,
  zakharov,
  rastrigin,
  ackley,
  griewank,
  levy,
};

/**
 * The surface of this name; `rosenbrock:10` is Rosenbrock's valley in 10 dimensions, `quadratic:1000` the bowl with that
 * condition number. Throws a RangeError that suggests the nearest name if there is none.
 */
export function findSurface(name: string): Surface {
  const [key, size] = name.toLowerCase().split(":", 2);
  const found = surfaces.find((candidate) => candidate.name === key);
  if (found === undefined)
    throw new RangeError(
      unknownName(
        "surface",
        name,
        surfaces.map((candidate) => candidate.name),
        "downhill surfaces",
      ),
    );
  if (size === undefined) return found;
  if (!Object.hasOwn(families, key))
    throw new RangeError(`surface ${cut(name)}: ${key} takes no size; these do: ${Object.keys(families).join(", ")}`);
  return families[key](Number(size));
}
