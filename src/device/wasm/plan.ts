import { type DType, type Expr, program } from "../../expr/index.ts";
import { type Graph, graphOf, type Step, type Total } from "./graph.ts";
import { divideByScalarsOnce } from "./reciprocals.ts";
import { vectorShape } from "./roles.ts";
import { checkSource, type Source } from "./source.ts";
import { earlierStores, needsOf, type Store } from "./stores.ts";

/** Values and their vectors' indices. */
type Placed = readonly (readonly [Expr, number])[];

/** One loop over the vectors. */
export interface Sweep {
  readonly steps: readonly Step[];
  readonly totals: readonly Total[];
  /** The values to load and to store, with their vectors' indices in the plan. */
  readonly reads: Placed;
  readonly writes: Placed;
}

/**
 * A fused program: stages[0], sweeps[0], stages[1], sweeps[1], …, the last stage. A stage computes scalars from inputs and
 * from the totals of earlier sweeps.
 */
export interface Plan {
  readonly dtype: DType;
  /** Names of the vectors: inputs in the given order, then results that are not inputs. The same for scalars. */
  readonly vectors: readonly string[];
  readonly scalars: readonly string[];
  readonly stages: readonly (readonly Step[])[];
  readonly sweeps: readonly Sweep[];
  /** Whether there is a spare vector after the others, where a sweep keeps a value that a later one would recompute. */
  readonly keeps: boolean;
  /** Vectors that may serve as the spare one: inputs that are only read, and not after the spare is first written. */
  readonly lenders: readonly string[];
  /** The cells of scalars, as float64 indices: first named scalars, then those that outlive a stage. */
  readonly cells: ReadonlyMap<Expr, number>;
  readonly cellCount: number;
  /** The scalar results and their cells. */
  readonly results: Placed;
}

/**
 * How a program handles values that several sweeps need. `again`: recompute them; only the last sweep stores. `early`: store
 * results as soon as they are known, if the old contents are no longer needed. `spare`: also keep an expensive value in an
 * extra vector.
 */
export type Strategy = "again" | "early" | "spare";

export function planOf(source: Source, strategy: Strategy = "again"): Plan {
  const { nodes, outputs } = program(divideByScalarsOnce(Object.values(source.outputs), source.dtype));
  const shape = vectorShape(nodes, outputs);
  checkSource(source, nodes, shape);
  const results = Object.keys(source.outputs).map((name, i) => ({ name, node: outputs[i] }));
  const [vectors, writes] = indexResults(source.vectors, results, (node) => node.shape.length > 0);
  const [scalars, scalarResults] = indexResults(source.scalars, results, (node) => node.shape.length === 0);
  const graph = graphOf(nodes, shape);
  const count = sweepCount(graph, writes);
  const last = storesInLastSweep(count, writes);
  const spare = strategy === "spare" ? vectors.length : undefined;
  const stores = strategy === "again" ? last : earlierStores(graph, { count, stores: last, vectors, spare });
  const sweeps = sweepsOf(graph, count, vectors, stores);
  const stages = Array.from({ length: sweeps.length + 1 }, (_, k) =>
    graph.steps.filter(({ node }) => !graph.isVector(node) && graph.stage(node) === k),
  );
  const cells = cellsOf(graph, scalars, scalarResults, sweeps.length);
  const cellCount = Math.max(scalars.length, ...[...cells.values()].map((cell) => cell + 1));
  const kept = stores.find(({ place }) => place === spare);
  const lenders = kept === undefined ? [] : vectors.filter((_, place) => canServeAsSpare(place, kept, sweeps));
  const keeping = { keeps: kept !== undefined, lenders };
  return {
    dtype: source.dtype,
    vectors,
    scalars,
    stages,
    sweeps,
    ...keeping,
    cells,
    cellCount,
    results: scalarResults,
  };
}

/** Whether a vector is only read, and never after the value is first stored. */
const canServeAsSpare = (place: number, { sweep }: Store, sweeps: readonly Sweep[]): boolean =>
  sweeps.every(
    ({ reads, writes }, k) =>
      writes.every(([, at]) => at !== place) && (k <= sweep || reads.every(([, at]) => at !== place)),
  );

/** The names of one kind, in order, and the results of that kind with their places among them. */
function indexResults(
  inputs: readonly string[],
  results: readonly { readonly name: string; readonly node: Expr }[],
  isKind: (node: Expr) => boolean,
): readonly [names: readonly string[], results: Placed] {
  const ofKind = results.filter(({ node }) => isKind(node));
  const names = [...new Set([...inputs, ...ofKind.map(({ name }) => name)])];
  return [names, ofKind.map(({ name, node }) => [node, names.indexOf(name)])];
}

/** Stores all results in the last sweep. */
const storesInLastSweep = (count: number, writes: Placed): Store[] =>
  writes.map(([node, place]) => ({ node, place, sweep: count - 1 }));

/** The number of loops over the vectors: one for each total that waits for another, and one for the results. */
function sweepCount(graph: Graph, writes: Placed): number {
  const ends = [...writes.map(([node]) => graph.stage(node)), ...graph.totals.map(({ node }) => graph.stage(node) - 1)];
  return Math.max(-1, ...ends) + 1;
}

function sweepsOf(graph: Graph, count: number, vectors: readonly string[], stores: readonly Store[]): Sweep[] {
  return needsOf(graph, count, stores).map(({ nodes, loaded }, k) => ({
    steps: graph.steps.filter(({ node }) => nodes.has(node) && !loaded.has(node)),
    totals: graph.totals.filter(({ node }) => graph.stage(node) === k + 1),
    reads: [
      ...[...nodes].flatMap((x) => (x.kind === "input" ? [[x, vectors.indexOf(x.name)] as const] : [])),
      ...loaded,
    ],
    writes: stores.filter(({ sweep }) => sweep === k).map(({ node, place }) => [node, place]),
  }));
}

/** Named scalars have the first cells, in order. Then come totals, and values used after the stage that computes them. */
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
