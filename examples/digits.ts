import { loadDataset, mlp, train } from "downhill";
import { adam } from "downhill/optimizers";

const data = await loadDataset("digits");
const model = mlp([64, 32, 10]);
const optimizer = adam({ lr: 3e-3 });

for await (const event of train({ model, data, optimizer, batchSize: 32, epochs: 10 })) {
  if (event.kind === "epoch") console.log(event.epoch, event.train.loss.toFixed(4), event.validation.accuracy);
  if (event.kind === "end") console.log("test accuracy", event.test.accuracy);
}
