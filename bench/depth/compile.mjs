// What happens before the first step of a net: forward pass and gradient as expressions, lowered to a graph, loaded.
import { OnnxProgram } from "../../dist/src/device/onnx/index.js";
import { nodeRuntime } from "../../dist/src/device/onnx-node/index.js";
import { modelFor } from "../../dist/src/nn/index.js";
import { programOf, training } from "../../dist/src/objective/index.js";
import { measure, settings } from "../contender.mjs";

const { model: name, batch, threads } = settings;
const photographs = { inputShape: [3, 32, 32], outputs: 10, task: "classification" };
const runtime = await nodeRuntime();

await measure(async () => {
  const model = modelFor(name, photographs);
  const { outputs } = programOf(training(0), { model, batch, targetSize: 1, dtype: "f32" });
  const program = await OnnxProgram.compile(outputs, runtime, { threads });
  await program.dispose();
});
