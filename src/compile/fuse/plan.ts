import { type Application, type DType, type Expr, program, type Shape } from "../../expr/index.ts";
import type { Lanes } from "../../expr/lanes.ts";
import { divideByScalarsOnce } from "./reciprocals.ts";
import type { Reduction } from "./reductions.ts";
import { isVector, roleOf, vectorShape } from "./roles.ts";
import { checkSource, type Source } from "./source.ts";

/** An element-wise node, and how it is computed. */
export interface Step {
  readonly node: Application;
  readonly lanes: Lanes;
}

/** A number that a sweep gathers from all elements. */
export interface Total {
  readonly node: Application;
  readonly reduction: Reduction;
}

/** Values and their places. */
type Placed = readonly (readonly [Expr, number])[];

/** One loop over the vectors. */
export interface Sweep {
  readonly steps: readonly Step[];
  readonly totals: readonly Total[];
  /** What is loaded and what is stored: values, and their vectors' places in the plan. */
  readonly reads: Placed;
  readonly writes: Placed;
}

/**
 * A fused program: stages[0], sweeps[0], stages[1], sweeps[1], …, the last stage. A stage computes scalars, from inputs
 * and from totals of the sweeps before it. The last sweep alone stores: what others need of a vector they compute
 * again, which costs less than a pass through memory.
 */
export interface Plan {
  readonly dtype: DType;
  /** Names of the vectors: inputs in the order given, then results that are no inputs. The scalars likewise. */
  readonly vectors: readonly string[];
  readonly scalars: readonly string[];
  readonly stages: readonly (readonly Step[])[];
  readonly sweeps: readonly Sweep[];
  /** Where scalars are kept, counted in float64 numbers: first those that have names, then those that outlive a stage. */
  readonly cells: ReadonlyMap<Expr, number>;
  readonly cellCount: number;
  /** The scalar results and their cells. */
  readonly results: Placed;
}

export function planOf(source: Source): Plan {
  const { nodes, outputs } = program(divideByScalarsOnce(Object.values(source.outputs), source.dtype));
  const shape = vectorShape(nodes, outputs);
  checkSource(source, nodes, shape);
  const results = Object.keys(source.outputs).map((name, i) => ({ name, node: outputs[i] }));
  const [vectors, writes] = placed(source.vectors, results, (node) => node.shape.length > 0);
  const [scalars, scalarResults] = placed(source.scalars, results, (node) => node.shape.length === 0);
  const graph = graphOf(nodes, shape);
  const sweeps = sweepsOf(graph, vectors, writes);
  const stages = Array.from({ length: sweeps.length + 1 }, (_, k) =>
    graph.steps.filter(({ node }) => !graph.isVector(node) && graph.stage(node) === k),
  );
  const cells = cellsOf(graph, scalars, scalarResults, sweeps.length);
  const cellCount = Math.max(scalars.length, ...[...cells.values()].map((cell) => cell + 1));
  return { dtype: source.dtype, vectors, scalars, stages, sweeps, cells, cellCount, results: scalarResults };
}

/** The names of one kind, in order, and the results of that kind with their places among them. */
function placed(
  inputs: readonly string[],
  results: readonly { readonly name: string; readonly node: Expr }[],
  isKind: (node: Expr) => boolean,
): readonly [names: readonly string[], results: Placed] {
  const ofKind = results.filter(({ node }) => isKind(node));
  const names = [...new Set([...inputs, ...ofKind.map(({ name }) => name)])];
  return [names, ofKind.map(({ name, node }) => [node, names.indexOf(name)])];
}

interface Graph {
  readonly nodes: readonly Expr[];
  readonly steps: readonly Step[];
  readonly totals: readonly Total[];
  isVector(node: Expr): boolean;
  /** The sweeps that must be over before the node can be computed. */
  stage(node: Expr): number;
}

function graphOf(nodes: readonly Expr[], shape: Shape | undefined): Graph {
  const steps: Step[] = [];
  const totals: Total[] = [];
  const stages = new Map<Expr, number>();
  const stage = (node: Expr): number => stages.get(node) ?? 0;
  for (const node of nodes) {
    if (node.kind !== "apply") continue;
    const role = roleOf(node, shape);
    if (role.kind === "elementwise") steps.push({ node, lanes: role.lanes });
    if (role.kind === "total") totals.push({ node, reduction: role.reduction });
    stages.set(node, Math.max(...node.inputs.map(stage)) + (role.kind === "total" ? 1 : 0));
  }
  return { nodes, steps, totals, isVector: (node) => isVector(node, shape), stage };
}

function sweepsOf(graph: Graph, vectors: readonly string[], writes: Placed): Sweep[] {
  const ends = [...writes.map(([node]) => graph.stage(node)), ...graph.totals.map(({ node }) => graph.stage(node) - 1)];
  const count = Math.max(-1, ...ends) + 1;
  return Array.from({ length: count }, (_, k) => {
    const totals = graph.totals.filter(({ node }) => graph.stage(node) === k + 1);
    const stores = k === count - 1 ? writes : [];
    const needed = ancestors(graph, [...totals.flatMap(({ node }) => node.inputs), ...stores.map(([node]) => node)]);
    const loads = [...needed].flatMap((x) => (x.kind === "input" ? [[x, vectors.indexOf(x.name)] as const] : []));
    return { steps: graph.steps.filter(({ node }) => needed.has(node)), totals, reads: loads, writes: stores };
  });
}

/** The vectors that these are made of, themselves included. */
function ancestors(graph: Graph, roots: readonly Expr[]): ReadonlySet<Expr> {
  const found = new Set(roots.filter(graph.isVector));
  for (const node of graph.nodes.toReversed())
    if (node.kind === "apply" && found.has(node)) for (const x of node.inputs) if (graph.isVector(x)) found.add(x);
  return found;
}

/** Named scalars have the first cells, in order. Then come totals, and what is used after the stage that computes it. */
function cellsOf(graph: Graph, names: readonly string[], results: Placed, lastStage: number): Map<Expr, number> {
  const outlives = new Set<Expr>(graph.totals.map(({ node }) => node));
  for (const node of graph.nodes)
    if (node.kind === "apply")
      for (const x of node.inputs)
        if (!graph.isVector(x) && (graph.isVector(node) || graph.stage(node) !== graph.stage(x))) outlives.add(x);
  for (const [node] of results) if (graph.stage(node) !== lastStage) outlives.add(node);
  const cells = new Map<Expr, number>();
  for (const node of graph.nodes)
    if (node.kind === "input" && !graph.isVector(node)) cells.set(node, names.indexOf(node.name));
  let next = names.length;
  for (const node of outlives) if (node.kind === "apply") cells.set(node, next++);
  return cells;
}
