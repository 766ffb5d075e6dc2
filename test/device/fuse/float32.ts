import { type Application, type Expr, type NDArray, program } from "../../../src/expr/index.ts";

const f = Math.fround;
const round = ({ shape, data }: NDArray): NDArray => ({ shape, data: data.map(f) });

/**
 * What a float32 kernel is to give, to the last bit: scalars are computed in float64; every operation on a vector takes
 * float32 numbers and rounds once (for + − · / √ rounding a float64 result gives the same); a division by a scalar
 * multiplies by its reciprocal.
 */
export function evaluateInFloat32(outputs: readonly Expr[], feeds: Readonly<Record<string, NDArray>>): NDArray[] {
  const { nodes, outputs: results } = program(outputs);
  const values = new Map<Expr, NDArray>();
  const known = (x: Expr): NDArray => values.get(x) ?? { shape: [], data: Float64Array.of() };
  for (const node of nodes) values.set(node, valueAt(node, feeds, known));
  return results.map((x) => (x.shape.length === 0 ? known(x) : round(known(x))));
}

function valueAt(node: Expr, feeds: Readonly<Record<string, NDArray>>, known: (x: Expr) => NDArray): NDArray {
  switch (node.kind) {
    case "input":
      return feeds[node.name];
    case "constant":
      return node.value;
    case "apply":
      return node.shape.length === 0
        ? node.operator.evaluate(node.inputs.map(known), [])
        : vectorValue(
            node,
            node.inputs.map((x) => round(known(x))),
            known,
          );
  }
}

function vectorValue(
  { operator, inputs, shape }: Application,
  rounded: NDArray[],
  known: (x: Expr) => NDArray,
): NDArray {
  const [x] = rounded;
  if (operator.lanes?.kind === "power") {
    const { exponent } = operator.lanes;
    return { shape, data: x.data.map((value) => multiplyOut(value, exponent)) };
  }
  if (operator.name === "div" && inputs[0].shape.length > 0 && inputs[1].shape.length === 0) {
    const reciprocal = f(1 / known(inputs[1]).data[0]);
    return { shape, data: x.data.map((value) => f(value * reciprocal)) };
  }
  return round(operator.evaluate(rounded, shape));
}

function multiplyOut(x: number, exponent: number): number {
  let result = 1;
  for (let n = Math.abs(exponent), square = x; n > 0; n >>= 1, square = f(square * square))
    if (n & 1) result = f(result * square);
  return exponent < 0 ? f(1 / result) : result;
}
