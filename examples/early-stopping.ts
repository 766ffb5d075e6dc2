// Stop when the validation loss has not improved for five epochs, and keep the best weights.
import { mlp, spirals, train } from "downhill";
import { adam } from "downhill/optimizers";

const options = {
  model: mlp([2, 64, 64, 3]),
  data: spirals(),
  optimizer: adam({ lr: 0.01 }),
  epochs: 200,
  patience: 5,
};
for await (const event of train(options))
  if (event.kind === "end") {
    console.log(event.outcome.kind, "after", event.outcome.step, "steps:", event.outcome.reason);
    console.log("test accuracy", event.test.accuracy);
  }

// Prints
// stopped-early after 550 steps: the validation loss has not improved for 5 epochs
// test accuracy 0.98
