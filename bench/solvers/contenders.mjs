// Those that run in Node. All get the same compiled function; each says how it is called, as its documentation has it.
import { findSolver, objectiveOf, solve } from "../../dist/src/solvers/index.js";
import { residualsOf } from "../../dist/src/surfaces/index.js";

/** Downhill's own, by its name in the registry. */
const own = (name) => {
  const make = findSolver(name);
  return {
    name: `Downhill ${name}`,
    prepare: (problem) => {
      const objective = objectiveOf(problem);
      return (start) => {
        const { x, value, evaluations } = solve(objective, { solver: make(), start });
        return { x, value, evaluations: evaluations.value };
      };
    },
  };
};

/** ml-levenberg-marquardt fits y = f(x): here the residuals by their index, to zeros, with their exact Jacobian. */
const mlLevenbergMarquardt = ({ levenbergMarquardt }) => ({
  name: "ml-levenberg-marquardt",
  prepare: (problem) => {
    const { count: m, dimension: n, residuals, residualsAndJacobian } = residualsOf(problem);
    const [r, jacobian] = [new Float64Array(m), new Float64Array(m * n)];
    const data = { x: Array.from({ length: m }, (_, i) => i), y: new Array(m).fill(0) };
    return (start) => {
      let evaluations = 0;
      const model = (parameters) => {
        evaluations++;
        residuals(Float64Array.from(parameters), r);
        const values = [...r];
        return (i) => values[i];
      };
      const jacobianFunction = (parameters) => {
        residualsAndJacobian(Float64Array.from(parameters), r, jacobian);
        return (i) => [...jacobian.subarray(i * n, (i + 1) * n)];
      };
      const options = { initialValues: start, jacobianFunction, maxIterations: 1000, errorTolerance: 0 };
      const { parameterValues, parameterError } = levenbergMarquardt(data, model, options);
      return { x: parameterValues, value: parameterError, evaluations };
    };
  },
});

const fminConjugateGradient = ({ conjugateGradient }) => ({
  name: "fmin conjugateGradient",
  prepare: (problem) => {
    const objective = objectiveOf(problem);
    return (start) => {
      let evaluations = 0;
      const f = (x, slope) => {
        evaluations++;
        const at = Float64Array.from(x);
        if (slope === undefined) return objective.value(at);
        const g = new Float64Array(x.length);
        const value = objective.gradient(at, g);
        for (let i = 0; i < g.length; i++) slope[i] = g[i];
        return value;
      };
      const { x, fx } = conjugateGradient(f, start.slice(), { maxIterations: 10_000 });
      return { x, value: fx, evaluations };
    };
  },
});

const fminNelderMead = ({ nelderMead }) => ({
  name: "fmin nelderMead",
  prepare: (problem) => {
    const objective = objectiveOf(problem);
    return (start) => {
      let evaluations = 0;
      const f = (x) => {
        evaluations++;
        return objective.value(Float64Array.from(x));
      };
      const { x, fx } = nelderMead(f, start.slice(), { maxIterations: 10_000, minErrorDelta: 1e-14 });
      return { x, value: fx, evaluations };
    };
  },
});

/** Version 0.0.4 is a script for browsers in a package of modules: it leaves its functions in a global. */
async function fmin() {
  await import("fmin");
  return globalThis.fmin;
}

/** Who takes part in which race; Downhill first. `load` fetches a peer's package. */
export const contenders = {
  regressions: [
    { load: () => own("levenberg-marquardt") },
    { load: async () => mlLevenbergMarquardt(await import("ml-levenberg-marquardt")), name: "ml-levenberg-marquardt" },
  ],
  functions: [
    { load: () => own("lbfgs") },
    { load: () => own("bfgs") },
    { load: () => own("levenberg-marquardt") },
    { load: async () => fminConjugateGradient(await fmin()), name: "fmin conjugateGradient" },
    { load: async () => fminNelderMead(await fmin()), name: "fmin nelderMead" },
  ],
};
