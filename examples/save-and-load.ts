// Train a model, save it with its weights, load it elsewhere, and predict.
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTraining, load, loadDataset, mlp, save } from "downhill";
import { adam } from "downhill/optimizers";

const folder = await mkdtemp(join(tmpdir(), "digits-"));
const data = await loadDataset("digits");
const training = await createTraining({ model: mlp([64, 32, 10]), data, optimizer: adam({ lr: 3e-3 }), epochs: 10 });
for await (const event of training) if (event.kind === "end") await save(training.trained, folder);

const net = await load(folder);
const [logits] = await net.predict([data.test.inputs.subarray(0, 64)]);
console.log("predicted", logits.indexOf(Math.max(...logits)), "label", data.test.targets[0]);

// Prints
// predicted 0 label 0
