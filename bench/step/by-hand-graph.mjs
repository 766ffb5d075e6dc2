/**
 * Forward and backward of a dense ReLU net with softmax cross-entropy, the mean over the batch, node by node, in the form
 * that `encodeModel` takes. Inputs: x, y (labels as numbers), w1, b1, w2, …; outputs: loss, dw1, db1, …
 */
export function stepGraph(sizes, batch) {
  const depth = sizes.length - 1;
  const classes = sizes[depth];
  const nodes = [];
  const node = (type, inputs, output, attributes = {}) => {
    nodes.push({ type, inputs, output, attributes });
    return output;
  };

  const h = ["x"];
  for (let l = 1; l < depth; l++) h.push(node("Relu", [node("Gemm", [h[l - 1], `w${l}`, `b${l}`], `z${l}`)], `h${l}`));
  const logits = node("Gemm", [h[depth - 1], `w${depth}`, `b${depth}`], "logits");

  // loss = −mean(log p(label)); its derivative by the logits is (p − chosen) / batch
  const column = node("Reshape", ["y", "column"], "labels");
  const chosen = node("Cast", [node("Equal", [column, "classes"], "isChosen")], "chosen", { to: { int: 1 } });
  const logp = node("LogSoftmax", [logits], "logp", { axis: { int: 1 } });
  const total = node("ReduceSum", [node("Mul", [chosen, logp], "picked")], "total", { keepdims: { int: 0 } });
  node("Mul", [total, "minusOneOverBatch"], "loss");
  let d = node("Mul", [node("Sub", [node("Exp", [logp], "p"), chosen], "error"), "oneOverBatch"], `dz${depth}`);

  for (let l = depth; l >= 1; l--) {
    node("Gemm", [h[l - 1], d], `dw${l}`, { transA: { int: 1 } });
    node("ReduceSum", [d, "rows"], `db${l}`, { keepdims: { int: 0 } });
    if (l === 1) break;
    const back = node("Gemm", [d, `w${l}`], `dh${l - 1}`, { transB: { int: 1 } });
    d = node("Where", [node("Greater", [h[l - 1], "zero"], `on${l - 1}`), back, "zero"], `dz${l - 1}`);
  }

  const port = (name, shape) => ({ name, shape, dtype: "f32" });
  const parameters = sizes.slice(1).flatMap((n, k) => [port(`w${k + 1}`, [sizes[k], n]), port(`b${k + 1}`, [n])]);
  const number = (name, value) => ({ name, shape: [], data: Float32Array.of(value) });
  return {
    inputs: [port("x", [batch, sizes[0]]), port("y", [batch]), ...parameters],
    outputs: [port("loss", []), ...parameters.map(({ name, shape }) => port(`d${name}`, shape))],
    nodes,
    initializers: [
      number("zero", 0),
      number("oneOverBatch", 1 / batch),
      number("minusOneOverBatch", -1 / batch),
      { name: "classes", shape: [classes], data: Float32Array.from({ length: classes }, (_, k) => k) },
      { name: "column", shape: [2], data: BigInt64Array.of(BigInt(batch), 1n) },
      { name: "rows", shape: [1], data: BigInt64Array.of(0n) },
    ],
  };
}
