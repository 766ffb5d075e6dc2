// The landscape of a small net: the barrier between two trained nets, and how matching their hidden units removes it.
import { createTraining, layoutOf, mlp, moons, parameterCount, parameterInputs } from "downhill";
import { evaluateScalar, input } from "downhill/expr";
import { barrier, lossAlongLine, matchUnits } from "downhill/landscape";
import { adam } from "downhill/optimizers";

const data = moons();
const model = mlp([2, 12, 2], { activation: "tanh" });

async function trained(seed: number) {
  const training = await createTraining({ model, data, optimizer: adam({ lr: 0.02 }), epochs: 20, seed, dtype: "f64" });
  for await (const _ of training);
  return training.state.w;
}

// The loss of all training examples as a function of w.
const [x, y] = [input("x", [data.train.count, 2]), input("y", [data.train.count])];
const { outputs } = model.forward(parameterInputs(model, "f64"), {}, x, { training: false, mask: () => x });
const loss = model.loss.value(outputs, y);
const value = async (w: ArrayLike<number>) => {
  const tensors = layoutOf(model).map(({ name, shape, offset }) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return [name, Float64Array.from({ length: size }, (_, k) => w[offset + k])] as const;
  });
  return evaluateScalar(loss, { x: data.train.inputs, y: data.train.targets, ...Object.fromEntries(tensors) });
};
const net = { name: "net", dimension: parameterCount(model), value };

const [a, b] = [await trained(1), await trained(2)];
const { w: matched } = matchUnits(model, b, a);
console.log("barrier", barrier(await lossAlongLine(net, a, b)).toFixed(3));
console.log("units matched", barrier(await lossAlongLine(net, a, matched)).toFixed(3));

// Prints
// barrier 1.072
// units matched 0.000
