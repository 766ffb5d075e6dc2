// A layer of your own, in which each unit has a gate that mixes two values. Downhill derives its gradient from the forward pass.
import { dense, initializers, layer, loadDataset, sequential, train } from "downhill";
import { add, matmul, mul, sigmoid, sub } from "downhill/expr";
import { adam } from "downhill/optimizers";

const gated = layer({
  kind: "gated",
  title: "σ(x·G) mixes x·A and x·B",
  options: ["units"],
  inputs: "row",
  outputs: "units",
  read: (given) => ({ units: given.count("units") }),
  build: ({ units }, [inputs]) => {
    const matrix = { shape: [inputs, units], initialize: initializers.glorotUniform };
    return {
      outputShape: [units],
      parameters: { gate: matrix, a: matrix, b: matrix },
      state: {},
      multiplyAdds: 3 * inputs * units,
      role: { kind: "other" },
      forward: (x, { gate, a, b }) => {
        const open = sigmoid(matmul(x, gate));
        return add(mul(open, matmul(x, a)), mul(sub(1, open), matmul(x, b)));
      },
    };
  },
});

const model = sequential([64], [gated.with({ units: 16 }), dense(10)]);
const data = await loadDataset("digits");
for await (const event of train({ model, data, optimizer: adam({ lr: 0.01 }), epochs: 10 }))
  if (event.kind === "end") console.log("test accuracy", event.test.accuracy?.toFixed(2));

// Prints
// test accuracy 0.96
