// jax-js on its WebAssembly backend, for 2c2d: it has no max-pooling for training, so windows of 2 × 2 are rows of a tensor.
import { defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { measure, settings } from "../contender.mjs";
import { gather, readProblem } from "../step/problem.mjs";

await init("wasm");
defaultDevice("wasm");

const { batch } = settings;
const { weights, inputs, labels, batches } = readProblem(settings);
const CLASSES = 10;
const shapes = [[32, 1, 5, 5], [32], [64, 32, 5, 5], [64], [3136, 1024], [1024], [1024, CLASSES], [CLASSES]];

const convolved = (x, w, b) => nn.relu(lax.convGeneralDilated(x, w, [1, 1], "SAME").add(b.reshape([1, -1, 1, 1])));
function pooled(x) {
  const [n, channels, height, width] = x.shape;
  return np.max(x.reshape([n, channels, height / 2, 2, width / 2, 2]), [3, 5]);
}

// An array is used up by the call that it is passed to; `.ref` keeps it for one more.
function cost([w1, b1, w2, b2, w3, b3, w4, b4], x, y) {
  const images = pooled(convolved(pooled(convolved(x, w1, b1)), w2, b2));
  const hidden = nn.relu(np.matmul(images.reshape([batch, -1]), w3).add(b3));
  const logits = np.matmul(hidden, w4).add(b4);
  return y
    .mul(nn.logSoftmax(logits))
    .sum()
    .mul(-1 / batch);
}

const step = jit((w, m, v, t, x, y) => {
  const [loss, g] = valueAndGrad(cost)(tree.ref(w), x, y);
  const newM = tree.map((m, g) => m.mul(0.9).add(g.mul(0.1)), m, tree.ref(g));
  const newV = tree.map((v, g) => v.mul(0.999).add(np.square(g).mul(0.001)), v, g);
  const [rateM, rateV] = [0.9, 0.999].map((beta) => np.subtract(1, np.power(beta, t.ref)));
  t.dispose();
  const move = (w, m, v) => {
    const root = np.sqrt(v.div(rateV.ref)).add(1e-8);
    return w.sub(m.div(rateM.ref).mul(1e-3).div(root));
  };
  const newW = tree.map(move, w, tree.ref(newM), tree.ref(newV));
  rateM.dispose();
  rateV.dispose();
  return [loss, newW, newM, newV];
});

let at = 0;
let w = shapes.map((shape) => {
  const size = shape.reduce((a, b) => a * b);
  at += size;
  return np.array(weights.slice(at - size, at)).reshape(shape);
});
let m = tree.map(np.zerosLike, tree.ref(w));
let v = tree.map(np.zerosLike, tree.ref(w));
const x = new Float32Array(batch * 784);
const y = new Float32Array(batch);
let t = 0;
await measure(async () => {
  const rows = batches[t++];
  gather(inputs, rows, 784, x);
  gather(labels, rows, 1, y);
  const hot = nn.oneHot(np.array(Int32Array.from(y), { dtype: np.int32 }), CLASSES);
  let loss;
  [loss, w, m, v] = step(w, m, v, np.array(t), np.array(x.slice()).reshape([batch, 1, 28, 28]), hot);
  const [value] = await loss.data();
  return value;
});
