import {
  type Application,
  type Expr,
  type Lanes,
  program,
  type Shape,
  sameShape,
  showShape,
  sizeOf,
} from "../../expr/index.ts";
import { type Reduction, reductionNamed } from "./reductions.ts";

/** A node's role in a loop over vectors. */
export type Role =
  | { readonly kind: "leaf" }
  /** An element computed from one element of each input. */
  | { readonly kind: "elementwise"; readonly lanes: Lanes }
  /** A scalar computed from all elements of a vector. */
  | { readonly kind: "total"; readonly reduction: Reduction }
  | { readonly kind: "obstacle"; readonly reason: string };

/** Whether expressions can be fused: they must be element-wise over scalars and vectors of one shape, or totals of these. */
export function isFusable(outputs: Readonly<Record<string, Expr>>): boolean {
  const { nodes, outputs: results } = program(Object.values(outputs));
  const vectors = vectorShape(nodes, results);
  return (
    nodes.every((node) => roleOf(node, vectors).kind !== "obstacle") &&
    results.every(({ shape }) => isResultShape(shape, vectors))
  );
}

/** A result is a scalar, or a vector of the common shape. */
export const isResultShape = (shape: Shape, vectors: Shape | undefined): boolean =>
  shape.length === 0 || (vectors !== undefined && sameShape(shape, vectors));

/** The vectors' shape: that of the first input, or else output, that is not a scalar. Undefined if all are scalars. */
export function vectorShape(nodes: readonly Expr[], outputs: readonly Expr[]): Shape | undefined {
  const inputs = nodes.filter((node) => node.kind === "input");
  return [...inputs, ...outputs].find((node) => node.shape.length > 0)?.shape;
}

/** Whether a node has a value for each element. Constants have one for all. */
export const isVector = (node: Expr, vectors: Shape | undefined): boolean =>
  vectors !== undefined && node.kind !== "constant" && sameShape(node.shape, vectors);

export function roleOf(node: Expr, vectors: Shape | undefined): Role {
  const fits = isVector(node, vectors) || (node.kind === "input" ? node.shape.length === 0 : sizeOf(node.shape) === 1);
  const role = !fits ? undefined : node.kind === "apply" ? applicationRole(node, vectors) : ({ kind: "leaf" } as const);
  return role ?? { kind: "obstacle", reason: obstacle(node, vectors) };
}

/** The inputs' roles have been checked before. */
function applicationRole(node: Application, vectors: Shape | undefined): Role | undefined {
  const { operator } = node;
  const [from, to] = [node.inputs[0], node].map((x) => isVector(x, vectors));
  const reduction = reductionNamed(operator.name);
  if (operator.lanes !== null) return { kind: "elementwise", lanes: operator.lanes };
  if (reduction !== undefined && !to) return from ? { kind: "total", reduction } : elementwise(reduction.ofOne);
  if (stretching.includes(operator.name) && (to || !from)) return elementwise({ kind: "same" });
  return undefined;
}

const elementwise = (lanes: Lanes): Role => ({ kind: "elementwise", lanes });

/** Operators that change no element if the shapes before and after are scalar or the vectors' own. */
const stretching = ["broadcastTo", "reshape"];

function obstacle(node: Expr, vectors: Shape | undefined): string {
  const what = node.kind === "apply" ? node.operator.name : node.kind === "input" ? `input ${node.name}` : "a constant";
  const where = vectors === undefined ? "all inputs are scalars" : `the vectors have shape ${showShape(vectors)}`;
  return `${what} of shape ${showShape(node.shape)} is not element-wise: ${where}`;
}
