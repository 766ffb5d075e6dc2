// jax-js on its WebAssembly backend, which has no threads in Node. Its Adam is not on the registry; here it is written
// out and compiled together with the gradient, so that a step is one call.
import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { measure, settings } from "../contender.mjs";
import { gather, layersOf, readProblem } from "./problem.mjs";

await init("wasm");
defaultDevice("wasm");

const { sizes, batch } = settings;
const { weights, inputs, labels, batches } = readProblem(settings);

// An array is used up by the call that it is passed to; `.ref` keeps it for one more.
function cost(layers, x, y) {
  const last = layers.length - 1;
  const logits = layers.reduce((h, { weight, bias }, l) => {
    const z = np.matmul(h, weight).add(bias);
    return l < last ? nn.relu(z) : z;
  }, x);
  return y
    .mul(nn.logSoftmax(logits))
    .sum()
    .mul(-1 / batch);
}

const step = jit((layers, m, v, t, x, y) => {
  const [loss, g] = valueAndGrad(cost)(tree.ref(layers), x, y);
  const newM = tree.map((m, g) => m.mul(0.9).add(g.mul(0.1)), m, tree.ref(g));
  const newV = tree.map((v, g) => v.mul(0.999).add(np.square(g).mul(0.001)), v, g);
  const [rateM, rateV] = [0.9, 0.999].map((beta) => np.subtract(1, np.power(beta, t.ref)));
  t.dispose();
  const newLayers = tree.map(
    (w, m, v) =>
      w.sub(
        m
          .div(rateM.ref)
          .mul(1e-3)
          .div(np.sqrt(v.div(rateV.ref)).add(1e-8)),
      ),
    layers,
    tree.ref(newM),
    tree.ref(newV),
  );
  rateM.dispose();
  rateV.dispose();
  return [loss, newLayers, newM, newV];
});

let layers = layersOf(weights, sizes).map(({ shape, weight, bias }) => ({
  weight: np.array(weight.slice()).reshape(shape),
  bias: np.array(bias.slice()),
}));
let m = tree.map(np.zerosLike, tree.ref(layers));
let v = tree.map(np.zerosLike, tree.ref(layers));
const x = new Float32Array(batch * sizes[0]);
const y = new Float32Array(batch);
let t = 0;
await measure(async () => {
  const rows = batches[t++];
  gather(inputs, rows, sizes[0], x);
  gather(labels, rows, 1, y);
  const hot = nn.oneHot(np.array(Int32Array.from(y), { dtype: np.int32 }), sizes.at(-1));
  let loss;
  [loss, layers, m, v] = step(layers, m, v, np.array(t), np.array(x.slice()).reshape([batch, sizes[0]]), hot);
  const [value] = await loss.data();
  return value;
});
