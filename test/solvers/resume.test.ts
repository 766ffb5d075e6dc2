import { describe, expect, it } from "vitest";
import {
  type AsyncObjective,
  conjugateGradient,
  descent,
  directions,
  findSolver,
  iterations,
  lbfgs,
  type NamedSolver,
  objectiveOf,
  packSearch,
  readSearch,
  type SearchState,
  type Solution,
  type SolveOptions,
  type Solver,
  solve,
  solvers,
  stepLengths,
  unpackSearch,
  writeSearch,
} from "../../src/solvers/index.ts";
import { moreGarbowHillstrom, surfaceFromText, surfaces } from "../../src/surfaces/index.ts";
import { quadraticOf } from "./functions.ts";
import { smallNet, w } from "./small-net.ts";

/** What is searched: made anew each time, so that nothing is kept but the state. */
interface Problem {
  readonly objective: () => AsyncObjective;
  readonly start: ArrayLike<number>;
  readonly most: number;
}

const { powellSingular, biggsExp6, meyer } = moreGarbowHillstrom;
const problems: Readonly<Record<string, Problem>> = {
  "Beale's function": { objective: () => objectiveOf({ ...surfaces.beale }), start: [1, 1.6], most: 40 },
  "Rosenbrock's function of 4": {
    objective: () => objectiveOf(surfaces.rosenbrock(4)),
    start: [-1.2, 1, -1.2, 1],
    most: 40,
  },
  "two valleys, from their ridge": {
    objective: () => objectiveOf(surfaceFromText("(x^2 - 1)^2 + y^2")),
    start: [0, 0.3],
    most: 40,
  },
  "a monkey saddle in a bowl": {
    objective: () => objectiveOf(surfaceFromText("x^3 - 3*x*y^2 + x^4 + y^4")),
    start: [0, 0],
    most: 40,
  },
  "unlike units": {
    objective: () => objectiveOf(surfaceFromText("(1000*x - 3)^2 + (y/1000 - x)^4 + y^2/1e6")),
    start: [2, 5e4],
    most: 40,
  },
  "Powell's singular function": { objective: () => objectiveOf({ ...powellSingular }), start: [3, -1, 0, 1], most: 40 },
  "Biggs's EXP6": { objective: () => objectiveOf(biggsExp6()), start: [1, 2, 1, 1, 1, 1], most: 60 },
  "Meyer's function": { objective: () => objectiveOf({ ...meyer }), start: [0.02, 4000, 250], most: 60 },
  "a function that tells values and slopes alone": {
    objective: () => {
      const { name, dimension, value, gradient } = quadraticOf(
        [
          [10, 2],
          [2, 1],
        ],
        [1, -2],
      );
      return { name, dimension, value: (x) => value(x) ** 2 + value(x), gradient: gradientOf(value, gradient) };
    },
    start: [3, -4],
    most: 30,
  },
  "a small net": { objective: () => smallNet({ l2: 0.01 }), start: w, most: 5 },
};

type Value = (x: Float64Array) => number;
const gradientOf = (value: Value, gradient: (x: Float64Array, g: Float64Array) => number) => {
  return (x: Float64Array, g: Float64Array): number => {
    const f = gradient(x, g);
    for (let i = 0; i < g.length; i++) g[i] *= 2 * f + 1;
    return value(x) ** 2 + value(x);
  };
};

const more: readonly (readonly [string, () => Solver])[] = [
  ["conjugate gradients by Dai and Yuan", () => conjugateGradient({ formula: "dai-yuan" })],
  ["L-BFGS of two steps", () => lbfgs({ memory: 2 })],
  [
    "saddle-free directions of two-point lengths",
    () =>
      descent({ direction: directions.saddleFree(), stepLength: stepLengths.barzilaiBorwein({ formula: "short" }) }),
  ],
];
const all = [...solvers.map((make: NamedSolver) => [make.spec.name, () => make()] as const), ...more];

const serves = ({ needsOneOf }: Solver, objective: AsyncObjective): boolean =>
  needsOneOf.length === 0 || needsOneOf.some((capability) => objective[capability] !== undefined);

/** A search's points as bits, the state at each as text where it is to be kept, and its solution. */
async function walked(problem: Problem, options: SolveOptions, { keep = false } = {}) {
  const points: string[] = [];
  const states: string[] = [];
  const search = iterations(problem.objective(), options);
  for (;;) {
    const { done, value } = await search.next();
    if (done) return { points, states, end: value };
    points.push(bitsOf(value.x, value.g, Float64Array.of(value.index, value.value)));
    if (keep) states.push(writeSearch(value.state));
  }
}

const bitsOf = (...vectors: readonly Float64Array[]): string =>
  vectors.map((vector) => [...new BigUint64Array(vector.slice().buffer)].join(" ")).join("; ");

const ofEnd = ({ x, outcome, reason, iterations: steps, evaluations }: Solution) => ({
  x: bitsOf(x),
  ...{ outcome, reason, steps, evaluations },
});

/** Ways to keep a search: a copy, its text, the text that was written in passing, and its vectors by name. */
const saved: readonly ((state: SearchState, passing: string) => SearchState)[] = [
  (state) => structuredClone(state),
  (state) => readSearch(writeSearch(state)),
  (_, passing) => readSearch(passing),
  (state) => unpackSearch(packSearch(state)),
];

/** Some numbers of steps after which to stop, the first and the last among them: one for each way to keep a search. */
const stopsIn = (steps: number): number[] =>
  [...new Set([0, 2, Math.floor(steps / 2), steps - 1])].filter((k) => k >= 0 && k < steps);

describe.each(all)("%s", (_, make) => {
  it.each(Object.keys(problems))("continues with the same bits as if it had never stopped: %s", async (name) => {
    const problem = problems[name];
    if (!serves(make(), problem.objective())) return;
    const { start, most } = problem;
    const whole = await walked(problem, { solver: make(), start, maxIterations: most }, { keep: true });
    for (const [i, k] of stopsIn(whole.points.length - 1).entries()) {
      const first = await walked(problem, { solver: make(), start, maxIterations: k });
      expect(first.points).toEqual(whole.points.slice(0, k + 1));
      const state = saved[i](first.end.state, whole.states[k]);
      const rest = await walked(problem, { solver: make(), state, maxIterations: most });
      expect(rest.points).toEqual(whole.points.slice(k));
      expect(ofEnd(rest.end)).toEqual(ofEnd(whole.end));
    }
  });
});

it("the states are plain: numbers, strings, vectors, and arrays and objects of them", () => {
  for (const { spec } of solvers.filter(({ spec: { name } }) => name !== "kfac" && name !== "natural-gradient")) {
    const { state } = solve(powellSingular, { solver: findSolver(spec.name)(), maxIterations: 5 });
    expect(notPlain(state, "state"), spec.name).toEqual([]);
  }
});

/** Where a value is something that JSON, with vectors, does not hold. */
function notPlain(value: unknown, at: string): string[] {
  if (value === null || ["number", "string", "boolean"].includes(typeof value)) return [];
  if (value instanceof Float64Array || value instanceof Int32Array)
    return value.buffer.byteLength === value.byteLength ? [] : [`${at} is a part of something`];
  if (typeof value !== "object") return [at];
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? Object.entries(value).flatMap(([key, entry]) => notPlain(entry, `${at}.${key}`)) : [at];
}

it("refuses the state of another search, and texts that are not searches", () => {
  const { state } = solve(surfaces.beale, { solver: lbfgs(), maxIterations: 3 });
  expect(() => solve(surfaces.beale, { solver: findSolver("bfgs")(), state })).toThrow(
    /the state belongs to lbfgs with 2 variables; a search by bfgs with 2 cannot continue from it/,
  );
  expect(() => solve(surfaces.rosenbrock(3), { solver: lbfgs(), state })).toThrow(/a search by lbfgs with 3 cannot/);
  expect(() => readSearch("{}")).toThrow(/is not a search; pass a text that writeSearch wrote/);
});
