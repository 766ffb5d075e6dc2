import { type Expr, type Input, program, remember, showShape } from "../../expr/index.ts";
import { type Graph, GraphBuilder, type GraphNode } from "./graph.ts";
import { moveBroadcastsOut } from "./rewrites/broadcasts.ts";
import { biasedProducts, gemm } from "./rewrites/gemm.ts";
import { workOf } from "./work.ts";

/** A lowering that takes nodes over from the usual one. */
export interface OtherLowering {
  /** Whether it takes over the node; nodes come inputs first. */
  take(node: Expr): boolean;
  /** The name of the value of a node that it took, as the usual lowering reads it. */
  plain(node: Expr): string;
}

/** Begins such a lowering, from the names of the nodes that it did not take and the users of each node. */
export type Takeover = (
  graph: GraphBuilder,
  names: Map<Expr, string>,
  users: ReadonlyMap<Expr, readonly Expr[]>,
) => OtherLowering;

/**
 * Lowers named expressions to a graph of standard ONNX operators. Its inputs are those that the results depend on.
 * Throws a RangeError if two tensors have the same name.
 *
 * @param lacking what the runtime lacks, which is composed of other nodes
 * @param takeover lowers some nodes otherwise, by operators that only the runtime itself has
 */
export function lower(
  outputs: Readonly<Record<string, Expr>>,
  lacking?: ReadonlySet<string>,
  takeover: Takeover | null = null,
): Graph {
  const names = Object.keys(outputs);
  if (names.length === 0) throw new RangeError("a program needs an output; none were given");
  const { nodes, outputs: results } = moveBroadcastsOut(program(Object.values(outputs)));
  const inputs = nodes.filter((node): node is Input => node.kind === "input");
  checkNames(inputs, names);
  const graph = new GraphBuilder([...inputs.map((x) => x.name), ...names], lacking);
  const values = lowerNodes(graph, nodes, results, takeover);
  const needed = neededFor(values, graph.nodes);
  const wanted = new Set([...values, ...needed.flatMap((node) => node.inputs)]);
  return {
    inputs: inputs.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
    outputs: results.map(({ shape, dtype }, k) => ({ name: names[k], shape, dtype })),
    nodes: nameOutputs(needed, values, names),
    initializers: graph.initializers.filter(({ name }) => wanted.has(name)),
    work: workOf(nodes),
    hasFloat64: graph.hasFloat64,
  };
}

/** Appends all nodes and returns the names of the results. */
function lowerNodes(
  graph: GraphBuilder,
  nodes: readonly Expr[],
  results: readonly Expr[],
  takeover: Takeover | null,
): string[] {
  const names = new Map<Expr, string>();
  const other = takeover?.(graph, names, usersOf(nodes, results));
  const nameOf = (node: Expr): string => names.get(node) ?? other?.plain(node) ?? "";
  const biased = biasedProducts(nodes, results);
  const inSums = new Set<Expr>([...biased.values()].map(({ product }) => product));
  for (const node of nodes) {
    const sum = biased.get(node);
    if (sum !== undefined) names.set(node, gemm(graph, sum, [...sum.product.inputs, sum.bias].map(nameOf)));
    else if (!inSums.has(node) && !other?.take(node))
      names.set(
        node,
        graph.shaped(graph.lower(node, node.kind === "apply" ? node.inputs.map(nameOf) : []), node.shape),
      );
  }
  return results.map((result) => graph.asNumbers(nameOf(result)));
}

/** The nodes that use each node; a result counts as one more. */
function usersOf(nodes: readonly Expr[], results: readonly Expr[]): Map<Expr, Expr[]> {
  const users = new Map<Expr, Expr[]>();
  const use = (x: Expr, user: Expr): void => {
    remember(users, x, () => []).push(user);
  };
  for (const node of nodes) if (node.kind === "apply") for (const x of node.inputs) use(x, node);
  for (const result of results) use(result, result);
  return users;
}

/** The nodes on which values depend: of a value that was reshaped again, the first shape is in vain. */
function neededFor(values: readonly string[], nodes: readonly GraphNode[]): GraphNode[] {
  const wanted = new Set(values);
  const needed = nodes.toReversed().filter(({ output, second = output, inputs }) => {
    const isWanted = wanted.has(output) || wanted.has(second);
    if (isWanted) for (const name of inputs) wanted.add(name);
    return isWanted;
  });
  return needed.reverse();
}

/** Renames the results to the outputs' names; an input, a constant or a repeated result is copied. */
function nameOutputs(nodes: readonly GraphNode[], values: readonly string[], names: readonly string[]): GraphNode[] {
  const computed = new Set(nodes.map((node) => node.output));
  const renamed = new Map<string, string>();
  const copies: GraphNode[] = [];
  for (const [k, value] of values.entries())
    if (computed.has(value) && !renamed.has(value)) renamed.set(value, names[k]);
    else copies.push({ type: "Identity", inputs: [value], output: names[k], attributes: {} });
  const final = (name: string): string => renamed.get(name) ?? name;
  return [...nodes, ...copies].map((node) => ({
    ...node,
    inputs: node.inputs.map(final),
    output: final(node.output),
  }));
}

function checkNames(inputs: readonly Input[], outputs: readonly string[]): void {
  const known = new Map<string, Input>();
  for (const input of inputs) {
    const other = known.get(input.name);
    if (other !== undefined)
      throw new RangeError(`two inputs are called ${input.name}: ${showInput(other)} and ${showInput(input)}`);
    known.set(input.name, input);
  }
  for (const name of outputs) {
    const input = known.get(name);
    if (name === "") throw new RangeError("an output's name is empty");
    if (input !== undefined) throw new RangeError(`the name ${name} is both an input's and an output's`);
  }
}

const showInput = ({ shape, dtype }: Input): string => `${dtype} of shape ${showShape(shape)}`;
