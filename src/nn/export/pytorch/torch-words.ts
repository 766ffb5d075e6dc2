import { type Application, type Constant, numberOf, type Shape, sameShape } from "../../../expr/index.ts";
import {
  atom,
  binding,
  type Code,
  type Context,
  call,
  inside,
  type Language,
  type OperatorName,
} from "../code/statements.ts";
import { pythonList, pythonNumber } from "./python-literals.ts";
import { numbersIn, type TorchContext, type TorchWord, tensor, torchTypes, tuple, value } from "./torch-code.ts";
import { derivativeOnly, overImages } from "./torch-windows.ts";

const infix =
  (symbol: string, binds: number, leftBinds = binds, rightBinds = binds + 1): TorchWord =>
  (inputs, node, context) => {
    const [a, b] = inputs.map((code, i) => value(code, node.inputs[i], context));
    return { text: `${inside(a, leftBinds)} ${symbol} ${inside(b, rightBinds)}`, binds };
  };

const comparison =
  (symbol: string): TorchWord =>
  (inputs, node, context) => ({
    ...infix(symbol, binding.comparison, binding.sum, binding.sum)(inputs, node, context),
    is: "condition",
  });

/** A function of tensors. */
const f =
  (name: string): TorchWord =>
  (inputs, node, context) =>
    call(
      name,
      inputs.map((code, i) => tensor(code, node.inputs[i], context).text),
    );

/** A method of the first operand. */
const method =
  (
    name: string,
    given: (node: Application, context: TorchContext, codes: readonly Code[]) => readonly string[],
  ): TorchWord =>
  (inputs, node, context) => {
    const codes = inputs.map((code, i) => tensor(code, node.inputs[i], context));
    return atom(`${inside(codes[0], binding.atom)}.${name}(${given(node, context, codes).join(", ")})`);
  };

const axesOf = ({ operator }: Application): readonly number[] => numbersIn(operator.attributes.axes);
const axisOf = ({ operator }: Application): number => Number(operator.attributes.axis);

const dims = (axes: readonly number[]): string => `dim=${axes.length === 1 ? axes[0] : `(${axes.join(", ")})`}`;

/** A reduction of no axes leaves the tensor, or the function of each element. */
const reduction =
  (name: string, ofEach?: string): TorchWord =>
  (inputs, node, context) => {
    const axes = axesOf(node);
    const x = tensor(inputs[0], node.inputs[0], context);
    if (axes.length === 0) return ofEach === undefined ? x : call(ofEach, [x.text]);
    const kept = node.operator.attributes.keepdims === 1 ? ["keepdim=True"] : [];
    return call(name, [x.text, dims(axes), ...kept]);
  };

const alongAxis =
  (name: string): TorchWord =>
  (inputs, node, context) =>
    call(name, [tensor(inputs[0], node.inputs[0], context).text, `dim=${axisOf(node)}`]);

const sizes = (shape: Shape, { lengths }: Context): string[] => (shape.length === 0 ? ["()"] : [...lengths(shape)]);

const product: TorchWord = (inputs, node, context) => {
  const { transposeA, transposeB } = node.operator.attributes;
  const [a, b] = inputs.map((code, i) => tensor(code, node.inputs[i], context));
  const turned = (code: Code, isTurned: boolean): Code => (isTurned ? atom(`${inside(code, binding.atom)}.mT`) : code);
  const [left, right] = [turned(a, transposeA === 1), turned(b, transposeB === 1)];
  return { text: `${inside(left, binding.product)} @ ${inside(right, binding.sign)}`, binds: binding.product };
};

const DROPOUT = "F.dropout";

/** A product with a mask that nothing else uses is dropout. */
const times: TorchWord = (inputs, node, context) => {
  const [x, mask] = node.inputs;
  const rate = mask.kind === "input" ? context.masks.get(mask.name) : undefined;
  const isDropout = rate !== undefined && inputs[1].text.startsWith(DROPOUT) && sameShape(x.shape, mask.shape);
  if (!isDropout) return infix("*", binding.product)(inputs, node, context);
  return call(DROPOUT, [tensor(inputs[0], x, context).text, pythonNumber(rate)]);
};

const power: TorchWord = (inputs, node, context) => {
  const { exponent } = node.operator.attributes;
  const [base, other] = inputs.map((code, i) => value(code, node.inputs[i], context));
  const above = exponent === undefined ? inside(other, binding.sign) : pythonNumber(Number(exponent));
  return { text: `${inside(base, binding.atom)} ** ${above}`, binds: binding.power };
};

const slicing: TorchWord = (inputs, node, context) => {
  const { starts, ends } = node.operator.attributes;
  const [{ shape }] = node.inputs;
  const [from, to] = [context.lengths(numbersIn(starts)), context.lengths(numbersIn(ends))];
  const whole = context.lengths(shape);
  const parts = shape.map((_, axis) =>
    from[axis] === "0" && to[axis] === whole[axis] ? ":" : `${from[axis]}:${to[axis]}`,
  );
  const x = tensor(inputs[0], node.inputs[0], context);
  return shape.length === 0 ? x : atom(`${inside(x, binding.atom)}[${parts.join(", ")}]`);
};

/** PyTorch's list begins with the last axis. */
const padding: TorchWord = (inputs, node, context) => {
  const [before, after] = [node.operator.attributes.before, node.operator.attributes.after].map(numbersIn);
  const x = tensor(inputs[0], node.inputs[0], context);
  const widths = before.flatMap((count, axis) => [after[axis], count]).reverse();
  return widths.length === 0 ? x : call("F.pad", [x.text, tuple(widths.map(String))]);
};

const scattering: TorchWord = (inputs, node, context) => {
  const [updates, indices] = inputs.map((code, i) => tensor(code, node.inputs[i], context));
  const [, ...rest] = node.shape;
  const rows = `${inside(updates, binding.atom)}.reshape(${["-1", ...rest].join(", ")})`;
  const type = node.dtype === context.dtype ? [] : [`dtype=${torchTypes[node.dtype]}`];
  const none = call("x.new_zeros", [tuple(context.lengths(node.shape)), ...type]);
  return atom(`${none.text}.index_add(0, ${inside(indices, binding.atom)}.long().flatten(), ${rows})`);
};

const words: Readonly<Record<OperatorName, TorchWord>> = {
  less: comparison("<"),
  lessEqual: comparison("<="),
  greater: comparison(">"),
  greaterEqual: comparison(">="),
  equal: comparison("=="),
  notEqual: comparison("!="),
  where: ([condition, a, b], node, context) => {
    const [test, first, second] = node.inputs;
    const isTrue =
      condition.is === "condition"
        ? condition
        : comparison("!=")([condition, numberCode(0)], { ...node, inputs: [test, test] }, context);
    return call("torch.where", [isTrue.text, tensor(a, first, context).text, tensor(b, second, context).text]);
  },

  add: infix("+", binding.sum),
  sub: infix("-", binding.sum),
  mul: times,
  div: infix("/", binding.product),
  pow: power,
  neg: (inputs, node, context) => ({
    text: `-${inside(value(inputs[0], node.inputs[0], context), binding.sign)}`,
    binds: binding.sign,
  }),
  min: f("torch.minimum"),
  max: f("torch.maximum"),
  abs: f("torch.abs"),
  sign: f("torch.sign"),
  floor: f("torch.floor"),
  ceil: f("torch.ceil"),
  round: f("torch.round"),
  mod: f("torch.remainder"),
  clip: (inputs, node, context) => {
    const [x, ...bounds] = inputs.map((code, i) => (i === 0 ? tensor(code, node.inputs[i], context) : code));
    const areNumbers = bounds.every((code) => code.is === "number");
    return areNumbers
      ? call(
          "torch.clamp",
          [x, ...bounds].map(({ text }) => text),
        )
      : f("torch.clamp")(inputs, node, context);
  },

  sqrt: f("torch.sqrt"),
  exp: f("torch.exp"),
  expm1: f("torch.expm1"),
  log: f("torch.log"),
  log1p: f("torch.log1p"),
  sin: f("torch.sin"),
  cos: f("torch.cos"),
  tan: f("torch.tan"),
  asin: f("torch.asin"),
  acos: f("torch.acos"),
  atan: f("torch.atan"),
  atan2: f("torch.atan2"),
  sinh: f("torch.sinh"),
  cosh: f("torch.cosh"),
  tanh: f("torch.tanh"),
  sigmoid: f("torch.sigmoid"),
  softplus: f("F.softplus"),
  erf: f("torch.erf"),
  erfc: f("torch.erfc"),
  relu: f("torch.relu"),
  cast: (inputs, node, context) =>
    atom(`${inside(tensor(inputs[0], node.inputs[0], context), binding.atom)}.to(${torchTypes[node.dtype]})`),

  sum: reduction("torch.sum"),
  mean: reduction("torch.mean"),
  norm: reduction("torch.linalg.vector_norm", "torch.abs"),
  maxOf: reduction("torch.amax"),
  logSumExp: reduction("torch.logsumexp"),
  argmax: (inputs, node, context) =>
    atom(`${alongAxis("torch.argmax")(inputs, node, context).text}.to(${torchTypes[node.dtype]})`),
  softmax: alongAxis("torch.softmax"),
  logSoftmax: alongAxis("torch.log_softmax"),

  matmul: product,

  broadcastTo: method("expand", ({ shape }, context) => sizes(shape, context)),
  reshape: method("reshape", ({ shape }, context) => sizes(shape, context)),
  transpose: method("permute", (node) => axesOf(node).map(String)),
  slice: slicing,
  pad: padding,
  concat: (inputs, node, context) =>
    call("torch.cat", [
      tuple(inputs.map((code, i) => tensor(code, node.inputs[i], context).text)),
      `dim=${axisOf(node)}`,
    ]),

  conv2d: overImages("F.conv2d", 0),
  conv2dImages: derivativeOnly,
  conv2dKernels: derivativeOnly,
  maxPool: overImages("F.max_pool2d", Number.NEGATIVE_INFINITY),
  atMaxima: derivativeOnly,
  toMaxima: derivativeOnly,

  gather: (inputs, node, context) => {
    const [x, indices] = inputs.map((code, i) => inside(tensor(code, node.inputs[i], context), binding.atom));
    return atom(`${x}[${indices}.long()]`);
  },
  scatterAdd: scattering,
};

const numberCode = (given: number): Code => {
  const text = pythonNumber(given);
  return { text, binds: text.startsWith("-") ? binding.sign : binding.atom, is: "number" };
};

function constantCode(node: Constant, { dtype }: TorchContext): Code {
  const number = numberOf(node);
  if (number !== undefined) return numberCode(number);
  const type = node.dtype === dtype ? [] : [`dtype=${torchTypes[node.dtype]}`];
  return call("x.new_tensor", [pythonList(node.shape, node.value.data), ...type]);
}

/** Expressions in PyTorch. The stage's input is x, and the net's tensors are the module's. */
export const torchLanguage: Language<TorchContext> = {
  name: "PyTorch",
  words,
  input: ({ name, shape }, context) => {
    const rate = context.masks.get(name);
    if (rate !== undefined) return call(DROPOUT, [`x.new_ones(${tuple(context.lengths(shape))})`, pythonNumber(rate)]);
    return atom(name === "net_inputs" ? "x" : `self.${name}`);
  },
  constant: constantCode,
  tensor,
  assign: (name, text) => `${name} = ${text}`,
};
