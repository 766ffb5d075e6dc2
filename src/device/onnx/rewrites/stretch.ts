import {
  type Application,
  broadcastTo,
  type Expr,
  type Program,
  program,
  reshape,
  sizeOf,
} from "../../../expr/index.ts";

/** Operators that only rearrange: of equal numbers they make equal numbers. */
const REARRANGING = new Set(["reshape", "transpose", "slice", "broadcastTo"]);

/**
 * Moves broadcasting outwards, as far as it goes: what is computed element by element from stretched tensors is
 * computed before they are stretched, and operators that broadcast by themselves get the unstretched tensor. Derivatives
 * of sums and means are full of such tensors; no `Expand` is left but where one is needed. Values stay the same to the
 * last bit.
 */
export function unstretch({ nodes, outputs }: Program): Program {
  const moved = new Map<Expr, Expr>();
  const at = (node: Expr): Expr => moved.get(node) ?? node;
  for (const node of nodes) moved.set(node, node.kind === "apply" ? unstretchOne(node, node.inputs.map(at)) : node);
  return program(outputs.map(at));
}

function unstretchOne(node: Application, inputs: readonly Expr[]): Expr {
  if (node.operator.lanes !== null) return elementwise(node, inputs.map(unstretched));
  const [x] = inputs;
  if (REARRANGING.has(node.operator.name) && sizeOf(node.shape) > 0) {
    const thin = unstretched(x);
    if (sizeOf(thin.shape) === 1) return broadcastTo(reshape(thin, []), node.shape);
    if (node.operator.name === "broadcastTo") return broadcastTo(thin, node.shape);
  }
  return { ...node, inputs };
}

/** The operator on unstretched inputs; what they do not stretch to by themselves, the result is stretched to. */
function elementwise(node: Application, inputs: readonly Expr[]): Expr {
  const shape = node.operator.shape(inputs.map((x) => x.shape));
  return broadcastTo({ ...node, inputs, shape }, node.shape);
}

const unstretched = (x: Expr): Expr => (x.kind === "apply" && x.operator.name === "broadcastTo" ? x.inputs[0] : x);
