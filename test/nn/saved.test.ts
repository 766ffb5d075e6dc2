import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/index.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { mul, sin } from "../../src/expr/index.ts";
import { readFrom, SafetensorsError } from "../../src/files/safetensors/index.ts";
import { readSafetensorsFile, writeSafetensorsFile } from "../../src/files/safetensors/node/index.ts";
import {
  dense,
  dropout,
  initialize,
  layer,
  mlp,
  modelFromJson,
  modelToJson,
  Net,
  packModel,
  parameterCount,
  type Restored,
  registry,
  sequential,
  stateCount,
  unpackModel,
} from "../../src/nn/index.ts";
import { checkModelData } from "../../src/nn/model-data.ts";
import { load, writeModel } from "../../src/nn/node/index.ts";
import { trainedFrom } from "../../src/nn/saved.ts";
import { adam } from "../../src/optimizers/index.ts";
import { createTraining } from "../../src/train/node/train.ts";
import { centring } from "./running-mean.ts";

const mine = registry.with({ layers: { centring }, activations: { wave: (x) => mul(2, sin(x)) } });
const folder = () => mkdtempSync(join(tmpdir(), "downhill-saved-"));
const data = moons({ count: 60, seed: 1 });
const examples = Array.from({ length: data.test.count }, (_, i) => data.test.inputs.subarray(2 * i, 2 * i + 2));

const model = sequential(
  [2],
  [dense(4, { activation: mine.activations.wave }), centring.with({ rate: 0.5 }), dropout(0.2), dense(2)],
  { name: "mine" },
);

async function trained(dtype: "f32" | "f64"): Promise<Restored> {
  const training = await createTraining({ model, data, optimizer: adam({ lr: 0.1 }), epochs: 2, dtype, batchSize: 7 });
  for await (const _ of training);
  return { model, w: training.state.w, s: training.state.s };
}

describe.each(["f32", "f64"] as const)("a net of %s", (dtype) => {
  it("answers the same to the bit from a folder, its state included", async () => {
    const [net, at] = [await trained(dtype), join(folder(), "deep", "model")];
    expect(net.s.some((x) => x !== 0)).toBe(true);
    writeModel(net, at, { registry: mine });
    expect(readdirSync(at).sort()).toEqual(["model.json", "weights.safetensors"]);
    const [before, after] = [new Net(net, referenceDevice), await load(at, { registry: mine, device: "reference" })];
    expect([after.w, after.s]).toEqual([net.w, net.s]);
    expect(await after.outputs(examples)).toEqual(await before.outputs(examples));
    const [first, second] = await Promise.all([1, 2].map(() => load(at, { registry: mine })));
    const answers = await first.outputs(examples);
    expect(await second.outputs(examples)).toEqual(answers);
    expect(answers.flatMap((row) => [...row])).toEqual(
      (await before.outputs(examples))
        .flatMap((row) => [...row])
        .map((x) => expect.closeTo(x, dtype === "f32" ? 5 : 12)),
    );
    for (const each of [before, after, first, second]) await each.dispose();
  });

  it("is the same from bytes, as a browser keeps them", async () => {
    const net = await trained(dtype);
    const { json, weights } = packModel(net, mine);
    const again = unpackModel({ json: JSON.parse(JSON.stringify(json)), weights }, mine);
    expect([again.w, again.s, again.model.name]).toEqual([net.w, net.s, "mine"]);
  });
});

describe("a net", () => {
  const sizes = mlp([3, 5, 2]);
  const w = new Float64Array(parameterCount(sizes));
  initialize(sizes, w, 1);
  const net = new Net({ model: sizes, w }, referenceDevice);
  const rows = Array.from({ length: 1203 }, (_, i) => [Math.sin(i), Math.cos(i), i / 1203]);

  it("answers one by one as many at a time", async () => {
    const all = await net.outputs(rows);
    expect(all).toHaveLength(1203);
    for (const i of [0, 1, 499, 500, 1000, 1202]) expect((await net.outputs([rows[i]]))[0]).toEqual(all[i]);
    expect(await net.outputs([])).toEqual([]);
  });

  it("answers those who ask at the same time, each with his own", async () => {
    const asked = [0, 700, 1202].map((i) => net.outputs([rows[i]]));
    const alone = await net.outputs(rows);
    expect((await Promise.all(asked)).flat()).toEqual([0, 700, 1202].map((i) => alone[i]));
  });

  it("reads what it is asked when it is asked", async () => {
    const [buffer, asked] = [new Float32Array(3), [rows[1], rows[2], rows[3]]];
    const answers = asked.map((row) => {
      buffer.set(row);
      return net.outputs([buffer]);
    });
    const alone = await net.outputs(asked.map((row) => Float32Array.from(row)));
    expect((await Promise.all(answers)).flat()).toEqual(alone);
  });

  it.each([
    [["abc"], 'outputs: example 1 is "abc"; give numbers: mlp:3-5-2 takes 3, of shape [3]'],
    [
      [
        [1, 2, 3],
        [1, null, 3],
      ],
      "outputs: example 2 has null at 1; give numbers",
    ],
    [[[1, "2", 3]], 'outputs: example 1 has "2" at 1'],
    [[{ length: 3 }], 'outputs: example 1 is {"length":3}'],
    [[null], "outputs: example 1 is null"],
    [new Float32Array(3), "outputs: the examples are [0, 0, 0]; give a list of them, [example]: mlp:3-5-2 takes 3"],
    [undefined, "outputs: the examples are undefined"],
  ])("refuses what are no numbers: %#", (given, words) => {
    expect(() => Reflect.apply(net.outputs, net, [given])).toThrow(words);
    expect(() => Reflect.apply(net.outputs, net, [given])).toThrow(TypeError);
  });

  it("refuses examples and numbers that do not fit", () => {
    expect(() => net.outputs([rows[0], [1, 2]])).toThrow(
      "outputs: example 2 has 2 values; mlp:3-5-2 takes 3, of shape [3]",
    );
    expect(() => new Net({ model: sizes, w: w.subarray(1) }, referenceDevice)).toThrow(
      "w has 31 values; the model has 32",
    );
    const s = new Float64Array(stateCount(model) + 1);
    const wide = new Float64Array(parameterCount(model));
    expect(() => packModel({ model, w: wide, s }, mine)).toThrow("mine: the state has 5 values; the model has 4");
  });
});

describe("a model's folder", () => {
  const small = mlp([2, 2]);
  const saved = () => {
    const at = folder();
    writeModel({ model: small, w: new Float32Array(6) }, at);
    return at;
  };

  it("is not begun for a model that cannot be read again", () => {
    const at = folder();
    const w = new Float32Array(parameterCount(model));
    expect(() => writeModel({ model, w, s: new Float32Array(4) }, at)).toThrow("JSON cannot hold");
    expect(readdirSync(at)).toEqual([]);
  });

  it("is refused where its weights are another model's, or damaged", async () => {
    const at = saved();
    const json = JSON.parse(readFileSync(join(at, "model.json"), "utf8"));
    writeFileSync(join(at, "model.json"), JSON.stringify({ ...json, layers: [{ kind: "dense", units: 3 }] }));
    await expect(load(at)).rejects.toThrow('"layer1_weight" has shape [2, 2], expected [2, 3]');
    writeFileSync(join(at, "weights.safetensors"), "{}");
    await expect(load(at)).rejects.toThrow(/weights.safetensors/);
  });

  it("is refused by the names and shapes, before any number is read", () => {
    const { json, weights } = packModel({ model: mlp([2, 3]), w: new Float32Array(9) });
    const stretches = (given: unknown): number => {
      let copies = 0;
      const copy = (begin: number, end: number): ArrayBuffer => {
        copies++;
        return weights.slice(begin, end).buffer;
      };
      const told = { json: given, model: modelFromJson(given) };
      const read = () =>
        trainedFrom(
          () => told,
          (options) => readFrom({ size: weights.length, copy }, options),
          "weights",
        );
      if (given === json) expect(read().w).toHaveLength(9);
      else expect(read).toThrow('"layer1_weight" has shape [2, 3], expected [2, 4]');
      return copies;
    };
    // How long the header is, the header, and each of two tensors.
    expect(stretches(json)).toBe(4);
    expect(stretches({ ...json, layers: [{ kind: "dense", units: 4 }] })).toBe(2);
  });

  it("is refused where it is none", async () => {
    await expect(load(folder())).rejects.toThrow(/model.json/);
    const at = saved();
    writeFileSync(join(at, "model.json"), "[]");
    await expect(load(at)).rejects.toThrow("a model is []");
  });
});

/** A kind of layer that passes on what it gets; `whenMade` is called when one is made. */
const watching = (whenMade: () => void) =>
  layer({
    ...{ kind: "watching", title: "x", options: [], inputs: "any shape", outputs: null },
    read: whenMade,
    build: (_, inputShape) => ({
      ...{ outputShape: inputShape, parameters: {}, state: {}, multiplyAdds: 0, role: { kind: "identity" } },
      forward: (x) => x,
    }),
  });

/** A model whose layers are made anew each time when it is read, and a function that is called then. */
function watched() {
  const events = { whenMade: () => {} };
  const kind = watching(() => events.whenMade());
  return {
    events,
    model: sequential([2], [kind.with({}), dense(2)]),
    registry: registry.with({ layers: { watching: kind } }),
  };
}

describe("weights that change while they are read", () => {
  it("are read once more, and are the new ones", async () => {
    const { events, model, registry } = watched();
    const [at, other] = [folder(), folder()];
    writeModel({ model, w: new Float32Array(6).fill(1) }, at, { registry });
    writeModel({ model, w: new Float32Array(6).fill(2) }, other, { registry });
    events.whenMade = () => {
      events.whenMade = () => {};
      copyFileSync(join(other, "weights.safetensors"), join(at, "weights.safetensors"));
    };
    expect((await load(at, { registry })).w).toEqual(new Float32Array(6).fill(2));
  });

  it("are refused if they change the second time, too", async () => {
    const { events, model, registry } = watched();
    const at = folder();
    writeModel({ model, w: new Float32Array(6) }, at, { registry });
    const weights = join(at, "weights.safetensors");
    let times = 0;
    events.whenMade = () => {
      times++;
      writeFileSync(weights, readFileSync(weights));
    };
    await expect(load(at, { registry })).rejects.toThrow(SafetensorsError);
    expect(times).toBe(2);
  });
});

describe("two models of the same shapes", () => {
  const [a, b] = [mlp([2, 3, 2]), mlp([2, 3, 2], { activation: "tanh" })];
  const [one, two] = [
    { model: a, w: new Float32Array(17).fill(1) },
    { model: b, w: new Float32Array(17).fill(2) },
  ];
  const jsonOf = (at: string) => join(at, "model.json");
  const activationOf = (net: Restored) => modelToJson(net.model).layers[0].activation;

  it("are not taken for each other where a save was ended between its two files", async () => {
    const at = folder();
    writeModel(one, at);
    const old = readFileSync(jsonOf(at));
    writeModel(two, at);
    expect(activationOf(await load(at))).toBe("tanh");
    writeFileSync(jsonOf(at), old);
    const net = await load(at);
    expect([net.w[0], activationOf(net)]).toEqual([2, "tanh"]);
    writeModel(one, at);
    expect([(await load(at)).w[0], activationOf(await load(at))]).toEqual([1, "relu"]);
  });

  it("are refused where the JSON is neither the numbers' own nor the one that it replaced", async () => {
    const at = folder();
    writeModel(one, at);
    const edited = readFileSync(jsonOf(at), "utf8").replace("relu", "gelu");
    writeModel(two, at);
    writeFileSync(jsonOf(at), edited);
    await expect(load(at)).rejects.toThrow(SafetensorsError);
    await expect(load(at)).rejects.toThrow(
      /weights.safetensors: its weights belong to another model than the JSON beside them/,
    );
  });

  it("are refused as bytes, too; the order of fields does not matter", () => {
    const [first, second] = [packModel(one), packModel(two)];
    const turned = Object.fromEntries(Object.entries(first.json).reverse());
    expect(unpackModel({ json: checkModelData(turned), weights: first.weights }).w).toEqual(one.w);
    expect(() => unpackModel({ json: first.json, weights: second.weights })).toThrow(
      "belong to another model than the JSON",
    );
  });

  it("cannot be told apart in files of others, which are taken as they are", async () => {
    const at = folder();
    writeModel(one, at);
    const { tensors } = readSafetensorsFile(join(at, "weights.safetensors"));
    writeSafetensorsFile(join(at, "weights.safetensors"), tensors.values());
    expect((await load(at)).w).toEqual(one.w);
  });

  it("leave the one that was there, where the other cannot be written", async () => {
    const at = folder();
    writeModel(one, at);
    const old = readFileSync(jsonOf(at));
    rmSync(jsonOf(at));
    mkdirSync(jsonOf(at));
    expect(() => writeModel(two, at)).toThrow("model.json: it is a folder");
    rmSync(jsonOf(at), { recursive: true });
    writeFileSync(jsonOf(at), old);
    expect([(await load(at)).w[0], activationOf(await load(at))]).toEqual([1, "relu"]);
  });
});

describe("what load is given", () => {
  it("is told with the file's name where model.json is no model", async () => {
    const at = folder();
    writeModel({ model: mlp([2, 2]), w: new Float32Array(6) }, at);
    const contents: readonly [string, RegExp][] = [
      ["{", /model.json, line 1: it is not JSON: /],
      ["null", /model.json: a model is null/],
      ['{"format": "downhill-model 2"}', /model.json: a model's format is "downhill-model 2"/],
      ['{"format": "downhill-model 1", "inputShape": [2], "layers": [{"kind": "desne"}]}', /model.json: layer 1: kind/],
    ];
    for (const [json, words] of contents) {
      writeFileSync(join(at, "model.json"), json);
      await expect(load(at)).rejects.toThrow(words);
    }
  });

  it("is refused where there is no such option", async () => {
    const at = folder();
    writeModel({ model: mlp([2, 2]), w: new Float32Array(6) }, at);
    const refused = (options: unknown) => expect(Reflect.apply(load, undefined, [at, options])).rejects;
    await refused("cpu").toThrow('load: the options are "cpu"; give an object');
    await refused({ devise: "cpu" }).toThrow('load: option "devise" is not known; did you mean device?');
    await refused({ threads: 0 }).toThrow("threads is 0; it must be a whole number, 1 or more");
    const given = [{ model: mlp([2, 2]), w: new Float32Array(6) }, at, { registri: registry }];
    expect(() => Reflect.apply(writeModel, undefined, given)).toThrow("did you mean registry?");
  });
});

describe("what is to be saved", () => {
  it("is a model with its numbers, and an error says how to give them", () => {
    const numbers = new Float32Array(parameterCount(model));
    const given: readonly [object, RegExp][] = [
      [{ model, weights: numbers }, /^mine: w is undefined; give a Float32Array or Float64Array: \{ model, w: /],
      [{ model, w: [1, 2] }, /^mine: w is .*; give a Float32Array/],
      [{ model, w: numbers, s: null }, /^mine: the state is null; give a Float32Array/],
      [{ model: "mlp:64", w: numbers }, /^the model is "mlp:64"; give one with its weights: /],
      [{ w: numbers }, /^the model is undefined; give one/],
    ];
    for (const [what, words] of given) expect(() => Reflect.apply(packModel, undefined, [what])).toThrow(words);
  });
});
