import { type Adjoint, join, pull } from "./live.ts";
import { constant, type Expr, input } from "./node.ts";
import { add } from "./operators/arithmetic.ts";
import { inType } from "./operators/cast.ts";
import { dot } from "./operators/linear.ts";
import { broadcastTo } from "./operators/reduction.ts";
import { inOrder } from "./program.ts";
import { sameShape, showShape } from "./shape.ts";

/**
 * The derivatives of a scalar with respect to each of `wrt`, as expressions of the same shapes, by one backward pass
 * over the graph (reverse accumulation). They can be differentiated again. A `wrt` on which the loss does not depend
 * gets zeros, as does a branch that is not taken, whatever its own derivative. Throws a RangeError if the loss is not a
 * scalar.
 */
export function grad(loss: Expr, wrt: readonly Expr[]): Expr[] {
  if (loss.shape.length > 0)
    throw new RangeError(
      `grad: the expression has shape ${showShape(loss.shape)}, but only a scalar has a gradient; reduce it (sum, mean) first`,
    );
  return pullBack(loss, constant(1, loss.dtype), wrt);
}

/**
 * The vector-Jacobian product: Σ adjointᵀ·∂output/∂x for each x of `wrt`, in its shape. Throws a RangeError unless the
 * adjoint has the output's shape.
 */
export function vjp(output: Expr, adjoint: Expr, wrt: readonly Expr[]): Expr[] {
  checkLike("vjp", "adjoint", adjoint, output);
  return pullBack(output, inType(adjoint, output.dtype), wrt);
}

function pullBack(output: Expr, seed: Expr, wrt: readonly Expr[]): Expr[] {
  const order = inOrder([output]);
  const same = oneNodePerName(wrt);
  const active = dependents(order, wrt, same);
  const adjoints = new Map<Expr, Adjoint>();
  if (active.has(same(output))) adjoints.set(same(output), { value: seed, live: null });
  for (const node of order.reverse()) {
    const adjoint = adjoints.get(node);
    if (adjoint === undefined || node.kind !== "apply") continue;
    for (const [i, x] of node.inputs.map(same).entries()) {
      const part = active.has(x) ? pull(adjoint, node, i, x) : null;
      if (part === null) continue;
      const known = adjoints.get(x);
      adjoints.set(x, known === undefined ? part : join(known, part));
    }
  }
  return wrt.map((x) => broadcastTo(adjoints.get(same(x))?.value ?? constant(0, x.dtype), x.shape));
}

/** Maps inputs of the same name to one node, however often `input(name)` was called. */
function oneNodePerName(wrt: readonly Expr[]): (node: Expr) => Expr {
  const named = new Map<string, Expr>();
  for (const node of wrt) if (node.kind === "input") named.set(node.name, node);
  return (node) => (node.kind === "input" ? (named.get(node.name) ?? node) : node);
}

/** The nodes that depend on any of `wrt`. */
function dependents(order: readonly Expr[], wrt: readonly Expr[], same: (node: Expr) => Expr): Set<Expr> {
  const active = new Set<Expr>(wrt.map(same));
  for (const node of order) if (node.kind === "apply" && node.inputs.some((x) => active.has(same(x)))) active.add(node);
  return active;
}

/**
 * The Hessian-vector product ∇²loss(x)·v, without the Hessian: the gradient of ∇loss(x)·v (Pearlmutter 1994). `x` and
 * `v` are lists of equal shapes, block by block, or a RangeError is thrown.
 */
export function hvp(loss: Expr, x: readonly Expr[], v: readonly Expr[]): Expr[] {
  if (x.length !== v.length)
    throw new RangeError(`hvp: ${x.length} parameters but ${v.length} directions; give one for each`);
  for (const [i, direction] of v.entries()) checkLike("hvp", `direction ${i}`, direction, x[i]);
  const slope = grad(loss, x)
    .map((g, i) => dot(g, v[i]))
    .reduce(add);
  return grad(slope, x);
}

/**
 * The Jacobian-vector product, the derivative of `output` along `v`, in the output's shape: the vjp is linear in its
 * adjoint u, and the derivative of u ↦ vjp(u)·v with respect to u is J·v. Throws a RangeError unless `x` and `v` have
 * equal shapes.
 */
export function jvp(output: Expr, x: readonly Expr[], v: readonly Expr[]): Expr {
  if (x.length !== v.length)
    throw new RangeError(`jvp: ${x.length} inputs but ${v.length} directions; give one for each`);
  for (const [i, direction] of v.entries()) checkLike("jvp", `direction ${i}`, direction, x[i]);
  const u = input("adjoint_of_jvp", output.shape, output.dtype);
  const slope = pullBack(output, u, x)
    .map((part, i) => dot(part, v[i]))
    .reduce(add);
  return pullBack(slope, constant(1, output.dtype), [u])[0];
}

function checkLike(operator: string, what: string, given: Expr, wanted: Expr): void {
  if (!sameShape(given.shape, wanted.shape))
    throw new RangeError(
      `${operator}: ${what} has shape ${showShape(given.shape)}; it must have ${showShape(wanted.shape)}`,
    );
}
