import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Objective, stepLengths } from "../../src/solvers/index.ts";
import { finish } from "../../src/solvers/run/computation.ts";
import { Evaluator } from "../../src/solvers/run/evaluator.ts";
import { pointAt } from "../../src/solvers/run/point.ts";
import { Line } from "../../src/solvers/search/line.ts";
import { functionOf } from "./functions.ts";

interface Golden {
  readonly cases: readonly {
    readonly name: string;
    readonly decrease: number;
    readonly curvature: number;
    readonly first: number;
    readonly trials: readonly number[];
  }[];
}
const golden: Golden = JSON.parse(
  readFileSync(new URL("../goldens/solvers/line-search.json", import.meta.url), "utf8"),
);

/** A line along which f is φ, from α = 0; says where it was looked at. */
function lineOf(f: Objective) {
  const trials: number[] = [];
  const watched: Objective = {
    ...f,
    value: (x) => {
      trials.push(x[0]);
      return f.value(x);
    },
    gradient: (x, g) => {
      trials.push(x[0]);
      return f.gradient(x, g);
    },
  };
  const here = pointAt([0]);
  here.value = f.gradient(here.x, here.g);
  const line = new Line(new Evaluator(watched), here, Float64Array.of(1), pointAt([0]));
  return { line, trials };
}

const of = (value: (a: number) => number, slope: (a: number) => number): Objective =>
  functionOf(
    1,
    ([a]) => value(a),
    ([a]) => [slope(a)],
  );

/** The test functions of Moré & Thuente (1994), section 5. */
const functions: Readonly<Record<string, Objective>> = {
  rational: of(
    (a) => -a / (a * a + 2),
    (a) => (a * a - 2) / (a * a + 2) ** 2,
  ),
  quintic: of(
    (a) => (a + 0.004) ** 5 - 2 * (a + 0.004) ** 4,
    (a) => 5 * (a + 0.004) ** 4 - 8 * (a + 0.004) ** 3,
  ),
  waves: of(
    (a) => valley(a)[0] + ((2 * 0.99) / (39 * Math.PI)) * Math.sin(((39 * Math.PI) / 2) * a),
    (a) => valley(a)[1] + 0.99 * Math.cos(((39 * Math.PI) / 2) * a),
  ),
  ...Object.fromEntries(
    [
      [0.001, 0.001],
      [0.01, 0.001],
      [0.001, 0.01],
    ].map(([b1, b2]) => [`yanai ${b1} ${b2}`, yanai(b1, b2)]),
  ),
};

function valley(a: number): readonly [value: number, slope: number] {
  if (a <= 0.99) return [1 - a, -1];
  return a >= 1.01 ? [a - 1, 1] : [(a - 1) ** 2 / 0.02 + 0.005, (a - 1) / 0.01];
}

function yanai(b1: number, b2: number): Objective {
  const gamma = (b: number): number => Math.sqrt(1 + b * b) - b;
  return of(
    (a) => gamma(b1) * Math.hypot(1 - a, b2) + gamma(b2) * Math.hypot(a, b1),
    (a) => (-gamma(b1) * (1 - a)) / Math.hypot(1 - a, b2) + (gamma(b2) * a) / Math.hypot(a, b1),
  );
}

describe("strong Wolfe", () => {
  it.each(golden.cases)("tries the same lengths as MINPACK-2 in SciPy: $name, from $first", (wanted) => {
    const { decrease, curvature, first } = wanted;
    const { line, trials } = lineOf(functions[wanted.name]);
    const found = finish(stepLengths.strongWolfe({ decrease, curvature }).search(line, first));
    expect(found).not.toBeNull();
    expect(trials).toHaveLength(wanted.trials.length);
    for (const [k, alpha] of trials.entries())
      expect(Math.abs(alpha - wanted.trials[k])).toBeLessThan(1e-6 * wanted.trials[k]);
  });

  it("meets both conditions on random quartics", () => {
    const coefficient = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(coefficient, coefficient, coefficient),
        fc.double({ min: 1e-4, max: 1e4, noNaN: true }),
        ([a, b, c], first) => {
          const f = of(
            (x) => x ** 4 + a * x ** 3 + b * x * x - (0.01 + Math.abs(c)) * x,
            (x) => 4 * x ** 3 + 3 * a * x * x + 2 * b * x - (0.01 + Math.abs(c)),
          );
          const { line } = lineOf(f);
          const found = finish(stepLengths.strongWolfe().search(line, first));
          expect(found).not.toBeNull();
          const { alpha, slope, here } = line;
          expect(found?.value).toBeLessThanOrEqual(here.value + 1e-4 * alpha * slope);
          expect(Math.abs(line.trialSlope())).toBeLessThanOrEqual(0.9 * Math.abs(slope));
        },
      ),
    );
  });

  it("shortens steps that leave the domain", () => {
    const f = of(
      (a) => -Math.log(1e-6 - a) - 1e7 * a,
      (a) => 1 / (1e-6 - a) - 1e7,
    );
    const { line } = lineOf(f);
    const found = finish(stepLengths.strongWolfe().search(line, 1));
    expect(found?.value).toBeLessThan(line.here.value);
    expect(line.alpha).toBeLessThan(1e-6);
  });

  it("refuses constants that contradict each other", () => {
    expect(() => stepLengths.strongWolfe({ decrease: 0.4, curvature: 0.3 })).toThrow(/decrease is 0.4.*curvature, 0.3/);
    expect(() => stepLengths.strongWolfe({ curvature: 1 })).toThrow(
      /curvature is 1; it must be a number between 0 and 1/,
    );
  });
});

describe("Armijo", () => {
  it("takes the first length if it is good enough, and shortens it otherwise", () => {
    const bowl = of(
      (a) => (a - 1) ** 2,
      (a) => 2 * (a - 1),
    );
    for (const [first, trials] of [
      [1, [1]],
      [0.3, [0.3]],
      // The parabola through φ(0), φ′(0) and φ(8) has its minimum at 1.
      [8, [8, 1, 1]],
    ] as const) {
      const { line, trials: seen } = lineOf(bowl);
      expect(finish(stepLengths.armijo().search(line, first))).not.toBeNull();
      expect(seen).toEqual(trials);
    }
  });

  it("gives up if the gradient is wrong", () => {
    const wrong = of(
      (a) => a,
      () => -1,
    );
    expect(finish(stepLengths.armijo().search(lineOf(wrong).line, 1))).toBeNull();
  });
});

describe("other step lengths", () => {
  it("Polyak's step is (f − f*) / ‖g‖²", () => {
    const f = of(
      (a) => 3 + (a - 2) ** 2,
      (a) => 2 * (a - 2),
    );
    const { line } = lineOf(f);
    // φ(0) = 7 and φ′(0) = −4 along d = 1: α = (7 − 3) / 4.
    finish(stepLengths.polyak({ minimum: 3 }).search(line, 1));
    expect(line.alpha).toBe(1);
  });

  it("a fixed length is refused where the function is not finite", () => {
    const { line } = lineOf(
      of(
        (a) => Math.sqrt(1 - a),
        (a) => -0.5 / Math.sqrt(1 - a),
      ),
    );
    expect(finish(stepLengths.fixed({ alpha: 0.5 }).search(line, 1))?.x[0]).toBe(0.5);
    expect(finish(stepLengths.fixed({ alpha: 2 }).search(line, 1))).toBeNull();
    expect(() => stepLengths.fixed({ alpha: 0 })).toThrow(/alpha is 0; it must be a number above 0/);
  });
});
