import {
  add,
  argmax,
  concat,
  constant,
  type Expr,
  equal,
  gather,
  matmul,
  mean,
  pow,
  reshape,
  type Shape,
  sizeOf,
  slice,
  sub,
  sum,
  tanh,
  transpose,
} from "../../src/expr/index.ts";
import {
  functionModel,
  type Initializer,
  initializers,
  type Loss,
  type Model,
  type Parameter,
} from "../../src/nn/index.ts";
import { SIDE } from "./digits.ts";

/** Planes of H1 and H2, units of H3, classes. */
const [PLANES, HIDDEN, CLASSES] = [12, 30, 10];
const [KERNEL, STRIDE] = [5, 2];
/** The lengths of the sides of the planes in H1 and H2. */
const [SIDE1, SIDE2] = [SIDE / STRIDE, SIDE / STRIDE ** 2];
/**
 * Whether the first, the second and the last four planes of H2 see the first, the second and the last four planes of H1: each sees eight. The
 * paper says no more than that.
 */
const SEES = [
  [true, true, false],
  [false, true, true],
  [true, false, true],
];
const BLOCK = PLANES / SEES.length;
/** The kernels of H2 on four planes of H1. */
const BLOCK_VALUES = BLOCK * KERNEL ** 2;

/**
 * The net of LeCun et al. 1989 (Backpropagation applied to handwritten zip code recognition), with the choices of its reproduction in
 * 2022 where the paper is silent: 16 × 16 pixels; H1, 12 planes of 8 × 8 units, each plane with one 5 × 5 kernel and each unit with a bias of its own; H2,
 * 12 planes of 4 × 4 units, each seeing 8 planes of H1, again with a bias for each unit; 30 units; 10. All are tanh, and beyond
 * the edges there is −1. 9,760 weights.
 *
 * Both layers of kernels are written as products with what each unit sees, gathered by place, so that the edge, the biases and the
 * connections are as plain as in the paper; in small batches that takes less time than convolutions, too.
 */
export function digitsNet(): Model {
  const [see1, see2] = [places(SIDE, 1), places(SIDE1, PLANES)];
  return functionModel({
    name: "lecun-1989",
    inputShape: [SIDE * SIDE],
    parameters: [
      ...layer("h1", [PLANES, KERNEL ** 2], [PLANES, SIDE1 ** 2, 1], initializers.zeros),
      ...layer("h2", [PLANES, 2 * BLOCK_VALUES], [PLANES, SIDE2 ** 2, 1], initializers.zeros),
      ...layer("h3", [HIDDEN, PLANES * SIDE2 ** 2], [HIDDEN, 1], initializers.zeros),
      ...layer("out", [CLASSES, HIDDEN], [CLASSES, 1], MINUS_ONE),
    ],
    loss: squaredError,
    // Examples are columns: [values, batch].
    predict: (w, inputs) => {
      const [batch] = inputs.shape;
      const unit = (sums: Expr, name: string): Expr => {
        const bias = w[`${name}_bias`];
        return tanh(add(reshape(sums, [...bias.shape.slice(0, -1), batch]), bias));
      };
      const seen1 = seen(transpose(inputs), see1, [KERNEL ** 2, SIDE1 ** 2 * batch]);
      const h1 = unit(matmul(w.h1_weight, seen1), "h1");
      const seen2 = seen(h1, see2, [PLANES * KERNEL ** 2, SIDE2 ** 2 * batch]);
      const h2 = unit(matmul(onAllPlanes(w.h2_weight), seen2), "h2");
      const h3 = unit(matmul(w.h3_weight, reshape(h2, [PLANES * SIDE2 ** 2, batch])), "h3");
      return transpose(unit(matmul(w.out_weight, h3), "out"));
    },
  });
}

/** The kernels of H2 for all planes of H1: 0 on those that a plane of H2 does not see. */
function onAllPlanes(kernels: Expr): Expr {
  const none = constant(new Float64Array(BLOCK * BLOCK_VALUES), kernels.dtype, [BLOCK, BLOCK_VALUES]);
  const rows = SEES.map((sees, block) => {
    const own = [0, 1].map((i) =>
      slice(kernels, {
        starts: [block * BLOCK, i * BLOCK_VALUES],
        ends: [(block + 1) * BLOCK, (i + 1) * BLOCK_VALUES],
      }),
    );
    return concat(
      sees.map((isSeen, i) => (isSeen ? own[sees.slice(0, i).filter(Boolean).length] : none)),
      { axis: 1 },
    );
  });
  return concat(rows, { axis: 0 });
}

/**
 * Where each unit of the next layer looks, for each plane, row by row of the kernel, and for each of these, unit by unit: an index into
 * [plane, row, column], or the place after the last one for what lies beyond the edge.
 */
function places(side: number, planes: number): number[] {
  const edge = planes * side ** 2;
  const along = Array.from({ length: KERNEL }, (_, k) => k - (KERNEL - 1) / 2);
  const units = Array.from({ length: side / STRIDE }, (_, i) => i * STRIDE);
  const isIn = (at: number): boolean => at >= 0 && at < side;
  return Array.from({ length: planes }, (_, plane) => plane).flatMap((plane) =>
    along.flatMap((dy) =>
      along.flatMap((dx) =>
        units.flatMap((y) =>
          units.map((x) => (isIn(y + dy) && isIn(x + dx) ? (plane * side + y + dy) * side + x + dx : edge)),
        ),
      ),
    ),
  );
}

/** The values at these places, and −1 beyond the edge. */
function seen(values: Expr, at: readonly number[], shape: Shape): Expr {
  const batch = values.shape[values.shape.length - 1];
  const edge = constant(new Float64Array(batch).fill(-1), values.dtype, [1, batch]);
  const rows = concat([reshape(values, [sizeOf(values.shape) / batch, batch]), edge], { axis: 0 });
  return reshape(gather(rows, constant(at, values.dtype)), shape);
}

const layer = (name: string, weight: Shape, bias: Shape, biases: Initializer): Parameter[] => [
  { name: `${name}_weight`, shape: weight, initialize: byFanIn },
  { name: `${name}_bias`, shape: bias, initialize: biases },
];

/** Uniform on ±2.4/√(inputs of a unit), as the paper has it. */
const byFanIn: Initializer = (shape, random) => {
  const bound = 2.4 / Math.sqrt(shape[shape.length - 1]);
  return Float64Array.from({ length: sizeOf(shape) }, () => bound * (2 * random.uniform() - 1));
};

const MINUS_ONE: Initializer = (shape) => new Float64Array(sizeOf(shape)).fill(-1);

/** The mean squared error of the ten outputs; an example is right where its class has the largest one. */
const squaredError: Loss = {
  name: "squared error",
  value: (outputs, targets) => mean(pow(sub(outputs, targets), 2)),
  correct: (outputs, targets) => sum(equal(argmax(outputs), argmax(targets))),
};
