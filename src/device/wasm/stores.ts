import type { Expr } from "../../expr/index.ts";
import { ancestors, type Graph, type Step } from "./graph.ts";
import { isInlined } from "./values.ts";

/** A vector that is stored: at the end of which sweep, and where. */
export interface Store {
  readonly node: Expr;
  readonly place: number;
  readonly sweep: number;
}

/** What a sweep handles of the vectors. */
export interface Needs {
  /** All that it computes or loads. */
  readonly nodes: ReadonlySet<Expr>;
  /** Values of earlier sweeps, and the places that they are loaded from. */
  readonly loaded: ReadonlyMap<Expr, number>;
}

/** What each sweep needs: what its totals and its stores are made of, back to what is stored by then. */
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
  /** The place of a vector that may hold one value from one sweep to another. */
  readonly spare: number | undefined;
}

/**
 * Stores results in the first sweep that computes them, so that later ones load them; and in the spare place a value from
 * which a later sweep would have to take roots, quotients or functions again. Each step saves work and adds none, so the
 * order does not matter.
 */
export function earlierStores(graph: Graph, { count, stores, vectors, spare }: Layout): readonly Store[] {
  const plan = { graph, count, vectors };
  let latest = stores;
  for (;;) {
    const kept = spare === undefined || latest.some(({ place }) => place === spare);
    const next = resultEarlier(plan, latest) ?? (kept ? undefined : valueKept(plan, latest, spare));
    if (next === undefined) return latest;
    latest = next;
  }
}

interface Planning {
  readonly graph: Graph;
  readonly count: number;
  readonly vectors: readonly string[];
}

/** One result's store moved to the first sweep that computes it, if nobody reads its place from then on for what was there. */
function resultEarlier({ graph, count, vectors }: Planning, stores: readonly Store[]): readonly Store[] | undefined {
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

/** One value more stored, by the first sweep that computes it, from which a later one would compute something dear again. */
function valueKept({ graph, count }: Planning, stores: readonly Store[], place: number): readonly Store[] | undefined {
  const needs = needsOf(graph, count, stores);
  const computedIn = (node: Expr): number[] =>
    needs.flatMap(({ nodes, loaded }, k) => (nodes.has(node) && !loaded.has(node) ? [k] : []));
  for (const dear of graph.steps.filter(isDear)) {
    const [sweep, again] = computedIn(dear.node);
    if (again === undefined) continue;
    const shared = (node: Expr): boolean => computedIn(node).includes(sweep) && computedIn(node).includes(again);
    return [...stores, { node: carrierOf(graph, dear.node, needs[again].nodes, shared), place, sweep }];
  }
  return undefined;
}

/** Follows a value to the last one on its way that both sweeps compute: where that forks, the value before is the one. */
function carrierOf(graph: Graph, from: Expr, nodes: ReadonlySet<Expr>, shared: (node: Expr) => boolean): Expr {
  const users = graph.steps.filter(({ node }) => nodes.has(node) && node.inputs.includes(from)).map(({ node }) => node);
  const [user] = users;
  return users.length === 1 && shared(user) ? carrierOf(graph, user, nodes, shared) : from;
}

/** What takes longer than to load a number: quotients, roots, and functions that WebAssembly lacks. */
const isDear = ({ lanes }: Step): boolean =>
  (lanes.kind === "instruction" && (lanes.instruction === "div" || lanes.instruction === "sqrt")) ||
  (lanes.kind === "call" && !isInlined(lanes.name));
