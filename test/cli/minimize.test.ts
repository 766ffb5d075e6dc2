import { readFile } from "node:fs/promises";
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
