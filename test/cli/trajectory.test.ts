import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { modelFromJson } from "../../src/nn/index.ts";
import { readTrained } from "../../src/nn/node/save.ts";
import { readTrajectory } from "../../src/train/trajectory/node/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

const space = vi.hoisted(() => ({ free: undefined as number | undefined }));

vi.mock("../../src/files/node/free-space.ts", async (original) => {
  const real = await original<typeof import("../../src/files/node/free-space.ts")>();
  return { freeSpace: (path: string) => space.free ?? real.freeSpace(path) };
});

/** Moons has 11 steps an epoch. */
const short = ["train", "--data", "moons", "--model", "mlp:8", "--epochs", "2"];

async function runsIn(...argv: string[]) {
  const out = join(await temporaryFolder(), "runs");
  const result = await downhill([...short, ...argv, "--out", out]);
  const folders = existsSync(out) ? readdirSync(out).map((name) => join(out, name)) : [];
  return { ...result, folders, run: folders[0] ?? "" };
}

describe("train --trajectory", () => {
  test("keeps points in the run's folder, and says where", async () => {
    const { code, out, run } = await runsIn("--trajectory", "every=5");
    expect(code).toBe(0);
    expect(out).toContain(`trajectory: 6 points in ${join(run, "trajectory")}\n`);
    const { model, w } = readTrained(join(run, "model"));
    const points = readTrajectory(run, model);
    expect(points.map(({ step }) => step)).toEqual([0, 5, 10, 15, 20, 22]);
    expect(points.at(-1)?.w).toEqual(w);
    const { plan } = JSON.parse(readFileSync(join(run, "config.json"), "utf8"));
    expect(plan.run.trajectory).toEqual({ every: 5 });
    expect(modelFromJson(plan.model).name).toBe(model.name);
  });

  test("keeps epochs, and --json says how many points", async () => {
    const { out, run } = await runsIn("--trajectory", "every=1epoch", "--json", "--quiet");
    expect(JSON.parse(out).trajectory).toEqual({ folder: join(run, "trajectory"), points: 3 });
    const told = await runsIn("--json", "--quiet");
    expect(JSON.parse(told.out).trajectory).toBeNull();
    expect(existsSync(join(told.run, "trajectory"))).toBe(false);
  });

  test("keeps a solver's way, from the start on", async () => {
    const { run } = await runsIn("--optimizer", "lbfgs", "--trajectory", "every=1");
    const { model } = readTrained(join(run, "model"));
    const points = readTrajectory(run, model);
    expect(points.map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(points[0].w).toBeInstanceOf(Float64Array);
    expect(points[2].train?.loss).toBeLessThan(points[1].train?.loss ?? 0);
  });

  test("keeps the start alone of a run without steps", async () => {
    const { code, out } = await runsIn("--trajectory", "every=1", "--epochs", "0");
    expect([code, out]).toEqual([0, expect.stringContaining("trajectory: 1 point in ")]);
  });

  test("keeps the way until Ctrl-C", async () => {
    const controller = new AbortController();
    const out = join(await temporaryFolder(), "runs");
    const argv = [...short, "--epochs", "1000000", "--trajectory", "every=1epoch", "--jsonl", "--out", out];
    const heard = (text: string) => text.includes('"epoch":3,"steps"') && controller.abort();
    const { code } = await downhill(argv, { signal: controller.signal, onOutput: heard });
    expect(code).toBe(130);
    const [run] = readdirSync(out).map((name) => join(out, name));
    const { model, w } = readTrained(join(run, "model"));
    const points = readTrajectory(run, model);
    expect(points.map(({ step }) => step).slice(0, 4)).toEqual([0, 11, 22, 33]);
    expect(points.at(-1)?.w).toEqual(w);
  });

  test.each([
    ["every=0", `--trajectory is "every=0"; it must be every=50 for a point every 50 steps`],
    ["50", `--trajectory is "50"; it must be every=50`],
    ["every=2 weeks", "it must be every=50"],
  ])("refuses %s", async (given, words) => {
    const { code, err } = await runsIn("--trajectory", given);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
  });

  test.each([
    [["--no-out"], "--trajectory and --no-out: the points are kept in the run's folder"],
    [["--folds", "3"], "--folds and --trajectory: give one of them"],
    [["--lr-range"], "--lr-range and --trajectory: give one of them"],
  ])("refuses %o beside it", async (more, words) => {
    const { code, err } = await downhill([...short, "--trajectory", "every=5", ...more]);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
  });

  test("compare does not have it", async () => {
    const { code, err } = await downhill(["compare", "--trajectory", "every=5"]);
    expect([code, err]).toEqual([2, expect.stringContaining("--trajectory")]);
  });
});

describe("the disk that a trajectory takes", () => {
  test("is told where it is much", async () => {
    const { err } = await runsIn("--model", "mlp:1000,1000", "--epochs", "3", "--trajectory", "every=1");
    expect(err).toContain("--trajectory: up to 34 points of 4.03 MB take 137 MB in ");
    expect((await runsIn("--trajectory", "every=1")).err).not.toContain("--trajectory");
  });

  test("is refused before anything is computed where the disk has no room for it", async () => {
    space.free = 20_000;
    const { code, err, folders } = await runsIn("--trajectory", "every=1").finally(() => {
      space.free = undefined;
    });
    expect([code, folders]).toEqual([1, []]);
    expect(err).toContain("the trajectory does not fit: up to 23 points of 1.19 kB take 27.4 kB");
    expect(err).toContain("keep fewer points, such as --trajectory every=");
  });

  test("leaves room for the net where the disk fills up, and the run is told before the failure", async () => {
    const real = space.free;
    let asked = 0;
    Object.defineProperty(space, "free", { configurable: true, get: () => (asked++ < 4 ? 1e9 : 2000) });
    const { code, out, err, run } = await runsIn("--trajectory", "every=1").finally(() =>
      Object.defineProperty(space, "free", { configurable: true, writable: true, value: real }),
    );
    expect(code).toBe(1);
    expect(out).toContain("test: ");
    expect(err).toContain("the disk has 2.00 kB left, so the trajectory ends before step 3; make room, or keep fewer");
    const { model } = readTrained(join(run, "model"));
    expect(readTrajectory(run, model).map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(existsSync(join(run, "summary.json"))).toBe(true);
  });
});
