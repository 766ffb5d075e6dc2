import { describe, expect, test } from "vitest";
import * as lecture from "../../lecture/index.ts";
import * as averages from "../../src/averages/index.ts";
import * as downhill from "../../src/node/index.ts";
import { adam } from "../../src/optimizers/index.ts";

const model = downhill.mlp([2, 4, 2]);
const data = downhill.moons({ count: 40, seed: 1 });
const run = { model, data, optimizer: adam(), device: "reference" };
const { beale } = downhill.surfaces;
const { lbfgs, solve } = downhill.solvers;
const walk = { optimizer: adam() };

/** Entries that a caller can follow, stop, or hear warnings of, with what else they need and the names of these options. */
const followed: Readonly<Record<string, readonly [call: (options: object) => unknown, options: readonly string[]]>> = {
  createTraining: [(more) => call(downhill.createTraining, { ...run, ...more }), ["signal", "onWarning"]],
  train: [(more) => Object(call(downhill.train, { ...run, ...more })).next(), ["signal", "onWarning"]],
  lrRange: [(more) => call(downhill.lrRange, { ...run, ...more }), ["signal", "onWarning", "onPoint"]],
  minimize: [(more) => call(downhill.minimize, beale, { ...walk, ...more }), ["signal"]],
  minimizeAsync: [(more) => call(downhill.minimizeAsync, beale, { ...walk, ...more }), ["signal"]],
  solve: [(more) => call(solve, beale, { solver: lbfgs(), ...more }), ["signal"]],
  compare: [(more) => call(downhill.compare, { model, data, ...more }), ["signal", "onWarning", "onEvent"]],
  loadDataset: [(more) => call(downhill.loadDataset, "moons", more), ["signal", "onProgress"]],
  fetchDataset: [(more) => call(downhill.fetchDataset, "moons", more), ["signal", "onProgress"]],
};

/** For callers without types. */
const call = (entry: unknown, ...given: unknown[]): unknown => Reflect.apply(Object(entry), undefined, given);

const errorOf = async (act: () => unknown): Promise<Error> => {
  try {
    await act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
};

describe.each(Object.entries(followed))("%s", (_, [begin, options]) => {
  test.each(options)("refuses at once a %s that it could not call later", async (option) => {
    for (const wrong of [1, "x", {}, [], null, true]) {
      const { name, message } = await errorOf(() => begin({ [option]: wrong }));
      expect(name).toBe("TypeError");
      expect(message).toContain(`${option} is`);
      expect(message).toMatch(option === "signal" ? /; give an AbortSignal/ : /; give a function$/);
    }
  });
});

/** Entries that may be called with anything by callers without types. */
const entries: Readonly<Record<string, unknown>> = {
  ...{ load: downhill.load, save: downhill.save, readRun: downhill.readRun, createRun: downhill.createRun },
  ...{ writeReport: downhill.writeReport, compare: downhill.compare, lrRange: downhill.lrRange },
  ...{ createTraining: downhill.createTraining, minimize: downhill.minimize, minimizeAsync: downhill.minimizeAsync },
  ...{ ewa: averages.ewa, ewaOf: averages.ewaOf, ewaWeights: averages.ewaWeights },
  ...{ race: lecture.race, raceOf: lecture.raceOf, tunedRate: lecture.tunedRate, lecturePage: lecture.lecturePage },
  ...{ temperaturesFrom: lecture.temperaturesFrom, findExperiment: lecture.findExperiment },
  ...{ saved: lecture.saved, restored: lecture.restored },
};

/** What JavaScript says where nothing was checked. */
const RAW =
  /Cannot read|is not a function|is not iterable|undefined or null|Cannot convert|Invalid|must be of type|in' operator/;

describe.each(Object.entries(entries))("%s", (_, entry) => {
  test.each([[[]], [[undefined]], [[null]], [[5]], [["x"]], [[{}]], [[[]]], [[{}, {}]], [[5, 5, 5]], [[[5], "x"]]])(
    "called with %j, gives a result or says what it needs",
    async (given) => {
      try {
        await call(entry, ...given);
      } catch (error) {
        expect(String(error)).not.toMatch(RAW);
        expect(String(error)).toMatch(/give|must be|needed|not known|no such|not JSON|there is no|there are no|is not/);
      }
    },
  );
});

test.each([
  [{ target: { accuracy: 2 } }, "target: accuracy is 2; it must be a number from 0 to 1"],
  [{ target: { loss: -1 } }, "target: loss is -1; it must be a number, 0 or more"],
  [{ stopAtTarget: true }, "stopAtTarget: there is no target to stop at"],
  [{ device: {} }, "device is {}; give a name (auto,"],
  [{ device: 5 }, "device is 5; give a name (auto,"],
  [{ sampler: {} }, "sampler is {}; give one of"],
])("a run with %o is refused", async (change, says) => {
  expect((await errorOf(() => call(downhill.createTraining, { ...run, ...change }))).message).toContain(says);
});

test.each([
  [{ seeds: [Number.NaN] }, "seeds[0] is NaN; it must be a whole number"],
  [{ seeds: [1], tuningSeeds: ["2"] }, 'tuningSeeds[0] is "2"'],
  [{ trials: 1e9 }, "trials is 1000000000; it must be a whole number from 0 to 100"],
  [{ target: { loss: -1 } }, "target: loss is -1"],
])("a comparison with %o is refused", async (change, says) => {
  expect((await errorOf(() => call(downhill.compare, { model, data, ...change }))).message).toContain(says);
});

test.each([
  [{ steps: 1e12 }, "steps is 1000000000000; it must be a whole number from 0 to 44,739,241"],
  [{ start: "ab" }, 'beale: the start is "ab"; give a list of 2 numbers'],
])("a walk with %o is refused", async (change, says) => {
  expect((await errorOf(() => call(downhill.minimize, beale, { ...walk, ...change }))).message).toContain(says);
});

test("an average says what was given as it was given", () => {
  expect(() => call(averages.ewa({ beta: 0.5 }).add, "3")).toThrow('number 1 is "3"');
  expect(() => call(adam, { lr: 1n })).toThrow("lr is 1n");
});
