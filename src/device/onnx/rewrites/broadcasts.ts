import {
  type Application,
  broadcastTo,
  type Expr,
  type Program,
  program,
  reshape,
  sizeOf,
} from "../../../expr/index.ts";

/** Operators that only rearrange elements. */
const REARRANGING = new Set(["reshape", "transpose", "slice", "broadcastTo"]);

/**
 * Moves broadcasts towards the outputs, as far as possible: element-wise operators compute on tensors before they are
 * broadcast, and operators that broadcast by themselves get the tensor without it. Derivatives of sums and means are full of
 * broadcasts; only necessary `Expand` nodes remain. Values stay the same to the last bit.
 */
export function moveBroadcastsOut({ nodes, outputs }: Program): Program {
  const moved = new Map<Expr, Expr>();
  const at = (node: Expr): Expr => moved.get(node) ?? node;
  for (const node of nodes) moved.set(node, node.kind === "apply" ? moveOut(node, node.inputs.map(at)) : node);
  return program(outputs.map(at));
}

function moveOut(node: Application, inputs: readonly Expr[]): Expr {
  if (node.operator.lanes !== null) return elementwise(node, inputs.map(withoutBroadcast));
  const [x] = inputs;
  if (REARRANGING.has(node.operator.name) && sizeOf(node.shape) > 0) {
    const thin = withoutBroadcast(x);
    if (sizeOf(thin.shape) === 1) return broadcastTo(reshape(thin, []), node.shape);
    if (node.operator.name === "broadcastTo") return broadcastTo(thin, node.shape);
  }
  return { ...node, inputs };
}

/** The operator on inputs without their broadcasts; the result is broadcast if its shape is then too small. */
function elementwise(node: Application, inputs: readonly Expr[]): Expr {
  const shape = node.operator.shape(inputs.map((x) => x.shape));
  return broadcastTo({ ...node, inputs, shape }, node.shape);
}

const withoutBroadcast = (x: Expr): Expr => (x.kind === "apply" && x.operator.name === "broadcastTo" ? x.inputs[0] : x);
