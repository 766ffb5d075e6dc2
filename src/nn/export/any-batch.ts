import { cut } from "../../arguments/index.ts";
import { type Graph, type GraphNode, type Initializer, lower } from "../../device/onnx/index.ts";
import { type DType, type Expr, input } from "../../expr/index.ts";
import { cast } from "../../expr/operators/index.ts";
import type { Model } from "../model.ts";
import { outputsFor } from "../outputs.ts";

/** Names of the net's own input and output. */
export const [NET_INPUTS, NET_OUTPUTS] = ["net_inputs", "net_outputs"];

/** Two lengths of a batch that no tensor of a net has. */
export const STAND_INS = [1_000_003, 1_000_033] as const;

/** The error for a net whose graph differs for the two. */
export const countsExamples = ({ name }: Pick<Model, "name">): RangeError =>
  new RangeError(
    `${cut(name)}: a layer computes with the number of examples, so it cannot be exported for batches of any length; write it without x.shape[0]`,
  );

/**
 * The graph from a net's inputs to its outputs, for batches of any length. Expressions know only fixed lengths, so the graph is
 * built for two of them: where the two differ, and only in the shape of a Reshape, a −1 takes the length from the tensor.
 *
 * @throws RangeError for a net that depends on the length of the batch in another way
 */
export function graphForAnyBatch(model: Model, dtype: DType): Graph {
  const [one, other] = STAND_INS.map((length) => open(lower({ [NET_OUTPUTS]: outputs(model, length, dtype) }), length));
  if (JSON.stringify(comparable(one)) !== JSON.stringify(comparable(other))) throw countsExamples(model);
  return one;
}

function outputs(model: Model, length: number, dtype: DType): Expr {
  const inputs = input(NET_INPUTS, [length, ...model.inputShape], dtype);
  return cast(outputsFor(model, inputs, dtype), dtype);
}

/** Replaces the batch's length in the shapes that tensors are brought into. */
function open(graph: Graph, length: number): Graph {
  const opened = new Map<string, Initializer>();
  const shapes = new Map(graph.initializers.map((each) => [each.name, each]));
  const nodes = graph.nodes.map((node): GraphNode => {
    const shape = node.type === "Reshape" ? shapes.get(node.inputs[1]) : undefined;
    if (shape === undefined || !(shape.data instanceof BigInt64Array)) return node;
    const depends = [...shape.data].filter((n) => Number(n) % length === 0 && n !== 0n);
    if (depends.length !== 1) return node;
    const name = `${shape.name}_any`;
    const data = shape.data.map((n) => (n === depends[0] ? -1n : n));
    opened.set(name, { ...shape, name, data });
    return { ...node, inputs: [node.inputs[0], name] };
  });
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  return {
    ...graph,
    nodes,
    initializers: [...graph.initializers, ...opened.values()].filter(({ name }) => used.has(name)),
  };
}

/** What must not depend on the batch's length. */
const comparable = ({ nodes, initializers }: Graph) => [
  nodes,
  initializers.map(({ name, shape, data }) => [name, shape, Array.from(data, String)]),
];
