import type { Expr } from "../../expr/index.ts";
import { ancestors, type Graph, type Step } from "./graph.ts";
import { isInlined } from "./values.ts";

/** A value to store: at the end of which sweep, and where. */
export interface Store {
  readonly node: Expr;
  readonly place: number;
  readonly sweep: number;
}

/** The vector values that a sweep handles. */
export interface Needs {
  /** All values that it computes or loads. */
  readonly nodes: ReadonlySet<Expr>;
  /** Values of earlier sweeps, and the vectors to load them from. */
  readonly loaded: ReadonlyMap<Expr, number>;
}

/** The values that each sweep needs for its totals and stores, back to values that are stored by then. */
export function needsOf(graph: Graph, count: number, stores: readonly Store[]): Needs[] {
  return Array.from({ length: count }, (_, k) => {
    const totals = graph.totals.filter(({ node }) => graph.stage(node) === k + 1);
    const roots = [
      ...totals.flatMap(({ node }) => node.inputs),
      ...stores.filter(({ sweep }) => sweep === k).map(({ node }) => node),
    ];
    const known = new Map(
      stores.filter(({ node, sweep }) => node.kind === "apply" && sweep < k).map((s) => [s.node, s]),
    );
    const nodes = ancestors(graph, roots, (node) => known.has(node));
    const loaded = [...known].filter(([node]) => nodes.has(node)).map(([node, { place }]) => [node, place] as const);
    return { nodes, loaded: new Map(loaded) };
  });
}

interface Layout {
  readonly count: number;
  /** All in the last sweep. */
  readonly stores: readonly Store[];
  readonly vectors: readonly string[];
  /** The index of a vector that may hold a value between sweeps. */
  readonly spare: number | undefined;
}

/**
 * Stores results in the first sweep that computes them, so that later ones load them; and in the spare vector a value for
 * which a later sweep would have to recompute roots, quotients or functions. Each change saves work and adds none, so their order
 * does not matter.
 */
export function earlierStores(graph: Graph, { count, stores, vectors, spare }: Layout): readonly Store[] {
  const plan = { graph, count, vectors };
  let latest = stores;
  for (;;) {
    const kept = spare === undefined || latest.some(({ place }) => place === spare);
    const next = storeResultEarlier(plan, latest) ?? (kept ? undefined : keepValue(plan, latest, spare));
    if (next === undefined) return latest;
    latest = next;
  }
}

interface Planning {
  readonly graph: Graph;
  readonly count: number;
  readonly vectors: readonly string[];
}

/** Moves one result's store to the first sweep that computes it, if its vector's old contents are not read after that. */
function storeResultEarlier(
  { graph, count, vectors }: Planning,
  stores: readonly Store[],
): readonly Store[] | undefined {
  const needs = needsOf(graph, count, stores);
  for (const store of stores) {
    if (store.node.kind !== "apply") continue;
    const sweep = needs.findIndex(({ nodes, loaded }) => nodes.has(store.node) && !loaded.has(store.node));
    if (sweep < 0 || sweep >= store.sweep) continue;
    const moved = stores.map((other) => (other === store ? { ...store, sweep } : other));
    const old = (node: Expr): boolean => node.kind === "input" && vectors[store.place] === node.name;
    const later = needsOf(graph, count, moved).slice(sweep + 1);
    if (later.every(({ nodes }) => ![...nodes].some(old))) return moved;
  }
  return undefined;
}

/** Stores one more value, in the first sweep that computes it, if that saves a later one an expensive computation. */
function keepValue({ graph, count }: Planning, stores: readonly Store[], place: number): readonly Store[] | undefined {
  const needs = needsOf(graph, count, stores);
  const computedIn = (node: Expr): number[] =>
    needs.flatMap(({ nodes, loaded }, k) => (nodes.has(node) && !loaded.has(node) ? [k] : []));
  for (const dear of graph.steps.filter(isExpensive)) {
    const [sweep, again] = computedIn(dear.node);
    if (again === undefined) continue;
    const shared = (node: Expr): boolean => computedIn(node).includes(sweep) && computedIn(node).includes(again);
    return [...stores, { node: carrierOf(graph, dear.node, needs[again].nodes, shared), place, sweep }];
  }
  return undefined;
}

/** Follows a value to the last one derived from it that both sweeps compute, stopping where the path forks. */
function carrierOf(graph: Graph, from: Expr, nodes: ReadonlySet<Expr>, shared: (node: Expr) => boolean): Expr {
  const users = graph.steps.filter(({ node }) => nodes.has(node) && node.inputs.includes(from)).map(({ node }) => node);
  const [user] = users;
  return users.length === 1 && shared(user) ? carrierOf(graph, user, nodes, shared) : from;
}

/** Whether a step takes longer than loading a value: quotients, roots, and functions that WebAssembly lacks. */
const isExpensive = ({ lanes }: Step): boolean =>
  (lanes.kind === "instruction" && (lanes.instruction === "div" || lanes.instruction === "sqrt")) ||
  (lanes.kind === "call" && !isInlined(lanes.name));
