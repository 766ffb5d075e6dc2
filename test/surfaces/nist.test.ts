import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { print } from "../../src/expr/index.ts";
import { addScaled, multiplyTransposed, norm, qr, qrSolve } from "../../src/linalg/index.ts";
import { residualsOf } from "../../src/objective/residuals.ts";
import { readStrd, regressions, type StrdProblem } from "../../src/surfaces/nist/index.ts";
import { loadRegression, strdFile, strdFolder } from "../../src/surfaces/node/index.ts";

/** Three of NIST's files, public domain: two predictors and a logarithm; a constant and an arctangent; several lines. */
const samples = fileURLToPath(new URL("nist", import.meta.url));
const text = (name: string): string => readFileSync(join(samples, `${name}.dat`), "utf8");

/** The 27 files inside the package. */
const folder = fileURLToPath(new URL("../../assets/nist-strd", import.meta.url));

function look(problem: StrdProblem, at: readonly number[] = problem.certified.parameters) {
  const { count, dimension, residualsAndJacobian } = residualsOf(problem);
  const [r, jacobian] = [new Float64Array(count), new Float64Array(count * dimension)];
  residualsAndJacobian(Float64Array.from(at), r, jacobian);
  return { r, jacobian, count, dimension, sum: r.reduce((total, x) => total + x * x, 0) };
}

function expectCertified(problem: StrdProblem): void {
  const { certified, name } = problem;
  const { r, jacobian, count, dimension, sum } = look(problem);
  // NIST prints eleven digits, so the last one is off by up to 5e-11 of a mantissa of 1.
  expect(Math.abs(sum / certified.residualSumOfSquares - 1), `${name}: sum of squares`).toBeLessThan(1e-10);
  const factored = qr(jacobian, count, dimension);
  if (factored === null || factored.rank < dimension) throw new Error(`${name}: the Jacobian has full rank`);
  // The certified point is where Gauss–Newton stands still: its step is a hair beside the standard deviations.
  const step = qrSolve(factored, r);
  for (const [j, deviation] of certified.standardDeviations.entries())
    expect(Math.abs(step[j]) / deviation, `${name}: b${j + 1}`).toBeLessThan(1e-5);
  for (const [j, deviation] of deviations(problem).entries())
    expect(Math.abs(deviation / certified.standardDeviations[j] - 1), `${name}: sd of b${j + 1}`).toBeLessThan(1e-6);
}

/** Standard deviations √(s²·((JᵀJ)⁻¹)ⱼⱼ), with s² = Σr²/(m − n) and (JᵀJ)⁻¹ = R⁻¹R⁻ᵀ from J's own QR factors. */
function deviations(problem: StrdProblem): number[] {
  const { jacobian, count, dimension: n, sum } = look(problem);
  const factored = qr(jacobian, count, n);
  if (factored === null) throw new Error("the Jacobian is finite");
  const { factors, columns } = factored;
  const squares = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    // Column k of R⁻¹, from the bottom up.
    const x = new Float64Array(n);
    for (let i = k; i >= 0; i--) {
      let value = i === k ? 1 : 0;
      for (let j = i + 1; j <= k; j++) value -= factors[i * n + j] * x[j];
      x[i] = value / factors[i * n + i];
      squares[columns[i]] += x[i] ** 2;
    }
  }
  return [...squares].map((value) => Math.sqrt((value * sum) / (count - n)));
}

describe("readStrd", () => {
  it("reads model, data, starts and certified values", () => {
    const nelson = readStrd(text("Nelson"));
    expect(nelson.name).toBe("Nelson");
    expect(nelson.parameters).toEqual(["b1", "b2", "b3"]);
    expect(nelson.starts).toEqual([
      [2, 0.0001, -0.01],
      [2.5, 0.000000005, -0.05],
    ]);
    expect(nelson.certified).toEqual({
      parameters: [2.5906836021, 5.6177717026e-9, -5.7701013174e-2],
      standardDeviations: [1.9149996413e-2, 6.112409654e-9, 3.9572366543e-3],
      residualSumOfSquares: 3.7976833176,
      residualStandardDeviation: 0.1743028013,
      degreesOfFreedom: 125,
    });
    expect(Object.keys(nelson.data)).toEqual(["y", "x1", "x2"]);
    expect([nelson.observed, nelson.data.y[0], nelson.data.x1[0], nelson.data.x2[0]]).toEqual(["y", 15, 1, 180]);
    expect([nelson.count, nelson.data.x2.length]).toEqual([128, 128]);
    expect(nelson.difficulty).toBe("average");
  });

  it("reads formulas as NIST writes them", () => {
    const formula = (name: string): string => {
      const { response, prediction } = readStrd(text(name)).model;
      return `${print(response)} = ${print(prediction)}`;
    };
    expect(formula("Nelson")).toBe("log(y) = b1 - b2*x1*exp(-b3*x2)");
    expect(formula("Roszman1")).toBe("y = b1 - b2*x - atan(b3/(x - b4))/3.141592653589793");
    expect(formula("Thurber")).toBe("y = (b1 + b2*x + b3*x^2 + b4*x^3)/(1 + b5*x + b6*x^2 + b7*x^3)");
  });

  it("points at the wrong line", () => {
    const broken = (name: string, from: string | RegExp, to: string) => () => readStrd(text(name).replace(from, to));
    expect(broken("Nelson", "exp[-b3*x2]", "exq[-b3*x2]")).toThrow(
      /^line 34, column 38: unknown function "exq"; did you mean exp\?/,
    );
    expect(broken("Roszman1", "b3/(x-b4)", "b3/(x-b5)")).toThrow(
      /^line 35, column 46: unknown name "b5"; did you mean b/,
    );
    expect(broken("Thurber", "b6*x**2", "b6*x***2")).toThrow(/^line 35, column 38: expected a number/);
    expect(broken("Nelson", "15.00E0         1E0", "15.00E0         one")).toThrow(/^line 61: y, x1, x2 is "15.00E0/);
    expect(broken("Nelson", "      15.00E0         1E0         180E0\n", "")).toThrow(
      "the file announces 128 observations, but has 127 below line 60",
    );
    expect(broken("Nelson", "2.5          2.5906836021E+00", "2.5")).toThrow(
      /^line 41: start 1, start 2, certified value, standard deviation is/,
    );
    expect(broken("Nelson", "Residual Sum of Squares", "Sum")).toThrow("Residual Sum of Squares is missing");
    expect(broken("Nelson", "log[y] = b1 - b2*x1 * exp[-b3*x2]", "log[3] = b1 - b2")).toThrow(
      "the model does not refer to the data; it can use b1, b2, b3, y, x1, x2",
    );
    expect(() => readStrd("")).toThrow(
      "Dataset Name is missing: the file is incomplete, or not one of NIST's nonlinear regressions",
    );
    expect(() => strdFile(join(samples, "..", "nist.test.ts"))).toThrow(/nist\.test\.ts: Dataset Name is missing/);
  });

  it("has the certified answers of the samples", () => {
    const problems = strdFolder(samples);
    expect(problems.map(({ name }) => name)).toEqual(["Nelson", "Roszman1", "Thurber"]);
    problems.forEach(expectCertified);
    expect(() => strdFolder(join(samples, ".."))).toThrow("this folder has no .dat files");
  });
});

describe("NIST's 27 nonlinear regressions", () => {
  const problems = strdFolder(folder);

  it("are all there, and as the list says", () => {
    const listed = regressions.map(({ title, ...known }) => known);
    const found = problems.map(({ name, parameters, count, difficulty }) => ({
      ...{ name, parameters: parameters.length, observations: count, difficulty },
    }));
    const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);
    expect(found.sort(byName)).toEqual(listed.sort(byName));
  });

  it("are loaded by name, whatever the case, with a suggestion for typos", () => {
    for (const { name } of regressions)
      for (const typed of [name, name.toLowerCase(), ` ${name.toUpperCase()} `])
        expect(loadRegression(typed).name).toBe(name);
    expect(() => loadRegression("thurbr")).toThrow(/^regression "thurbr" is not known; did you mean thurber\?/);
  });

  it.each(problems.map((problem) => [problem.name, problem] as const).filter(([name]) => name !== "Lanczos1"))(
    "%s: the model at the certified parameters has the certified sum of squares and deviations",
    (_, problem) => expectCertified(problem),
  );

  it.each(problems.map((problem) => [problem.name, problem] as const))("%s agrees with itself", (name, problem) => {
    const { certified, count, parameters, starts } = problem;
    const { degreesOfFreedom, residualStandardDeviation, residualSumOfSquares } = certified;
    const freedom = count - parameters.length;
    // In Rat43 the file counts 9 degrees of freedom for 15 observations and 4 parameters; its deviation uses 11.
    expect(degreesOfFreedom).toBe(name === "Rat43" ? 9 : freedom);
    expect(Math.sqrt(residualSumOfSquares / freedom) / residualStandardDeviation).toBeCloseTo(1, 9);
    for (const start of starts) expect(look(problem, start).sum).toBeGreaterThan(residualSumOfSquares);
  });

  it("Lanczos1's sum of squares, 1.4e-25, needs more digits of the parameters than eleven", () => {
    const [problem] = problems.filter(({ name }) => name === "Lanczos1");
    const { residualSumOfSquares, parameters } = problem.certified;
    const { r, jacobian, count, dimension, sum } = look(problem);
    expect(sum / residualSumOfSquares).toBeGreaterThan(1e3);
    // One step of Gauss–Newton supplies them. Float64's rounding of 24 residuals of 8e-14 leaves three digits.
    const factored = qr(jacobian, count, dimension);
    if (factored === null) throw new Error("the Jacobian is finite");
    const better = Float64Array.from(parameters);
    addScaled(better, -1, qrSolve(factored, r));
    expect(look(problem, [...better]).sum / residualSumOfSquares).toBeCloseTo(1, 2);
    const there = look(problem, [...better]);
    expect(norm(multiplyTransposed(there.jacobian, count, dimension, there.r))).toBeLessThan(1e-14);
  });
});
