import { type NDArray, zeros } from "../array.ts";
import { apply, type Expr, type Operand, type Operator } from "../node.ts";
import { int, ints, type OnnxGraph } from "../onnx.ts";
import { broadcastShapes, broadcastStrides, type Shape, showShape, sizeOf } from "../shape.ts";
import { atom, binding, bracket } from "../tex.ts";
import { mul } from "./arithmetic.ts";
import { alike } from "./elementwise.ts";
import { reshape } from "./movement.ts";
import { sum } from "./reduction.ts";

/** Which factors of a matrix product are transposed. */
export interface MatmulOptions {
  /** Whether to transpose the last two axes of the first factor. Default: false. */
  readonly transposeA?: boolean;
  /** Whether to transpose the last two axes of the second factor. Default: false. */
  readonly transposeB?: boolean;
}

/**
 * The matrix product over the last two axes; earlier axes broadcast. A vector counts as a row on the left and as a
 * column on the right, as in NumPy. Transposed factors are read in place, not copied. Throws a RangeError if the shapes
 * do not fit.
 */
export function matmul(a: Operand, b: Operand, options: MatmulOptions = {}): Expr {
  const [x, y] = alike([a, b]);
  const { transposeA = false, transposeB = false } = options;
  if (x.shape.length >= 2 && y.shape.length >= 2) return apply(product(transposeA, transposeB), x, y);
  if (x.shape.length === 0 || y.shape.length === 0)
    throw new RangeError(
      `matmul: the shapes are ${showShape(x.shape)} and ${showShape(y.shape)}; a factor needs at least one axis; use * for scalars`,
    );
  const row = x.shape.length === 1 ? reshape(x, [1, x.shape[0]]) : x;
  const column = y.shape.length === 1 ? reshape(y, [y.shape[0], 1]) : y;
  const result = matmul(row, column, {
    transposeA: transposeA && x.shape.length > 1,
    transposeB: transposeB && y.shape.length > 1,
  });
  const kept = result.shape.filter(
    (_, axis) =>
      !(x.shape.length === 1 && axis === result.shape.length - 2) &&
      !(y.shape.length === 1 && axis === result.shape.length - 1),
  );
  return reshape(result, kept);
}

/** The sum of the products of all elements: xᵀy. */
export const dot = (a: Operand, b: Operand): Expr => sum(mul(a, b));

const flag = (on: boolean): number => (on ? 1 : 0);

function product(transposeA: boolean, transposeB: boolean): Operator {
  return {
    name: "matmul",
    attributes: { transposeA: flag(transposeA), transposeB: flag(transposeB) },
    shape: ([a, b]) => productShape(matrixShape(a, transposeA), matrixShape(b, transposeB)),
    evaluate: ([a, b], shape) => multiply(a, b, shape, transposeA, transposeB),
    // C = A·B: dA = dC·Bᵀ and dB = Aᵀ·dC; a factor read transposed gets its derivative transposed.
    derivative: (i, d, { inputs: [a, b] }) => {
      if (i === 0)
        return transposeA
          ? matmul(b, d, { transposeA: transposeB, transposeB: true })
          : matmul(d, b, { transposeB: !transposeB });
      return transposeB
        ? matmul(d, a, { transposeA: true, transposeB: transposeA })
        : matmul(a, d, { transposeA: !transposeA });
    },
    onnx: (graph, [a, b], node) => {
      const ranks = node.inputs.map((x) => x.shape.length);
      if (ranks[0] === 2 && ranks[1] === 2)
        return graph.node("Gemm", [a, b], { transA: int(flag(transposeA)), transB: int(flag(transposeB)) });
      return graph.node("MatMul", [
        transposeA ? swapLast(graph, a, ranks[0]) : a,
        transposeB ? swapLast(graph, b, ranks[1]) : b,
      ]);
    },
    work: ({ inputs: [a] }) => 2 * matrixShape(a.shape, transposeA)[a.shape.length - 1],
    lanes: null,
    tex: ([a, b]) => ({
      text: `${factor(bracket(a, transposeA ? binding.atom : binding.product), transposeA)} ${factor(bracket(b, transposeB ? binding.atom : binding.sign), transposeB)}`,
      binds: binding.product,
    }),
  };
}

const factor = (text: string, transposed: boolean): string => (transposed ? atom(`${text}^{\\top}`).text : text);

const swapLast = (graph: OnnxGraph, name: string, rank: number): string =>
  graph.node("Transpose", [name], {
    perm: ints([...Array(rank - 2).keys(), rank - 1, rank - 2]),
  });

const matrixShape = (shape: Shape, transposed: boolean): Shape =>
  transposed ? [...shape.slice(0, -2), ...shape.slice(-2).reverse()] : shape;

function productShape(a: Shape, b: Shape): Shape {
  const [rows, inner] = a.slice(-2);
  const [inner2, columns] = b.slice(-2);
  if (inner !== inner2)
    throw new RangeError(
      `matmul: the shapes ${showShape(a)} and ${showShape(b)} do not multiply: ` +
        `the first has ${inner} columns, the second ${inner2} rows`,
    );
  return [...broadcastShapes("matmul", [a.slice(0, -2), b.slice(0, -2)]), rows, columns];
}

function multiply(a: NDArray, b: NDArray, shape: Shape, transposeA: boolean, transposeB: boolean): NDArray {
  const result = zeros(shape);
  const batch = shape.slice(0, -2);
  const [rows, columns] = shape.slice(-2);
  const inner = matrixShape(a.shape, transposeA).slice(-1)[0];
  const sizes = [rows * inner, inner * columns];
  const steps = [a, b].map((x, k) => broadcastStrides(x.shape.slice(0, -2), batch).map((s) => s * sizes[k]));
  for (let n = 0; n < sizeOf(batch); n++) {
    const [atA, atB] = steps.map((strides) => offsetOf(n, batch, strides));
    const [ai, ak] = transposeA ? [1, rows] : [inner, 1];
    const [bk, bj] = transposeB ? [1, inner] : [columns, 1];
    for (let i = 0; i < rows; i++) {
      const row = result.data.subarray((n * rows + i) * columns, (n * rows + i + 1) * columns);
      for (let k = 0; k < inner; k++) {
        const x = a.data[atA + i * ai + k * ak];
        for (let j = 0, at = atB + k * bk; j < columns; j++, at += bj) row[j] += x * b.data[at];
      }
    }
  }
  return result;
}

/** Where the n-th batch (row-major over `batch`) begins. */
function offsetOf(n: number, batch: Shape, strides: readonly number[]): number {
  let offset = 0;
  for (let axis = batch.length - 1, rest = n; axis >= 0; axis--) {
    offset += (rest % batch[axis]) * strides[axis];
    rest = Math.floor(rest / batch[axis]);
  }
  return offset;
}
