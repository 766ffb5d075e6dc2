import { type Application, type Expr, inOrder } from "../../expr/index.ts";

/** Replaces each application by the result of `rewrite`, which gets the node and its rewritten inputs. */
export function rewriteApplications(
  outputs: readonly Expr[],
  rewrite: (node: Application, inputs: readonly Expr[]) => Expr,
): readonly Expr[] {
  const rewritten = new Map<Expr, Expr>();
  const latest = (x: Expr): Expr => rewritten.get(x) ?? x;
  for (const node of inOrder(outputs))
    if (node.kind === "apply") rewritten.set(node, rewrite(node, node.inputs.map(latest)));
  return outputs.map(latest);
}
