import type { Application, Expr, Lanes, Shape } from "../../expr/index.ts";
import type { Reduction } from "./reductions.ts";
import { isVector, roleOf } from "./roles.ts";

/** An element-wise node, and how it is computed. */
export interface Step {
  readonly node: Application;
  readonly lanes: Lanes;
}

/** A scalar that a sweep accumulates over all elements. */
export interface Total {
  readonly node: Application;
  readonly reduction: Reduction;
}

/** A program's nodes in topological order, and their roles in loops over vectors. */
export interface Graph {
  readonly nodes: readonly Expr[];
  readonly steps: readonly Step[];
  readonly totals: readonly Total[];
  isVector(node: Expr): boolean;
  /** The number of sweeps that must be complete before the node can be computed. */
  stage(node: Expr): number;
}

export function graphOf(nodes: readonly Expr[], shape: Shape | undefined): Graph {
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

/**
 * The vectors on which these depend, including themselves; `known` ones are loaded, so their ancestors are left out.
 */
export function ancestors(
  graph: Graph,
  roots: readonly Expr[],
  known: (node: Expr) => boolean = () => false,
): ReadonlySet<Expr> {
  const found = new Set(roots.filter(graph.isVector));
  for (const node of graph.nodes.toReversed())
    if (node.kind === "apply" && found.has(node) && !known(node))
      for (const x of node.inputs) if (graph.isVector(x)) found.add(x);
  return found;
}
