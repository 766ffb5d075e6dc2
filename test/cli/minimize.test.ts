import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { downhill, escapes, temporaryFolder } from "./command.ts";

async function walked(...argv: string[]) {
  const { code, out, err } = await downhill(["minimize", "--json", ...argv]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

test("--json gives the path; gradient descent on a bowl is (1 − lr·λ)ᵗ in each direction", async () => {
  const result = await walked("quadratic", "--optimizer", "sgd", "--lr", "0.05", "--start", "4,-2", "--steps", "20");
  expect(result).toMatchObject({
    surface: "quadratic",
    optimizer: "gradient-descent",
    hyper: { lr: 0.05 },
    outcome: "completed",
    run: null,
  });
  expect([result.points.length, result.values.length]).toEqual([21, 21]);
  for (const [t, [x, y]] of result.points.entries()) {
    expect(x).toBeCloseTo(4 * 0.95 ** t, 12);
    expect(y).toBeCloseTo(-2 * 0.5 ** t, 12);
    expect(result.values[t]).toBeCloseTo(0.5 * (x * x + 10 * y * y), 12);
  }
});

test.each(["beale", "rosenbrock", "saddle", "long-valley", "quadratic", "himmelblau", "Long Valley"])(
  "%s goes down from its own start with nothing else said",
  async (surface) => {
    const { points, values } = await walked(surface);
    expect([points.length, points[0].length]).toEqual([201, 2]);
    expect(values.at(-1)).toBeLessThan(values[0]);
  },
);

test("formulas of one, two and three variables", async () => {
  const one = await walked("(x - 2)^2", "--optimizer", "sgd", "--lr", "0.5", "--start", "7", "--steps", "1");
  expect(one).toMatchObject({ surface: "(x - 2)^2", points: [[7], [2]], values: [25, 0] });
  const two = await walked("x^2 + 3*sin(y)", "--start", "2,1", "--steps", "0");
  expect(two.values[0]).toBeCloseTo(4 + 3 * Math.sin(1), 14);
  const three = await walked("r = x1^2 + x2^2; r + x10^2", "--start", "1,2,3", "--steps", "0");
  expect(three).toMatchObject({ points: [[1, 2, 3]], values: [14] });
  expect(await walked("--steps", "0", "--start=-1", "--", "-x^2")).toMatchObject({ values: [-1] });
});

test("a walk that leaves the numbers ends as diverged, at its last point that is finite", async () => {
  const { outcome, points, values } = await walked("rosenbrock", "--optimizer", "sgd", "--lr", "1");
  expect(outcome).toBe("diverged");
  expect([...points.flat(), ...values].every(Number.isFinite)).toBe(true);
  expect(points.length).toBeLessThan(20);
});

test("the table shows the path, and the nearest known minimum", async () => {
  const { code, out, err } = await downhill(["minimize", "beale", "--lr", "0.1", "--steps", "100"]);
  expect([code, err, escapes(out)]).toEqual([0, "", false]);
  expect(out).toMatch(/^step +x +y +value\n +0 +1 +1\.6 +51\.66\n/m);
  expect([...out.matchAll(/^ +(\d+) .*\d$/gm)].map(([, step]) => Number(step))).toEqual([0, 1, 2, 5, 10, 20, 50, 100]);
  expect(out).toContain("the minimum at (3, 0.5), value 0, is ");
  expect(out).not.toMatch(/[\u2801-\u28ff]/);
});

test("a walk that ends at a known kink says so, since its gradient there is large", async () => {
  const { out } = await downhill(["minimize", "ackley", "--optimizer", "newton", "--start", "0.5,0.3"]);
  expect(out).toMatch(
    /^the minimum at \(0, 0\), value 0, is \S+ away; it is a kink: the gradient does not exist there$/m,
  );
  expect((await downhill(["minimize", "rastrigin", "--optimizer", "newton"])).out).not.toContain("kink");
});

test("on a terminal the path is drawn; in colour where that is wanted", async () => {
  const drawn = (argv: string[], env = {}) => downhill(["minimize", ...argv], { terminal: true, env });
  const { out } = await drawn(["beale"]);
  expect(out).toMatch(/[\u2801-\u28ff]{3}/);
  for (const mark of ["●", "◆", "★"]) expect(out).toContain(mark);
  expect(escapes(out)).toBe(true);
  const plain = [await drawn(["beale", "--no-color"]), await drawn(["beale"], { NO_COLOR: "1" })];
  for (const each of plain) expect([escapes(each.out), each.out.includes("●")]).toEqual([false, true]);
  expect(Math.max(...plain[0].out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  for (const formula of ["x^2", "x^2 + y^2 + z^2", "7"]) expect((await drawn([formula])).out).toContain("completed");
});

test("--jsonl gives each point on a line, the result last", async () => {
  const { out } = await downhill(["minimize", "beale", "--steps", "3", "--jsonl"]);
  const events = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.map(({ kind }) => kind)).toEqual(["point", "point", "point", "point", "result"]);
  expect(events[0]).toEqual({ kind: "point", step: 0, point: [1, 1.6], value: events[4].values[0] });
});

test("--out leaves a folder", async () => {
  const { run } = await walked("beale", "--steps", "5", "--out", await temporaryFolder());
  const { kind, result } = JSON.parse(await readFile(join(run, "summary.json"), "utf8"));
  expect([kind, result.surface, result.points.length]).toEqual(["minimize", "beale", 6]);
  expect(await readFile(join(run, "report.html"), "utf8")).toContain("<html");
});

test("the command that a folder keeps is read as it was meant", async () => {
  const { run } = await walked("--start=-1", "--steps", "1", "--out", await temporaryFolder(), "--", "-x^2 + 1");
  const { command } = JSON.parse(await readFile(join(run, "config.json"), "utf8"));
  expect(command).toMatch(/^downhill minimize --start -1 --steps 1 --out \S+ --json -- '-x\^2 \+ 1'$/);
});

test.each(["lbfgs", "newton", "levenberg-marquardt", "gauss-newton", "newton-cg", "bfgs", "saddle-free-newton"])(
  "%s walks to the end of Rosenbrock's valley, and says that it is there",
  async (solver) => {
    const result = await walked("rosenbrock", "--optimizer", solver);
    expect(result).toMatchObject({ surface: "rosenbrock", optimizer: solver, schedule: null, outcome: "converged" });
    expect(result.points[0]).toEqual([-1.2, 1]);
    expect(Math.hypot(...result.points.at(-1).map((x: number) => x - 1))).toBeLessThan(1e-7);
  },
);

test("Newton takes one step on a quadratic; settings of solvers arrive, numbers and words", async () => {
  const { points, outcome, reason } = await walked("quadratic:1000", "--optimizer", "newton", "--start", "3,-4");
  expect([points, outcome]).toEqual([
    [
      [3, -4],
      [0, 0],
    ],
    "converged",
  ]);
  expect(reason).toContain("the largest gradient component is 0");
  expect(await walked("beale", "--optimizer", "lbfgs", "--set", "memory=3")).toMatchObject({ hyper: { memory: 3 } });
  expect(
    await walked("beale", "--optimizer", "barzilai-borwein", "--set", "formula=short", "--set", "memory=1"),
  ).toMatchObject({ hyper: { formula: "short", memory: 1 } });
});

test.each([
  ["x^4 + y", "pure-newton", "1,1", "singular", "the Hessian is singular"],
  ["x + y", "lbfgs", "1,1", "diverged", "falls without bound"],
  ["abs(x)", "newton", "1", "stalled", "no step lowers the value"],
  ["x^2 - y^2", "pure-newton", "3,4", "converged", "the largest gradient component is 0"],
])("%s by %s from %s is %s", async (text, solver, start, outcome, reason) => {
  const result = await walked(text, "--optimizer", solver, "--start", start);
  expect(result).toMatchObject({ outcome, reason: expect.stringContaining(reason) });
  expect([...result.points.flat(), ...result.values].every(Number.isFinite)).toBe(true);
  expect((await downhill(["minimize", text, "--optimizer", solver, "--start", start])).out).toContain(`\n${outcome}: `);
});

test("--steps is the most that a solver takes; without it there is no such limit", async () => {
  expect(await walked("rosenbrock", "--optimizer", "newton", "--steps", "3")).toMatchObject({ outcome: "completed" });
  const { points } = await walked("rosenbrock", "--optimizer", "polyak");
  expect(points.length).toBeGreaterThan(201);
});

test("a walk in hundreds of variables names a few of them", async () => {
  const { out } = await downhill(["minimize", "rosenbrock:100", "--optimizer", "lbfgs"]);
  expect(out).toContain("the minimum at (1, 1, 1, 1, 1, 1, …), value 0, is ");
});

test("one variable more than the table shows is one variable", async () => {
  const { out } = await downhill(["minimize", "a^2+b^2+c^2+d^2+f^2+h^2+k^2", "--steps", "1"]);
  expect(out).toContain("(1 more variable)");
});

test("a long walk by a solver is interrupted by the signal", async () => {
  const interruption = new AbortController();
  setTimeout(() => interruption.abort());
  const argv = ["minimize", "rosenbrock:50", "--optimizer", "steepest-descent", "--steps", "1000000", "--json"];
  const { code, out } = await downhill(argv, { signal: interruption.signal });
  expect([code, JSON.parse(out).outcome]).toEqual([130, "interrupted"]);
});

test("--noise shakes the gradients, by --seed, and leaves the values as they are", async () => {
  const noisy = (...argv: string[]) => walked("beale", "--optimizer", "sgd", "--lr", "0.001", "--noise", "5", ...argv);
  const [one, again, other, still] = [
    await noisy(),
    await noisy("--seed", "1"),
    await noisy("--seed", "2"),
    await walked("beale", "--optimizer", "sgd", "--lr", "0.001"),
  ];
  expect(one).toMatchObject({ surface: "beale", noise: { sigma: 5, seed: 1 } });
  expect(one.points).toEqual(again.points);
  expect(one.points[1]).not.toEqual(other.points[1]);
  expect(one.points[1]).not.toEqual(still.points[1]);
  expect(still.noise).toBeUndefined();
  const [x, y] = one.points[7];
  expect(one.values[7]).toBeCloseTo(
    (1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2 + (2.625 - x + x * y ** 3) ** 2,
    12,
  );
  const { out } = await downhill(["minimize", "beale", "--noise", "5", "--seed", "3"]);
  expect(out).toContain("gradients with Gaussian noise, standard deviation 5, seed 3");
});

test.each(["svg", "png", "html", "gif"])("--figure draws to a .%s file", async (ending) => {
  const file = join(await temporaryFolder(), `walk.${ending}`);
  const argv = ["minimize", "rosenbrock", "--optimizer", "newton", "--figure", file];
  expect(await downhill(argv)).toMatchObject({ code: 0, err: "", out: expect.stringContaining("converged: ") });
  const bytes = await readFile(file);
  const starts = { svg: "<svg", png: "\u0089PNG", html: "<!doctype html>", gif: "GIF89a" }[ending] ?? "";
  expect(bytes.subarray(0, starts.length).toString("latin1").toLowerCase()).toBe(starts.toLowerCase());
  if (ending === "svg")
    expect(bytes.toString()).toMatch(/<title[^>]*>Rosenbrock&#39;s valley: newton, \d+ steps<\/title>/);
});

/** Three of NIST's files lie with the tests of their reader. */
const regression = (name: string): string => join("test", "surfaces", "nist", `${name}.dat`);

test.each(["Nelson", "Roszman1", "Thurber"])(
  "%s is fitted to 10 of the certified digits, from both starts",
  async (name) => {
    for (const start of ["start1", "start2"]) {
      const { surface, optimizer, outcome, fit } = await walked(regression(name), "--start", start);
      expect([surface, optimizer, outcome]).toEqual([name, "levenberg-marquardt", "converged"]);
      for (const { digits } of [...fit.parameters, fit.sumOfSquares]) expect(digits).toBeGreaterThan(10);
      const [{ value, certified, digits }] = fit.parameters;
      expect(digits).toBeCloseTo(Math.min(11, -Math.log10(Math.abs(value / certified - 1))), 4);
    }
  },
);

test("NIST's regressions go by name, in capitals or not", async () => {
  for (const name of ["misra1a", "Misra1a"]) {
    const { surface, optimizer, outcome, fit } = await walked(name, "--start", "start2");
    expect([surface, optimizer, outcome]).toEqual(["Misra1a", "levenberg-marquardt", "converged"]);
    for (const { digits } of [...fit.parameters, fit.sumOfSquares]) expect(digits).toBeGreaterThan(8);
  }
  for (const [typed, meant] of [
    ["thurbr", "thurber"],
    ["gaus1", "gauss1"],
    ["himelblau", "himmelblau"],
  ]) {
    const { code, err } = await downhill(["minimize", typed]);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`surface "${typed}" is not known; did you mean ${meant}?`),
    ]);
  }
  const { code, err } = await downhill(["minimize", "nowhere/Thurber.dat"]);
  expect([code, err]).toEqual([1, expect.stringMatching(/there is no such file.*downhill minimize thurber\n$/)]);
});

test("a fit's starts are the file's, or numbers; the table and the report hold it against what is certified", async () => {
  const [one, two, own] = [
    await walked(regression("Roszman1"), "--steps", "0"),
    await walked(regression("Roszman1"), "--steps", "0", "--start", "START 2"),
    await walked(regression("Roszman1"), "--optimizer", "bfgs", "--start", "0.2,-5e-6,1200,-150"),
  ];
  expect(one.points).toEqual([[0.1, -0.00001, 1000, -100]]);
  expect(two.points).toEqual([[0.2, -0.000005, 1200, -150]]);
  expect(own.optimizer).toBe("bfgs");
  // Known to few digits: nothing has moved.
  expect(one.fit.parameters[0].digits).toBeLessThan(1);
  const { out } = await downhill(["minimize", regression("Roszman1"), "--out", await temporaryFolder()]);
  expect(out).toContain("y = b1 - b2*x - atan(b3/(x - b4))/3.141592653589793");
  expect(out).toMatch(/^b1 +0\.20196866396 +0\.20196866396 +1[01]\.\d$/m);
  const report = await readFile(out.trim().split("report: ")[1], "utf8");
  for (const words of [
    "levenberg-marquardt on Roszman1",
    "0.20196866396",
    "correct digits",
    "The data with the fitted curve",
  ])
    expect(report).toContain(words);
});

test("a file that is damaged is one message that names its line, and code 1", async () => {
  const text = await readFile(regression("Roszman1"), "utf8");
  const lines = text.split("\n");
  const row = lines.findIndex((line) => /^ *b2 =/.test(line));
  const file = join(await temporaryFolder(), "damaged.dat");
  const failing = async (damaged: readonly string[]): Promise<string> => {
    await writeFile(file, damaged.join("\n"));
    const { code, out, err } = await downhill(["minimize", file]);
    expect([code, out]).toEqual([1, ""]);
    return err;
  };
  expect(await failing(lines.with(row, "  b2 =  abc  1  2  3"))).toContain(
    `${file}: line ${row + 1}: start 1, start 2`,
  );
  expect(await failing(lines.slice(0, -3))).toMatch(/the file announces \d+ observations, but has \d+ below line \d+/);
  expect(await failing(["hello"])).toContain("Dataset Name is missing");
});

test("a start that does not fit a file names what would", async () => {
  const { code, err } = await downhill(["minimize", regression("Nelson"), "--start", "2"]);
  expect([code, err]).toEqual([
    2,
    "downhill: --start 2: Nelson has 3 variables (b1, b2, b3); give a number for each, or start1, or start2\n",
  ]);
});

test("a report is made again from the folder alone: of a fit, of noise, of settings that are words", async () => {
  const root = await temporaryFolder();
  const kept: readonly (readonly [argv: readonly string[], words: readonly string[]])[] = [
    [[regression("Nelson")], ["log(y) = b1 - b2*x1*exp(-b3*x2)", "correct digits", "The value at each step."]],
    [
      ["beale", "--noise", "0.5", "--seed", "7"],
      ["Noise on gradients", "0.5, seed 7", "stars are known minima"],
    ],
    [
      ["quadratic:1000", "--optimizer", "barzilai-borwein", "--set", "formula=short"],
      ["short", "0.5*(x^2 + 1000*y^2)"],
    ],
    [
      ["rosenbrock:3", "--optimizer", "newton"],
      ["The value at each step.", "converged"],
    ],
  ];
  for (const [argv, words] of kept) {
    const { run } = await walked(...argv, "--out", root);
    const first = await readFile(join(run, "report.html"), "utf8");
    expect(await downhill(["report", run])).toMatchObject({ code: 0, err: "" });
    expect(await readFile(join(run, "report.html"), "utf8")).toBe(first);
    for (const each of words) expect(first).toContain(each);
  }
});

test("a fit that was damaged in its folder is told by its place", async () => {
  const { run } = await walked(regression("Nelson"), "--out", await temporaryFolder());
  const file = join(run, "summary.json");
  const summary = JSON.parse(await readFile(file, "utf8"));
  summary.result.fit.parameters[1].digits = "many";
  await writeFile(file, JSON.stringify(summary));
  const { code, err } = await downhill(["report", run]);
  expect([code, err]).toEqual([1, expect.stringContaining('fit.parameters[1].digits is "many", expected a number')]);
});

test("--no-out leaves no folder where a configuration wants one", async () => {
  const folder = await temporaryFolder();
  const config = join(folder, "config.json");
  await writeFile(config, JSON.stringify({ out: join(folder, "runs"), steps: 2 }));
  const { code, out } = await downhill(["minimize", "beale", "--config", config, "--no-out", "--json"]);
  expect([code, JSON.parse(out).run]).toEqual([0, null]);
  expect(await readdir(folder)).toEqual(["config.json"]);
});
