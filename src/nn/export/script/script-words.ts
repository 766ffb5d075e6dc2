import { type Application, type Attribute, numberOf } from "../../../expr/index.ts";
import { atom, type Context, call, type Language, type OperatorName, type Word } from "../code/statements.ts";
import { isPlainName } from "../code/written-model.ts";
import type { Called } from "./script-source.ts";

/** Collects what the code calls. */
export interface ScriptContext extends Context {
  readonly called: Set<Called>;
}

type ScriptWord = Word<ScriptContext>;

/** A call of a function of that name, with the operator's attributes after its operands. */
const f =
  (name: Called, settings: (node: Application, context: Context) => readonly string[] = () => []): ScriptWord =>
  (inputs, node, context) => {
    context.called.add(name);
    return call(name, [...inputs.map(({ text }) => text), ...settings(node, context)]);
  };

const listed = (items: readonly string[]): string => `[${items.join(", ")}]`;

const attributes =
  (...names: readonly string[]) =>
  ({ operator }: Application): readonly string[] =>
    names.map((name) => attributeText(operator.attributes[name]));

const attributeText = (value: Attribute): string =>
  typeof value === "object" ? listed(value.map(String)) : String(value);

const lengths =
  (name: string) =>
  ({ operator }: Application, context: Context): readonly string[] => {
    const shape = operator.attributes[name];
    return [listed(typeof shape === "object" ? context.lengths(shape) : [])];
  };

const reduction = (name: Called): ScriptWord => f(name, attributes("axes", "keepdims"));

/** The settings of windows over images, as one object. */
const windows = ({ operator }: Application): string => {
  const given = Object.entries(operator.attributes).filter(([name]) => name !== "shape");
  return `{ ${given.map(([name, value]) => `${name}: ${attributeText(value)}`).join(", ")} }`;
};
const overImages = (name: Called): ScriptWord => f(name, (node) => [windows(node)]);
const ofShape = (name: Called): ScriptWord =>
  f(name, (node, context) => [...lengths("shape")(node, context), windows(node)]);

const words: Readonly<Record<OperatorName, ScriptWord>> = {
  less: f("less"),
  lessEqual: f("lessEqual"),
  greater: f("greater"),
  greaterEqual: f("greaterEqual"),
  equal: f("equal"),
  notEqual: f("notEqual"),
  where: f("where"),

  add: f("add"),
  sub: f("sub"),
  mul: f("mul"),
  div: f("div"),
  pow: f(
    "pow",
    ({
      operator: {
        attributes: { exponent },
      },
    }) => (exponent === undefined ? [] : [String(exponent)]),
  ),
  neg: f("neg"),
  min: f("min"),
  max: f("max"),
  abs: f("abs"),
  sign: f("sign"),
  floor: f("floor"),
  ceil: f("ceil"),
  round: f("round"),
  mod: f("mod"),
  clip: f("clip"),

  sqrt: f("sqrt"),
  exp: f("exp"),
  expm1: f("expm1"),
  log: f("log"),
  log1p: f("log1p"),
  sin: f("sin"),
  cos: f("cos"),
  tan: f("tan"),
  asin: f("asin"),
  acos: f("acos"),
  atan: f("atan"),
  atan2: f("atan2"),
  sinh: f("sinh"),
  cosh: f("cosh"),
  tanh: f("tanh"),
  sigmoid: f("sigmoid"),
  softplus: f("softplus"),
  erf: f("erf"),
  erfc: f("erfc"),
  relu: f("relu"),
  cast: ([x]) => x,

  sum: reduction("sum"),
  mean: reduction("mean"),
  norm: reduction("norm"),
  maxOf: reduction("maxOf"),
  logSumExp: reduction("logSumExp"),
  argmax: f("argmax", ({ operator }) => [listed([String(operator.attributes.axis)])]),
  softmax: f("softmax", attributes("axis")),
  logSoftmax: f("logSoftmax", attributes("axis")),

  matmul: f(
    "matmul",
    ({
      operator: {
        attributes: { transposeA, transposeB },
      },
    }) => (transposeA === 0 && transposeB === 0 ? [] : [String(transposeA === 1), String(transposeB === 1)]),
  ),

  broadcastTo: f("broadcastTo", lengths("shape")),
  reshape: f("reshape", lengths("shape")),
  transpose: f("transpose", attributes("axes")),
  slice: f("slice", (node, context) => [...lengths("starts")(node, context), ...lengths("ends")(node, context)]),
  pad: f("pad", attributes("before", "after")),
  concat: (inputs, node, context) => {
    context.called.add("concat");
    return call("concat", [listed(inputs.map(({ text }) => text)), String(node.operator.attributes.axis)]);
  },

  conv2d: overImages("conv2d"),
  conv2dImages: ofShape("conv2dImages"),
  conv2dKernels: ofShape("conv2dKernels"),
  maxPool: overImages("maxPool"),
  atMaxima: overImages("atMaxima"),
  toMaxima: overImages("toMaxima"),

  gather: f("gather"),
  scatterAdd: f("scatterAdd", lengths("shape")),
};

/** Expressions as calls of functions of tensors, { shape, data }. The stage's input is x, the net's tensors are in w. */
export const scriptLanguage: Language<ScriptContext> = {
  name: "JavaScript",
  words,
  input: ({ name }) => atom(name === "net_inputs" ? "x" : memberOf("w", name)),
  constant: (node) => {
    const number = numberOf(node);
    if (number !== undefined) return atom(numberText(number));
    return atom(
      `{ shape: ${listed(node.shape.map(String))}, data: ${listed(Array.from(node.value.data, numberText))} }`,
    );
  },
  tensor: (code) => code,
  assign: (name, text) => `${name === "x" ? "" : "const "}${name} = ${text};`,
};

const numberText = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

export const memberOf = (object: string, name: string): string =>
  isPlainName(name) ? `${object}.${name}` : `${object}[${JSON.stringify(name)}]`;
