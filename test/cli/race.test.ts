import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readGif } from "../figure/gif-reader.ts";
import { downhill, temporaryFolder } from "./command.ts";

test("rules and solvers race, the first to arrive at the top", async () => {
  const { code, out, err } = await downhill(["race", "rosenbrock", "--optimizer", "adam,newton", "--steps", "100"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const [, first, second] = out.split("\n");
  expect(first).toMatch(/^newton +– +\d+ +0 +0 +converged$/);
  expect(second).toMatch(/^adam +0\.\d+ +(–|\d+) /);
});

test("JSON tells who arrived when, how far each is away, and the way of each", async () => {
  const argv = ["race", "x^2 + 4*y^2", "--start", "2,1", "--lr", "0.1", "--optimizer", "sgd", "--steps", "3", "--json"];
  const { results, trajectories, ...rest } = JSON.parse((await downhill(argv)).out);
  expect(rest).toEqual({ surface: "x^2 + 4*y^2", start: [2, 1], steps: 3 });
  expect(results).toEqual([
    {
      ...{ name: "gradient-descent", lr: 0.1, hyper: { lr: 0.1 } },
      ...{ arrived: null, value: expect.closeTo(1.024 ** 2 + 4 * 0.008 ** 2, 12), distance: null },
      ...{ outcome: "completed", reason: "3 steps were taken" },
    },
  ]);
  expect(trajectories["gradient-descent"]).toHaveLength(4);
  expect(trajectories["gradient-descent"][1]).toEqual([2 - 0.1 * 4, expect.closeTo(1 - 0.1 * 8, 12)]);
});

test("a rate is searched for unless it is given", async () => {
  const rates = async (...argv: string[]) =>
    JSON.parse((await downhill(["race", "beale", "--optimizer", "adam,momentum", ...argv, "--json"])).out)
      .results.map(({ name, lr }: { name: string; lr: number }) => [name, lr])
      .sort();
  const [[, adam], [, momentum]] = await rates();
  expect(adam).toBeGreaterThan(0.05);
  expect(momentum).toBeLessThan(0.05);
  expect(await rates("--set", "adam.lr=0.2")).toEqual([
    ["adam", 0.2],
    ["momentum", momentum],
  ]);
  expect(await rates("--lr", "0.02")).toEqual([
    ["adam", 0.02],
    ["momentum", 0.02],
  ]);
});

test("a race moves in a GIF", { timeout: 120_000 }, async () => {
  const file = join(await temporaryFolder(), "race.gif");
  expect((await downhill(["race", "saddle", "--optimizer", "sgd,adam", "--steps", "8", "--figure", file])).code).toBe(
    0,
  );
  expect(readGif(await readFile(file)).frames).toHaveLength(9);
});

test.each([
  [["rosenbrock:4"], /rosenbrock:4 has 4 variables; a race is drawn on two/],
  [["beale", "--optimizer", "adam,adam"], /adam takes part twice/],
  [["beale", "--optimizer", "adm"], /did you mean adam\?/],
  [["beale", "--start", "1"], /give a number for each/],
  [["ackley", "--optimizer", "levenberg-marquardt"], /levenberg-marquardt/],
  [["beale", "--figure", "race.bmp"], /must end in/],
])("what cannot be raced is told: %j", async (words, message) => {
  const { code, out, err } = await downhill(["race", ...words]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(message);
});
