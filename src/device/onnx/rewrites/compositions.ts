import { int, type OnnxAttribute, type OnnxGraph } from "../../../expr/index.ts";

/** Appends nodes that compute what a runtime's missing one would. */
type Composition = (
  graph: OnnxGraph,
  inputs: readonly string[],
  attributes: Readonly<Record<string, OnnxAttribute>>,
) => string;

/** How nodes are composed of others, for runtimes that lack them. */
export const compositions: Readonly<Record<string, Composition>> = {
  /** 1, −1, or x itself, which is then 0 or NaN. */
  Sign: (graph, [x]) => {
    const below = graph.node("Where", [graph.node("Less", [x, graph.number(0)]), graph.number(-1), x]);
    return graph.node("Where", [graph.node("Greater", [x, graph.number(0)]), graph.number(1), below]);
  },

  /** ⌊x⌋, or the number above it where that is nearer, or as near and even. */
  Round: (graph, [x]) => {
    const below = graph.node("Floor", [x]);
    const above = graph.node("Add", [below, graph.number(1)]);
    const rest = graph.node("Sub", [x, below]);
    const half = graph.node("Mul", [below, graph.number(0.5)]);
    const isOdd = graph.node("Less", [graph.node("Floor", [half]), half]);
    const toEven = graph.node("Where", [isOdd, above, below]);
    const halfway = graph.node("Where", [graph.node("Equal", [rest, graph.number(0.5)]), toEven, below]);
    return graph.node("Where", [graph.node("Greater", [rest, graph.number(0.5)]), above, halfway]);
  },

  /** x − m − log Σe^(x − m), m the largest x. */
  LogSoftmax: (graph, [x], { axis }) => {
    const axes = graph.ints("int" in axis ? [axis.int] : [-1]);
    const over = (type: string, y: string): string => graph.node(type, [y, axes], { keepdims: int(1) });
    const below = graph.node("Sub", [x, over("ReduceMax", x)]);
    return graph.node("Sub", [below, graph.node("Log", [over("ReduceSum", graph.node("Exp", [below]))])]);
  },

  /** a − b·trunc(a/b), as C's fmod; the quotient may be rounded across a whole number, which the last two lines repair. */
  Mod: (graph, [a, b]) => {
    const quotient = graph.node("Div", [a, b]);
    const isBelow = graph.node("Less", [quotient, graph.number(0)]);
    const whole = graph.node("Where", [isBelow, graph.node("Ceil", [quotient]), graph.node("Floor", [quotient])]);
    const rest = graph.node("Sub", [a, graph.node("Mul", [b, whole])]);
    const size = graph.node("Abs", [b]);
    const ofA = graph.node("Where", [graph.node("Less", [a, graph.number(0)]), graph.node("Neg", [size]), size]);
    const beyond = graph.node("Less", [graph.node("Mul", [rest, ofA]), graph.number(0)]);
    const raised = graph.node("Where", [beyond, graph.node("Add", [rest, ofA]), rest]);
    const isWhole = graph.node("GreaterOrEqual", [graph.node("Abs", [raised]), size]);
    return graph.node("Where", [isWhole, graph.node("Sub", [raised, ofA]), raised]);
  },

  Or: (graph, [a, b]) => graph.node("Not", [graph.node("And", [graph.node("Not", [a]), graph.node("Not", [b])])]),

  /** One of them, but not both. */
  Xor: (graph, [a, b]) => graph.node("And", [graph.node("Or", [a, b]), graph.node("Not", [graph.node("And", [a, b])])]),
};
