import { type Application, type Expr, int, sameShape } from "../../../expr/index.ts";
import type { GraphBuilder } from "../graph.ts";

/** A matrix product plus a tensor that broadcasts to it: A·B + C. */
export interface BiasedProduct {
  readonly product: Application;
  readonly bias: Expr;
}

/** The sums that one `Gemm` can compute together with a product that is used nowhere else. */
export function biasedProducts(nodes: readonly Expr[], outputs: readonly Expr[]): Map<Expr, BiasedProduct> {
  const uses = countUses(nodes, outputs);
  const found = new Map<Expr, BiasedProduct>();
  for (const node of nodes) {
    if (node.kind !== "apply" || node.operator.name !== "add") continue;
    const [a, b] = node.inputs;
    for (const [product, bias] of [
      [a, b],
      [b, a],
    ])
      if (isProduct(product) && uses.get(product) === 1 && sameShape(product.shape, node.shape) && !found.has(node))
        found.set(node, { product, bias });
  }
  return found;
}

/** Appends A·B + C as one node. */
export function gemm(graph: GraphBuilder, { product }: BiasedProduct, inputs: readonly string[]): string {
  const { transposeA, transposeB } = product.operator.attributes;
  return graph.node("Gemm", inputs, { transA: int(Number(transposeA)), transB: int(Number(transposeB)) });
}

const isProduct = (x: Expr): x is Application =>
  x.kind === "apply" && x.operator.name === "matmul" && x.inputs.every((factor) => factor.shape.length === 2);

function countUses(nodes: readonly Expr[], outputs: readonly Expr[]): Map<Expr, number> {
  const uses = new Map<Expr, number>();
  const use = (x: Expr) => uses.set(x, (uses.get(x) ?? 0) + 1);
  for (const node of nodes) if (node.kind === "apply") node.inputs.forEach(use);
  outputs.forEach(use);
  return uses;
}
