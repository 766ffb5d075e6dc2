import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { downhill, escapes, temporaryFolder } from "./command.ts";

/** Water that cools down to the temperature of a room. */
const COOLING =
  "minutes,temperature,error\n0,83.1,1\n5,65.3,1\n10,52.8,1\n20,38.0,0.5\n30,30.2,0.5\n40,26.3,0.5\n60,22.6,0.5\n";
const FORMULA = "temperature = room + gap*exp(-rate*minutes)";

let folder = "";
let file = "";
beforeAll(async () => {
  folder = await temporaryFolder();
  file = join(folder, "cooling.csv");
  await writeFile(file, COOLING);
});

async function fitted(...argv: string[]) {
  const { code, out, err } = await downhill(["fit", ...argv, "--json"]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

describe("downhill fit --json", () => {
  test("has the parameters with their errors, and how well they fit", async () => {
    const fit = await fitted(
      "room + gap*exp(-rate*minutes)",
      file,
      "--predict",
      "temperature",
      "--start",
      "room=20,gap=60,rate=0.1",
    );
    expect(fit.parameters.map(({ name }: { name: string }) => name)).toEqual(["room", "gap", "rate"]);
    for (const { value, standardError, interval } of fit.parameters) {
      expect(standardError).toBeGreaterThan(0);
      expect(interval[0] < value && value < interval[1]).toBe(true);
    }
    expect(fit).toMatchObject({ degreesOfFreedom: 4, observations: 7, run: null, starts: { tried: 1 } });
    expect(fit).toMatchObject({ outcome: "converged", reason: expect.any(String), iterations: expect.any(Number) });
    expect(fit.sumOfSquares).toBeGreaterThan(0);
    expect(fit.r2).toBeGreaterThan(0.999);
  });

  test("finds the same without a start, from the formula with its response", async () => {
    const [one, two] = [
      await fitted(FORMULA, file),
      await fitted(FORMULA, `csv:${file}`, "--start", "room=20,gap=60,rate=0.1"),
    ];
    expect(one.sumOfSquares).toBeCloseTo(two.sumOfSquares, 9);
    expect(one.starts.tried).toBeGreaterThan(100);
  });

  test("takes bounds, fixed values, sigma and a loss", async () => {
    const held = await fitted(FORMULA, file, "--bounds", "room=:20,rate=0:", "--fix", "gap=62");
    expect(held.parameters[0]).toMatchObject({ value: 20, atBound: "high", standardError: null });
    expect(held.parameters[1]).toMatchObject({ value: 62, fixed: true });
    const weighted = await fitted(FORMULA, file, "--sigma", "error", "--absolute-sigma");
    expect(weighted).toMatchObject({ weighting: "absolute sigma", loss: { kind: "linear" } });
    expect(weighted.reducedChiSquare).toBeGreaterThan(0);
    const robust = await fitted(FORMULA, file, "--loss", "cauchy", "--scale", "0.5");
    expect(robust).toMatchObject({ loss: { kind: "cauchy", scale: 0.5 }, aic: null });
  });

  test("predicts rows of another file", async () => {
    const later = join(folder, "later.csv");
    await writeFile(later, "minutes\n0\n1000\n");
    const { predictions, parameters } = await fitted(FORMULA, file, "--at", later);
    expect(predictions).toHaveLength(2);
    expect(predictions[1].value).toBeCloseTo(parameters[0].value, 6);
    expect(predictions[1].prediction[0]).toBeLessThan(predictions[1].confidence[0]);
  });
});

test("prints a table of parameters, the sums and, on a terminal, a plot", async () => {
  const plain = await downhill(["fit", FORMULA, file]);
  expect([plain.code, plain.err, escapes(plain.out)]).toEqual([0, "", false]);
  expect(plain.out).toMatch(/^parameter +value +standard error +95 % interval from +to\nroom +2\d\.\d+ /m);
  expect(plain.out).toMatch(/^residual standard error \S+ with 4 degrees of freedom$/m);
  const drawn = await downhill(["fit", FORMULA, file, "--no-color"], { terminal: true });
  expect(drawn.out).toContain("● data");
  expect(drawn.out).toContain("residual");
});

test("notes what a reader must know: a parameter at a bound, and rows left out", async () => {
  const gaps = join(folder, "gaps.csv");
  await writeFile(gaps, `${COOLING}70,,1\n`);
  const { out } = await downhill(["fit", FORMULA, gaps, "--missing", "drop", "--bounds", "room=0:20"]);
  expect(out).toContain("note: room is at its upper bound 20, beyond which the fit would be better");
  expect(out).toContain("note: 1 row left out");
});

test("--out makes a run folder whose report can be made again, and --figure a file", async () => {
  const [runs, figure] = [join(folder, "runs"), join(folder, "fit.svg")];
  const { run } = await fitted(FORMULA, file, "--out", runs, "--figure", figure);
  expect((await readdir(run)).sort()).toEqual([
    "config.json",
    "env.json",
    "metrics.jsonl",
    "report.html",
    "summary.json",
  ]);
  const html = await readFile(join(run, "report.html"), "utf8");
  for (const words of ["The fitted parameters", "standard error", FORMULA]) expect(html).toContain(words);
  expect(await readFile(figure, "utf8")).toContain("<svg");
  const again = await downhill(["report", run]);
  expect([again.code, again.err]).toEqual([0, ""]);
  expect(await readFile(join(run, "report.html"), "utf8")).toBe(html);
  const repeated = await downhill(["fit", FORMULA, file, "--config", join(run, "config.json"), "--no-out"]);
  expect([repeated.code, repeated.err]).toEqual([0, ""]);
});

describe("what cannot be fitted", () => {
  test.each([
    [["y = a + b*x"], 'column "y" is not known'],
    [["temperature = 2*minutes"], "has no parameters"],
    [
      ["a + b*minutes"],
      "the formula does not say which column it predicts; write y = … before it, or give --predict y",
    ],
    [["temperature = a*exq(minutes)"], "did you mean exp?"],
    [[FORMULA, "--bounds", "room=20:0"], '--bounds is "room=20:0"; it must be limits for parameters, the lower first'],
    [[FORMULA, "--start", "rom=20"], 'start: parameter "rom" is not known; did you mean room?'],
    [[FORMULA, "--loss", "hubber"], "did you mean huber?"],
    [[FORMULA, "--figure", "walk.gif"], "nothing moves in this figure"],
  ])("%o is a usage error", async ([formula, ...more], message) => {
    const { code, out, err } = await downhill(["fit", formula, file, ...more]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  });

  test("a missing cell names its line and says what to do", async () => {
    const gaps = join(folder, "gap.csv");
    await writeFile(gaps, "x,y\n1,2\n2,\n3,4\n");
    const { code, err } = await downhill(["fit", "y = a + b*x", gaps]);
    expect([code, err.trim()]).toEqual([
      1,
      expect.stringContaining(
        `${gaps}: line 3, column 2 ("y"): the value is missing; fill it in, or leave such rows out: --missing drop`,
      ),
    ]);
  });
});
