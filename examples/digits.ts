// Train a net on handwritten digits, and look at each epoch as it ends.
import { loadDataset, mlp, train } from "downhill";
import { adam } from "downhill/optimizers";

const data = await loadDataset("digits");
const model = mlp([64, 32, 10]);
const optimizer = adam({ lr: 3e-3 });

for await (const event of train({ model, data, optimizer, batchSize: 32, epochs: 10 })) {
  if (event.kind === "epoch") console.log(event.epoch, event.train.loss.toFixed(4), event.validation.accuracy);
  if (event.kind === "end") console.log("test accuracy", event.test.accuracy);
}

// Prints
// 1 1.6936 0.81
// 2 0.5879 0.8966666666666666
// 3 0.2883 0.9233333333333333
// 4 0.1961 0.9233333333333333
// 5 0.1482 0.9333333333333333
// 6 0.1187 0.9433333333333334
// 7 0.1002 0.9466666666666667
// 8 0.0842 0.9433333333333334
// 9 0.0713 0.9466666666666667
// 10 0.0613 0.9466666666666667
// test accuracy 0.96
