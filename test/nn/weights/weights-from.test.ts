import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { moons } from "../../../src/data/index.ts";
import { referenceDevice } from "../../../src/device/reference/interpreter.ts";
import { MismatchError, type Tensor, writeSafetensors } from "../../../src/files/safetensors/index.ts";
import {
  dense,
  exportOnnx,
  exportSafetensors,
  initialize,
  type Model,
  mlp,
  Net,
  parameterCount,
  sequential,
  weightsOf,
} from "../../../src/nn/index.ts";
import { fit as fitNet, save, weightsFrom } from "../../../src/node/index.ts";
import { adam } from "../../../src/optimizers/index.ts";
import { temporaryFolder } from "../../cli/command.ts";
import { centring } from "../running-mean.ts";

interface Goldens {
  readonly inputs: number[][];
  readonly nets: Readonly<Record<string, { readonly sizes: number[]; readonly outputs: number[][] }>>;
}

const folder = fileURLToPath(new URL("../../goldens/weights", import.meta.url));
const goldens: Goldens = JSON.parse(readFileSync(join(folder, "nets.json"), "utf8"));

/** The furthest output from PyTorch's. */
async function distance(name: string, weights: { model: Model; w: Float32Array | Float64Array }): Promise<number> {
  const outputs = await new Net({ ...weights, w: Float64Array.from(weights.w) }, referenceDevice).outputs(
    goldens.inputs,
  );
  const wanted = goldens.nets[name].outputs;
  return Math.max(...outputs.flatMap((row, i) => Array.from(row, (x, k) => Math.abs(x - wanted[i][k]))));
}

const modelOf = (name: string): Model => mlp(goldens.nets[name].sizes);

describe("PyTorch's weights", () => {
  it.each([
    ["sequential", "order"],
    ["deep", "order"],
    ["named", "order"],
    ["numbered", "name"],
  ])("of a %s net in safetensors give its outputs", async (name, by) => {
    const weights = await weightsFrom(join(folder, `${name}.safetensors`), modelOf(name));
    expect(weights).toMatchObject({ by, transposed: true, drawn: [], differences: [] });
    expect(await distance(name, weights)).toBeLessThan(1e-6);
  });

  it.each([
    ["sequential.onnx", "sequential", 1e-6],
    ["sequential-older.onnx", "sequential", 1e-6],
    ["deep.onnx", "deep", 1e-6],
    ["named.onnx", "named", 1e-6],
    ["numbered.onnx", "numbered", 1e-6],
    ["float-data.onnx", "sequential", 1e-6],
    ["double-data.onnx", "sequential", 1e-6],
    ["matmul.onnx", "sequential", 1e-6],
    ["half.onnx", "sequential", 2e-3],
    ["half-data.onnx", "sequential", 2e-3],
    ["bfloat16.onnx", "sequential", 2e-2],
    ["sequential-half.safetensors", "sequential", 2e-3],
  ])("in %s give its outputs", async (file, name, tolerance) => {
    const weights = await weightsFrom(join(folder, file), modelOf(name));
    expect(weights.drawn).toEqual([]);
    expect(await distance(name, weights)).toBeLessThan(tolerance);
    expect(weights.w.constructor).toBe(file.startsWith("double") ? Float64Array : Float32Array);
  });

  it("are the same bits from each file", async () => {
    const all = await Promise.all(
      ["sequential.safetensors", "sequential.onnx", "float-data.onnx", "matmul.onnx"].map((file) =>
        weightsFrom(join(folder, file), modelOf("sequential")),
      ),
    );
    for (const { w } of all) expect(w).toEqual(all[0].w);
  });

  it("are refused where the values lie in another file, and where the graph multiplies them", async () => {
    const model = modelOf("sequential");
    await expect(weightsFrom(join(folder, "outside.onnx"), model)).rejects.toThrow("has its values in another file");
    await expect(weightsFrom(join(folder, "scaled.onnx"), model)).rejects.toThrow(
      "not clear which tensors belong together",
    );
  });
});

describe("Downhill's own weights", () => {
  const model = mlp([2, 4, 4, 2]);
  const w = new Float32Array(parameterCount(model));
  initialize(model, w, 7);
  const trained = { model, w };

  it.each([
    ["safetensors", exportSafetensors(trained)],
    ["ONNX", exportOnnx(trained)],
  ])("come back from %s bit for bit, by name", (_, bytes) => {
    const back = weightsOf(bytes, mlp([2, 4, 4, 2]));
    expect(back.w).toEqual(w);
    expect(back).toMatchObject({ by: "name", transposed: false, drawn: [] });
  });

  it("come back from a saved model, from a run's folder, and with the state", async () => {
    const at = await temporaryFolder();
    const centred = sequential([2], [centring.with({}), dense(2)]);
    const own = { model: centred, w: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), s: Float64Array.of(0.5, -0.5) };
    const file = join(at, "run", "model");
    await mkdir(join(at, "run"));
    const names = { centring };
    const { registry } = await import("../../../src/nn/index.ts");
    await save(own, file, { registry: registry.with({ layers: names }) });
    for (const path of [file, join(at, "run")]) {
      const back = await weightsFrom(path, centred, { registry: registry.with({ layers: names }) });
      expect([back.w, back.s]).toEqual([own.w, own.s]);
    }
  });

  it("go on training where they stopped: the loss of the first batch is that of the net", async () => {
    const data = moons({ count: 60, seed: 1 });
    const first = await fitNet({ model: mlp([2, 8, 2]), data, optimizer: adam({ lr: 0.05 }), epochs: 20 });
    const initial = weightsOf(exportOnnx(first), mlp([2, 8, 2]));
    const second = await fitNet({ model: mlp([2, 8, 2]), data, initial, optimizer: adam({ lr: 0 }), epochs: 1 });
    expect(second.test.loss).toBe(first.test.loss);
    expect(second.w).toEqual(first.w);
  });
});

describe("what does not fit", () => {
  const tensor = (name: string, shape: number[], value = 1): Tensor => ({
    ...{ name, shape, dtype: "F32" },
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value),
  });
  const bytesOf = (...tensors: Tensor[]): Uint8Array => writeSafetensors(tensors);
  const model = mlp([3, 4, 2]);
  const fitting = [tensor("layer1_weight", [3, 4]), tensor("layer1_bias", [4])];

  it("is listed: missing, unexpected, of another shape", () => {
    const bytes = bytesOf(...fitting, tensor("layer2_weight", [4, 3]), tensor("extra", [1]));
    expect(() => weightsOf(bytes, model, { name: "net.safetensors" })).toThrow(MismatchError);
    expect(() => weightsOf(bytes, model, { name: "net.safetensors" })).toThrow(
      'net.safetensors: it does not fit: "layer2_weight" has shape [4, 3], expected [4, 2], "layer2_bias" is missing, "extra" is not expected; give the model that they belong to instead of mlp:3-4-2, or take what fits: partial: true',
    );
  });

  it("is drawn with partial, as in training", () => {
    const bytes = bytesOf(...fitting, tensor("layer2_weight", [4, 3]), tensor("extra", [1]));
    const weights = weightsOf(bytes, model, { partial: true, seed: 3 });
    expect(weights).toMatchObject({ taken: ["layer1_weight", "layer1_bias"], drawn: ["layer2_weight", "layer2_bias"] });
    expect(weights.differences.map(({ kind, name }) => [kind, name])).toEqual([
      ["shape", "layer2_weight"],
      ["missing", "layer2_bias"],
      ["extra", "extra"],
    ]);
    const drawn = new Float32Array(parameterCount(model));
    initialize(model, drawn, 3);
    expect([...weights.w.slice(0, 16)]).toEqual(new Array(16).fill(1));
    expect([...weights.w.slice(16)]).toEqual([...drawn.slice(16)]);
  });

  it("is drawn where it is to be fresh", () => {
    const bytes = bytesOf(...fitting, tensor("layer2_weight", [4, 2]), tensor("layer2_bias", [2]));
    expect(weightsOf(bytes, model, { fresh: ["layer2"] })).toMatchObject({
      taken: ["layer1_weight", "layer1_bias"],
      drawn: ["layer2_weight", "layer2_bias"],
      differences: [],
    });
  });

  it("is refused where nothing fits", () => {
    const bytes = bytesOf(tensor("layer1_weight", [7, 7]));
    expect(() => weightsOf(bytes, model, { partial: true })).toThrow("no tensor fits mlp:3-4-2");
  });

  it("is refused where two layers may be meant, with both sides", () => {
    const square = mlp([3, 3, 3, 2]);
    const named = ["stem", "body"].flatMap((name) => [tensor(`${name}.weight`, [3, 3]), tensor(`${name}.bias`, [3])]);
    const bytes = bytesOf(...named, tensor("head.weight", [2, 3]), tensor("head.bias", [2]));
    expect(() => weightsOf(bytes, square, { name: "a.safetensors" })).toThrow(
      'a.safetensors: it is not clear which tensors belong together: it has "body.bias" [3], "body.weight" [3, 3], "head.bias" [2], "head.weight" [2, 3], "stem.bias" [3], "stem.weight" [3, 3]; mlp:3-3-3-2 has "layer1_weight" [3, 3], "layer1_bias" [3]',
    );
  });

  it("is refused where all matrices are square, so that their orientation does not show", () => {
    const bytes = bytesOf(tensor("0.weight", [3, 3]), tensor("0.bias", [3]));
    expect(() => weightsOf(bytes, mlp([3, 3]))).toThrow("not clear which tensors belong together");
  });

  it("is refused where values are not finite", () => {
    const bytes = bytesOf(tensor("layer1_weight", [3, 4]), tensor("layer1_bias", [4], Number.NaN));
    expect(() => weightsOf(bytes, mlp([3, 4]))).toThrow('tensor "layer1_bias" has values that are not finite');
  });

  it("is refused where the file is another one, with what to do", async () => {
    const at = await temporaryFolder();
    await expect(weightsFrom(at, model)).rejects.toThrow("it has no model.json");
    await expect(weightsFrom(join(at, "none"), model)).rejects.toThrow("none");
    await writeFile(join(at, "torch.pt"), "PK\u0003\u0004 archive/data.pkl");
    await expect(weightsFrom(join(at, "torch.pt"), model)).rejects.toThrow("torch.save");
    await expect(weightsFrom(at, model, JSON.parse('{ "partil": true }'))).rejects.toThrow("did you mean partial?");
  });
});

it("refuses a file with very many tensors that fit nothing within seconds, and names some of them", {
  timeout: 10_000,
}, () => {
  const shape = [0];
  const many = Array.from({ length: 100_000 }, (_, i): Tensor => {
    return { name: `t${i}`, dtype: "F32", shape, data: new Float32Array(0) };
  });
  expect(() => weightsOf(writeSafetensors(many), mlp([2, 3, 2]))).toThrow(/"t0" \[0\].*, … 100000 in all; mlp:2-3-2/);
});

it("says of a tensor of whole numbers that its type holds no weights", () => {
  const whole: Tensor = { name: "layer1_weight", dtype: "I32", shape: [2, 2], data: new Int32Array(4) };
  const bias: Tensor = { name: "layer1_bias", dtype: "F32", shape: [2], data: new Float32Array(2) };
  const bytes = writeSafetensors([whole, bias]);
  expect(() => weightsOf(bytes, mlp([2, 2]))).toThrow('"layer1_weight" holds no numbers with a fraction');
});
