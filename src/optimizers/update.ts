import { constant, type DType, type Expr, inOrder, input, type Operand, type Shape } from "../expr/index.ts";
import { add, broadcastTo, cast, div, equal, floor, mul, norm, sub, where } from "../expr/operators/index.ts";
import { assign, parseExpression, parseStatements } from "../expr/text/index.ts";
import type { RuleSpec } from "./rule-spec.ts";
import { hasSections, type Kind, kindOf, statementsFor } from "./sections.ts";

/** Names in scope of every rule: the parameters, their gradient, the step from 1, and the gradient's norm. */
export const SCOPE = ["w", "g", "t", "g_norm"] as const;

export const isGiven = (name: string): boolean => SCOPE.some((given) => given === name);

/** Additional names for matrices: their numbers of rows and columns. A rule's own declaration takes precedence. */
export const MATRIX_SCOPE = ["rows", "columns"] as const;

/** What is wrong with declaring a name that is in scope of every rule; undefined for other names. */
export const givenWords = (name: string): string | undefined =>
  isGiven(name) ? `${name} cannot be declared: every rule is given ${SCOPE.join(", ")}. Use a new name` : undefined;

/** The slot that sums gradients for gradient accumulation (`gradientsPerStep`). */
export const GRADIENT_SUM = "g_sum";

/** The slots with the expressions for their starting values. */
export function slotStarts({ slots = [], gradientsPerStep }: RuleSpec): Record<string, string> {
  const starts = isList(slots)
    ? slots.map((name) => [name, "0"])
    : Object.entries(slots).map(([name, start]) => [name, String(start)]);
  return Object.fromEntries(gradientsPerStep === undefined ? starts : [...starts, [GRADIENT_SUM, "0"]]);
}

const isList = (slots: NonNullable<RuleSpec["slots"]>): slots is readonly string[] => Array.isArray(slots);

/** The names of a rule's scalars as a program sees them: the step, hyper-parameters and scalar slots. */
export const scalarNames = (spec: RuleSpec): string[] => [
  "t",
  ...Object.keys(spec.hyper),
  ...Object.keys(spec.scalars ?? {}),
];

/** A rule's formulas as expressions over tensors of one shape. */
export interface Update {
  /** New values by name: w, the slots and the scalars that the rule assigns. */
  readonly outputs: Readonly<Record<string, Expr>>;
  /** The norm of the whole gradient, if the rule uses it. */
  readonly gradientNorm?: Expr;
}

export interface UpdateOptions {
  /** Count 0/0 as 0: with eps = 0, a weight that never had a gradient then stays unchanged. */
  readonly zeroSafe?: boolean;
  /** Take the gradient's norm as an input, the scalar g_norm, since this tensor is only a part of w. */
  readonly givenNorm?: boolean;
  /** The type of the vectors; computation is in float64 in any case. Default f64. */
  readonly dtype?: DType;
}

/** A rule's update for tensors of the given shape, in float64; the compiler chooses the types. */
export function bindUpdate(
  spec: RuleSpec,
  shape: Shape,
  { zeroSafe = false, givenNorm = false, dtype = "f64" }: UpdateOptions = {},
): Update {
  const scope = scopeOf(spec, shape, dtype);
  const g = scope.get("g") ?? input("g", shape);
  const accumulated = spec.gradientsPerStep === undefined ? undefined : accumulation(scope, g, spec.gradientsPerStep);
  const inner = new Map(scope);
  if (accumulated !== undefined) inner.set("g", accumulated.mean).set("t", accumulated.t);
  const gradientNorm = norm(accumulated?.mean ?? g);
  inner.set("g_norm", givenNorm ? input("g_norm") : gradientNorm);
  const kind = kindOf(shape);
  for (const [axis, name] of MATRIX_SCOPE.entries())
    if (kind === "matrices" && !inner.has(name)) inner.set(name, constant(shape[axis]));
  const after = assign(statementsFor(kind, spec.update), inner);

  const outputs: Record<string, Expr> = {};
  const kept = ["w", ...Object.keys(slotStarts(spec)), ...Object.keys(spec.scalars ?? {})];
  for (const name of kept) {
    const [before, now] = [scope.get(name), after.get(name)];
    if (before === undefined || now === undefined || now === before) continue;
    const next = accumulated === undefined ? now : where(accumulated.due, now, before);
    // Assigning a number to a vector fills it.
    outputs[name] = next.shape.length === 0 ? broadcastTo(next, before.shape) : next;
  }
  if (accumulated !== undefined) outputs[GRADIENT_SUM] = where(accumulated.due, 0, accumulated.sum);
  const end = assign(parseStatements(spec.always ?? ""), new Map([...scope, ...Object.entries(outputs)]));
  for (const name of kept) {
    const [before, now] = [scope.get(name), end.get(name)];
    if (now !== undefined && now !== before) outputs[name] = now;
  }
  const ready = zeroSafe
    ? Object.fromEntries(Object.entries(outputs).map(([name, x]) => [name, withZeroOverZero(x)]))
    : outputs;
  const asksNorm = inOrder(Object.values(outputs)).includes(inner.get("g_norm") ?? g);
  return asksNorm ? { outputs: ready, gradientNorm } : { outputs: ready };
}

function scopeOf(spec: RuleSpec, shape: Shape, dtype: DType = "f64"): Map<string, Expr> {
  const vectors = ["w", "g", ...Object.keys(slotStarts(spec))];
  return new Map([
    ...vectors.map((name): [string, Expr] => [name, cast(input(name, shape, dtype), "f64")]),
    ...scalarNames(spec).map((name): [string, Expr] => [name, input(name)]),
  ]);
}

/** The gradient whose norm is a rule's `g_norm`: of the whole w, and with gradient accumulation the mean. */
export function meanGradient(spec: RuleSpec, shape: Shape): Expr {
  const scope = scopeOf(spec, shape);
  const g = scope.get("g") ?? input("g", shape);
  return spec.gradientsPerStep === undefined ? g : accumulation(scope, g, spec.gradientsPerStep).mean;
}

/** Gradient accumulation: every k-th call takes a step with the mean of k gradients, and the rule's own step count is t/k. */
function accumulation(
  scope: ReadonlyMap<string, Expr>,
  g: Expr,
  gradientsPerStep: string,
): { due: Expr; mean: Expr; sum: Expr; t: Expr } {
  const at = (name: string): Operand => scope.get(name) ?? 0;
  const [t, k] = [at("t"), at(gradientsPerStep)];
  const sum = add(at(GRADIENT_SUM), g);
  const steps = div(t, k);
  return { due: equal(sub(t, mul(k, floor(steps))), 0), mean: div(sum, k), sum, t: steps };
}

/**
 * A rule's look-ahead point or average, as an expression over the same scope. With gradient accumulation t counts the rule's steps:
 * `whole` rounds a fraction to the current step (ceil) or the last one taken (floor).
 */
export function bindPoint(spec: RuleSpec, text: string, shape: Shape, whole: (steps: Operand) => Expr): Expr {
  const scope = scopeOf(spec, shape);
  if (spec.gradientsPerStep !== undefined) scope.set("t", whole(div(input("t"), input(spec.gradientsPerStep))));
  return parseExpression(text, scope);
}

/** The starting value of a slot, from w and the hyper-parameters. */
export function bindStart(spec: RuleSpec, text: string, shape: Shape): Expr {
  const names = Object.keys(spec.hyper).map((name): [string, Expr] => [name, input(name)]);
  return parseExpression(text, new Map<string, Expr>([["w", input("w", shape)], ...names]));
}

function withZeroOverZero(output: Expr): Expr {
  const moved = new Map<Expr, Expr>();
  for (const node of inOrder([output])) {
    if (node.kind !== "apply") continue;
    const inputs = node.inputs.map((x) => moved.get(x) ?? x);
    const [a, b] = inputs;
    const quotient = node.operator.name === "div" && node.shape.length > 0;
    moved.set(node, quotient ? where(equal(a, 0), 0, div(a, b)) : { ...node, inputs });
  }
  return moved.get(output) ?? output;
}

/** Shapes that stand for all tensors of a kind. The matrix is not square, so that a wrong axis shows. */
export const shapeOf: Readonly<Record<Kind, Shape>> = { others: [2], matrices: [2, 3] };

/**
 * Whether a rule runs tensor by tensor: the new value of a weight depends on other weights (norms, means, products) or on the kind
 * of its tensor. Otherwise all tensors are treated as one vector.
 */
export function isTensorwise(spec: RuleSpec): boolean {
  if (hasSections(spec.update)) return true;
  const { outputs } = bindUpdate(spec, shapeOf.others, { givenNorm: true });
  return inOrder(Object.values(outputs)).some((node) => node.kind === "apply" && node.operator.lanes === null);
}
