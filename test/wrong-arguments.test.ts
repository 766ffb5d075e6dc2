import { describe, expect, it } from "vitest";
import * as exported from "../src/node/index.ts";

const { mlp, moons } = exported;
const downhill = new Map<string, unknown>(Object.entries(exported));

/** What a caller without types may give in place of anything else. */
const wrong: readonly unknown[] = [undefined, null, 5, Number.NaN, [], {}, () => 1, Symbol("s"), 5n, new Map()];

/** JavaScript's own words for a mistake that nobody has looked for. */
const RAW = /Cannot (read|destructure|convert|use|mix)|is not (a function|iterable|a constructor)|undefined is not/;

const model = mlp([2, 4, 2]);
const data = moons({ count: 40 });

/** What a call of one without types says when it is refused. */
async function messageOf(name: string, given: readonly unknown[]): Promise<string> {
  const called = downhill.get(name);
  if (typeof called !== "function") throw new Error(`${name} is no function`);
  try {
    await Reflect.apply(called, undefined, given);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "";
}

/** Arguments that stand before and after the wrong one. */
interface Around {
  readonly before?: readonly unknown[];
  readonly after?: readonly unknown[];
}

const doors: readonly (readonly [name: string, around: Around])[] = [
  ["fit", {}],
  ["crossValidate", {}],
  ["evaluate", { after: [data] }],
  ["exportOnnx", {}],
  ["exportModule", {}],
  ["exportPyTorch", {}],
  ["exportSafetensors", {}],
  ["exportHuggingFace", {}],
  ["withOutputsFor", { after: [data] }],
  ["withOutputsFor", { before: [model] }],
  ["loadDataset", {}],
  ["fetchDataset", {}],
  ["findDataset", {}],
  ["csvTable", { after: ["t.csv"] }],
  ["csvTable", { before: ["x,y\n1,2"] }],
  ["tableDataset", {}],
  ["dataset", {}],
  ["fitCurve", {}],
  ["save", { after: ["net"] }],
  ["load", {}],
  ["weightsFrom", { after: [model] }],
];

describe.each(doors)("%s", (name, { before = [], after = [] }) => {
  it.each(wrong.map((given) => [given]))(
    `(${"…, ".repeat(before.length)}%o) is refused in its own words`,
    async (given) => {
      const message = await messageOf(name, [...before, given, ...after]);
      expect(message).not.toMatch(RAW);
      expect(message).toMatch(
        /^(fit|optimizer|crossValidate|data|evaluate|export\w+|withOutputsFor|\w+(Dataset|Table)|dataset|fitCurve|save|load|weightsFrom)/,
      );
    },
  );
});

describe.each(["target", "ignore", "columns", "task", "weights", "groups", "split", "missing", "rare"])(
  "dataset({ %s })",
  (option) => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ a: i % 7, b: i % 5, y: i % 2 ? "p" : "q" }));
    it.each(wrong.map((given) => [given]))("with %o has no error of JavaScript's own", async (given) => {
      expect(await messageOf("dataset", [{ rows, target: "y", [option]: given }])).not.toMatch(RAW);
    });
  },
);

describe("what is refused", () => {
  it.each([
    ["fit", undefined, "fit: the options are undefined; give an object: fit({"],
    ["fit", { data: null, model: "mlp:4", optimizer: { rule: "adam" } }, "data is null; give a data set"],
    ["crossValidate", { fold: 3 }, 'crossValidate: option "fold" is not known; did you mean folds?'],
    ["crossValidate", { from: {} }, 'crossValidate: option "from" is not known'],
    ["evaluate", 5, "evaluate: the net is 5; give a trained one"],
    ["exportOnnx", 5, "exportOnnx: the net is 5; give a trained one"],
    ["exportPyTorch", { model: 5, w: [] }, "exportPyTorch: the model is 5; give one with its weights"],
    ["loadDataset", 5, 'loadDataset: the data set is 5; give a text, such as "digits" or "houses.csv"'],
    ["csvTable", {}, "csvTable: the text is {}; give the text of a table"],
    ["tableDataset", 5, "tableDataset: the table is 5; give one that csvTable reads"],
    ["dataset", { rows: [{ a: 1, y: 2 }], target: [] }, "dataset: the target is []; name a column"],
    [
      "dataset",
      { rows: Array.from({ length: 20 }, (_, i) => ({ a: i, y: 2 * i })), target: null },
      "data: a column is null; give its name, or its number from 1",
    ],
    ["dataset", { rows: [{ a: 1, y: 2 }], columns: "a" }, 'columns: "a" is no list of columns; give one'],
    ["dataset", { rows: [{ a: 1, y: 2 }], task: "clustering" }, 'task "clustering" is not known'],
    ["withOutputsFor", 5, "withOutputsFor: the model is 5; give one such as mlp("],
  ] as const)("%s(%o)", async (name, given, words) => {
    expect(await messageOf(name, [given])).toContain(words);
  });

  it.each([-1, Number.NaN, "5"])("loadDataset(…, { mostInMemory: %o })", async (mostInMemory) => {
    expect(await messageOf("loadDataset", ["t.csv", { mostInMemory }])).toMatch(/^mostInMemory is .*; it must be/);
  });
});
