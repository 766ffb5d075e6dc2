import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { inBlocks } from "../../src/device/onnx/blocked/probe.ts";
import { idleBesideBlocks, idlePasses, withoutPasses } from "../../src/device/onnx/idle-passes.ts";
import { encodeModel, lower } from "../../src/device/onnx/index.ts";
import { modelFor, type Shapes } from "../../src/nn/index.ts";
import {
  evaluation,
  hessianProduct,
  type ProgramKind,
  programOf,
  training,
} from "../../src/objective/net/program-kinds.ts";

const folder = mkdtempSync(join(tmpdir(), "downhill-passes-"));

/** The program as ONNX Runtime will run it. */
async function optimised(model: Uint8Array, name: string, extra: InferenceSession.SessionOptions["extra"] = {}) {
  const optimizedModelFilePath = join(folder, name);
  const options = { graphOptimizationLevel: "all", logSeverityLevel: 4, optimizedModelFilePath, extra } as const;
  await (await InferenceSession.create(model, options)).release();
  return readFileSync(optimizedModelFilePath);
}

const outputsOf = (text: string, data: Shapes, kind: ProgramKind) =>
  programOf(kind, { model: modelFor(text, data), batch: 8, targetSize: 1, dtype: "f32" }).outputs;

const images = { inputShape: [3, 16, 16], outputs: 10, task: "classification" } as const;
const rows = { inputShape: [20], outputs: 4, task: "classification" } as const;

describe("the passes that are left out would change nothing in", () => {
  test.each<[string, Shapes, ProgramKind]>([
    ["resnet-8", images, training(0)],
    ["resnet-8", images, evaluation],
    ["adam-cnn:8-8-16", images, training(0.1)],
    ["adam-cnn:8-8-16", images, evaluation],
    ["densenet-121:growth=4:blocks=2-2", images, training(0)],
    ["conv2d:8:3:gelu,layer-norm,flatten,dense:8:silu,dense", images, evaluation],
    ["mlp:16,16:gelu", rows, evaluation],
    ["mlp:16,16:silu", rows, evaluation],
    ["mlp:16,16:tanh", rows, evaluation],
    ["mlp:16,16:gelu", rows, training(0)],
    ["mlp:16,16:relu", rows, training(0)],
    ["dense:16,layer-norm,activation:relu,dropout:0.5,dense", rows, evaluation],
    ["mlp:16:tanh", rows, hessianProduct],
  ])("%s", async (text, data, kind) => {
    const model = encodeModel(lower(outputsOf(text, data, kind)));
    const [all, less] = [await optimised(model, "all"), await optimised(model, "less", withoutPasses(idlePasses))];
    expect(all.equals(less)).toBe(true);
  });

  test.each<[string, Shapes, ProgramKind]>([
    ["resnet-8", images, training(0)],
    ["resnet-8", images, evaluation],
    ["resnet-8", images, hessianProduct],
    ["adam-cnn:16-16-32-64", images, training(0.1)],
    ["densenet-121:growth=8:blocks=2-2", images, training(0)],
    ["wrn-10-2:dropout=0.3", images, training(0)],
    ["2c2d", images, training(0)],
    ["lenet", images, training(0)],
    ["conv2d:16:3:gelu,group-norm:4,flatten,dense:8:silu,dense", images, training(0)],
  ])("%s, with its images in blocks", async (text, data, kind) => {
    const model = encodeModel(lower(outputsOf(text, data, kind), undefined, inBlocks(16)));
    const passes = withoutPasses([...idlePasses, ...idleBesideBlocks]);
    const [all, less] = [await optimised(model, "all"), await optimised(model, "less", passes)];
    expect(all.equals(less)).toBe(true);
  });

  const library = "node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1";
  test.skipIf(!existsSync(library))("by names that ONNX Runtime knows (skipped on other systems)", () => {
    const bytes = readFileSync(library);
    for (const name of [...idlePasses, idleBesideBlocks[0]]) expect([name, bytes.includes(name)]).toEqual([name, true]);
  });
});
