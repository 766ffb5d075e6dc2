import { cp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { gridWith } from "../../cli/read/connection.ts";
import { type Direction, evenGrid, type TrajectoryPlane } from "../../src/landscape/index.ts";
import { readTrained } from "../../src/nn/node/save.ts";
import { readTrajectory } from "../../src/train/trajectory/node/index.ts";
import { downhill } from "./command.ts";
import { trainedRuns } from "./trained-runs.ts";

let root: string;
let runs: Record<string, string>;

const landscape = (...words: readonly string[]) =>
  downhill(["landscape", ...words, "--device", "reference", "--quiet", "--no-out", "--grid", "3"]);

async function json(...words: readonly string[]) {
  const { code, out, err } = await landscape(...words, "--json");
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

beforeAll(async () => {
  const trained = await trainedRuns();
  const { train } = trained;
  [root, runs] = [trained.root, trained.folders];
  await train("adam", "--trajectory", "every=4");
  await train("sgd", "--optimizer", "sgd", "--lr", "0.5", "--trajectory", "every=1epoch");
  await train("fast", "--lr", "0.02", "--trajectory", "every=4");
  await train("without");
  await train("one step", "--steps", "1");
  await train("another step", "--steps", "1", "--seed", "5");
  await train("wild", "--optimizer", "sgd", "--lr", "1e9");
  await train("wilder", "--optimizer", "sgd", "--lr", "1e9", "--seed", "2");
  await train("short", "--trajectory", "every=1epoch", "--epochs", "1");
  await train("normal", "--model", "dense:8,batch-norm,dense:8:relu,dense", "--trajectory", "every=4");
});

describe("landscape --directions trajectory", () => {
  test("shows a run's way in the plane of its principal components, around the run's net", async () => {
    const { x, y, centre, directions, paths, measures } = await json(runs.adam, "--directions", "trajectory");
    const [path, ...more] = paths;
    expect(more).toEqual([]);
    expect(path).toMatchObject({ name: "adam", steps: [0, 4, 8, 12, 16, 20, 22] });
    // It ends in the net, at the centre, and all of it lies in the window.
    for (const last of [path.x.at(-1), path.y.at(-1), path.distance.at(-1)]) expect(last).toBeCloseTo(0, 6);
    expect(path.loss.at(-1)).toBe(centre.loss);
    expect(path.onPlane.at(-1)).toBeCloseTo(centre.loss, 6);
    for (const [axis, values] of [
      [x, path.x],
      [y, path.y],
    ]) {
      expect(Math.min(...values)).toBeGreaterThan(axis[0]);
      expect(Math.max(...values)).toBeLessThan(axis[2]);
    }
    expect(directions.map(({ kind, length }: { kind: string; length: number }) => [kind, length])).toEqual([
      ["trajectory", 1],
      ["trajectory", 1],
    ]);
    expect(directions[0].explained).toBeGreaterThan(directions[1].explained);
    // The net is near the border: a radius around it would be as short as the window happens to reach beyond.
    expect([measures.slice.sharpness, measures.slice.lossAtRadius]).toEqual([null, null]);
    // Coordinates and distance are those of the points: Pythagoras.
    const { model, w } = readTrained(join(runs.adam, "model"));
    const [start] = readTrajectory(runs.adam, model);
    const far = Math.hypot(...start.w.map((value, i) => value - w[i]));
    expect(Math.hypot(path.x[0], path.y[0], path.distance[0])).toBeCloseTo(far, 5);
  });

  test("shows the ways of several runs in one plane, by optimizer or folder, in words too", async () => {
    const { paths } = await json(runs.adam, runs.sgd, runs.fast, runs.adam, "--directions", "trajectory");
    expect(paths.map(({ name }: { name: string }) => name)).toEqual([
      expect.stringMatching(/^adam, .*adam-moons/),
      "gradient-descent",
      expect.stringMatching(/^adam, /),
      expect.stringMatching(/^adam, /),
    ]);
    expect(paths[1].steps).toEqual([0, 11, 22]);
    const { out } = await landscape(runs.adam, runs.sgd, "--directions", "trajectory");
    expect(out).toMatch(
      /^path of gradient-descent: 3 points, with losses from \d.* at the beginning to \d.* at the end\. The farthest from the plane is \d.* away: its loss is /m,
    );
  });

  test("takes the window that is asked for", async () => {
    const { x, y, measures } = await json(runs.adam, "--directions", "trajectory", "--range", "-2:2");
    expect([x, y]).toEqual([
      [-2, 0, 2],
      [-2, 0, 2],
    ]);
    expect([measures.slice.sharpness, measures.slice.lossAtRadius]).toEqual([expect.any(Number), expect.any(Number)]);
  });

  test("measures points with their own running means, so that the end is the run's loss", async () => {
    const { paths, centre } = await json(runs.normal, "--directions", "trajectory");
    expect(paths[0].loss.at(-1)).toBe(centre.loss);
    expect(paths[0].loss[0]).not.toBe(paths[0].onPlane[0]);
  });

  test("refuses a way with points that are missing, or renamed, and says which and what to do", async () => {
    const moved = join(root, "moved");
    await cp(runs.adam, moved, { recursive: true });
    const file = (step: number): string => join(moved, "trajectory", `step-0000000${step}.safetensors`);
    const refused = async (): Promise<string> => {
      const { code, err } = await landscape(moved, "--directions", "trajectory");
      expect(code).toBe(1);
      return err;
    };
    await rename(file(4), file(5));
    expect(await refused()).toContain(
      "trajectory: the point of step 4 is missing; put the file back, or train the run again",
    );
    await cp(file(5), file(4));
    expect(await refused()).toContain(
      "step-00000005.safetensors: it holds the point of step 4, which its name does not say; name it step-00000004.safetensors",
    );
    await rm(file(5));
    await rm(file(0));
    await rm(file(8));
    expect(await refused()).toContain("the points of steps 0 and 8 are missing; put the files back");
  });

  test.each([
    [() => [runs.without], 1, "it has no points of a trajectory; train with --trajectory every=50"],
    [() => [runs.short], 1, "its points do not span a plane"],
    [() => [runs.adam, runs.normal], 1, "its net is another than that of"],
    [() => [runs.adam, "--line"], 2, "--line and --directions trajectory: a way is shown in a plane"],
  ] as const)("refuses what has no such plane: case %#", async (words, status, says) => {
    const { code, err } = await landscape(...words(), "--directions", "trajectory");
    expect([code, err]).toEqual([status, expect.stringContaining(says)]);
  });
});

describe("the window around a curve between nets", () => {
  const axis = (at: number): Direction => ({
    facts: { kind: "between", length: 1, label: "" },
    vector: Float64Array.from([0, 1], (k) => (k === at ? 1 : 0)),
  });
  const plane: TrajectoryPlane = { origin: Float64Array.of(0, 0), directions: [axis(0), axis(1)] };
  const windowOf = (height: number, points: number) => {
    const places = [
      [0, 0],
      [0.5, height],
      [1, 0],
    ];
    const curve = { name: "curve", points: places.map((w, step) => ({ step, w: Float64Array.from(w) })) };
    return gridWith(plane, curve, evenGrid({ columns: points }));
  };

  test.each([
    [0.4, 25],
    [1, 25],
    [1.4, 25],
    [2.5, 25],
    [-0.3, 13],
    [0.4, 9],
  ])("has both nets among its points, and one scale: height %d, %d points", (height, points) => {
    const { x, y } = windowOf(height, points);
    expect(x).toEqual(expect.arrayContaining([0, 1]));
    expect(y).toContain(0);
    expect(y[points - 1] - y[0]).toBe(x[points - 1] - x[0]);
    expect(Math.min(height, 0)).toBeGreaterThan(y[0]);
    expect(Math.max(height, 0)).toBeLessThan(y[points - 1]);
  });

  test("holds a curve that goes far", () => {
    const { y } = windowOf(30, 25);
    expect(y[24]).toBeGreaterThan(30);
  });
});

describe("landscape --connect", () => {
  test("shows the curve between two nets in its plane, and the loss on it and on the straight line", async () => {
    const { x, y, paths, connection, directions, centre, nets } = await json(runs.adam, runs.fast, "--connect");
    expect([x.length, y.length]).toEqual([3, 3]);
    // A square with round ends, for one scale along both axes.
    expect([x[0], x[2], y[2] - y[0], Number.isInteger(4 * y[0])]).toEqual([-0.25, 1.25, 1.5, true]);
    const { curve, line, positions } = connection;
    expect(positions).toHaveLength(41);
    for (const end of [0, 40]) expect(curve[end]).toEqual(line[end]);
    // All training examples are fewer than the 1,000 on which the slice is measured.
    expect(curve[0].loss).toBeCloseTo(centre.loss, 6);
    const places = [
      { name: runs.adam, x: 0, y: 0, measured: centre },
      { name: runs.fast, x: 1, y: 0 },
    ];
    expect(nets).toMatchObject(places);
    expect(nets[1].measured.loss).toBeCloseTo(line[40].loss, 5);
    const [path] = paths;
    expect([path.name, path.x[0], path.y[0]]).toEqual(["curve", expect.closeTo(0, 9), expect.closeTo(0, 9)]);
    // As between any two nets, the second is at x = 1.
    expect([path.x[40], path.y[40]]).toEqual([expect.closeTo(1, 6), expect.closeTo(0, 6)]);
    for (const [i, distance] of path.distance.entries()) {
      expect(distance).toBeCloseTo(0, 6);
      expect(path.loss[i]).toBeCloseTo(curve[i].loss, 5);
    }
    const { model, w } = readTrained(join(runs.adam, "model"));
    const other = readTrained(join(runs.fast, "model"));
    expect(other.model.name).toBe(model.name);
    expect(directions[0].length).toBeCloseTo(Math.hypot(...w.map((value, i) => value - other.w[i])), 5);
    const { out } = await landscape(runs.adam, runs.fast, "--connect");
    expect(out).toMatch(
      /^highest loss on the way from one net to the other: \d.* on the straight line, \d.* on the curve$/m,
    );
  });

  test("measures the curve on the slice's examples, and trains it for as many steps as the nets", async () => {
    const { connection, centre } = await json(runs.adam, runs.fast, "--connect", "--limit", "100");
    expect([connection.curve[0], connection.line[0]]).toEqual([centre, centre]);
    const away = ({ curve, line }: typeof connection): number => Math.abs(curve[20].loss - line[20].loss);
    const short = await json(runs["one step"], runs["another step"], "--connect");
    expect(away(short.connection)).toBeGreaterThan(0);
    // After one step it is 0.0016 away from the line, after the two epochs' 22 steps 0.031.
    expect(away(short.connection)).toBeLessThan(0.005);
  });

  test("is refused where the curve's training diverges", async () => {
    const { code, out, err } = await landscape(runs.wild, runs.wilder, "--connect");
    expect([code, out]).toEqual([expect.any(Number), ""]);
    expect(code).toBeGreaterThan(0);
    expect(err).toMatch(/diverged.*: the loss is \S+ at step \d.*; give/);
  });

  test("says how to go on when it is interrupted while the curve is trained", async () => {
    const abort = new AbortController();
    const onError = (text: string) => text.includes("the curve's training") && abort.abort(new Error("Ctrl-C"));
    const words = ["landscape", runs.adam, runs.fast, "--connect", "--device", "reference", "--grid", "3"];
    const { code, out, err } = await downhill(words, { signal: abort.signal, onError, terminal: true });
    expect([code, out]).toEqual([130, ""]);
    // What was shown of the progress is taken away first.
    expect(err.split("\r").at(-1)).toMatch(
      /^\P{L}*K?downhill: interrupted before the slice was measured: start the same again\n$/u,
    );
  });

  test.each([
    [() => [runs.adam], 2, "--connect: one run was given; give two"],
    [() => [runs.adam, runs.fast, runs.sgd], 2, "--connect: 3 runs were given; give two"],
    [() => [runs.adam, runs.fast, "--line"], 2, "--connect and --line: the curve lies in a plane of its own"],
    [() => [runs.adam, runs.fast, "--directions", "trajectory"], 2, "--connect and --directions"],
    [() => [runs.adam, runs.normal], 1, "its net is another than that of"],
  ] as const)("refuses what is no pair of nets, or no plane: case %#", async (words, status, says) => {
    const { code, err } = await landscape(...words(), "--connect");
    expect([code, err]).toEqual([status, expect.stringContaining(says)]);
  });
});
