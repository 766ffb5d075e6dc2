import { constant, type DType, type Expr, inOrder, input, type Operand, type Shape } from "../expr/index.ts";
import { add, broadcastTo, cast, div, equal, floor, mul, norm, sub, where } from "../expr/operators/index.ts";
import { assign, parseExpression, parseStatements } from "../expr/text/index.ts";
import type { RuleSpec } from "./rule-spec.ts";
import { hasSections, type Kind, kindOf, statementsFor } from "./sections.ts";

/** Names that every rule finds in scope: the parameters, their gradient, the step from 1, and the gradient's length. */
export const SCOPE = ["w", "g", "t", "g_norm"] as const;

export const isGiven = (name: string): boolean => SCOPE.some((given) => given === name);

/** Names for matrices besides: numbers. A declaration of one's own comes before them. */
export const MATRIX_SCOPE = ["rows", "columns"] as const;

/** What is wrong with the declaration of a name that every rule finds in scope; undefined for other names. */
export const givenWords = (name: string): string | undefined =>
  isGiven(name) ? `${name} cannot be declared: every rule is given ${SCOPE.join(", ")}. Use a new name` : undefined;

/** The slot in which gradients add up where several make one step (`gradientsPerStep`). */
export const GRADIENT_SUM = "g_sum";

/** Slots with the expressions that they start from. */
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
  /** The length of the whole gradient, where the rule asks for it. */
  readonly gradientNorm?: Expr;
}

export interface BindOptions {
  /** Count 0/0 as 0: where a rule has no eps, a weight that never had a gradient stays where it is. */
  readonly zeroSafe?: boolean;
  /** The gradient's length comes in as the scalar g_norm, since this shape is only a part of w. */
  readonly givenNorm?: boolean;
  /** The type that vectors come in. They are computed with as float64 whatever it is. Default f64. */
  readonly dtype?: DType;
}

/** Binds a rule to tensors of the given shape. Types are left to the compiler: all is float64 here. */
export function bindUpdate(
  spec: RuleSpec,
  shape: Shape,
  { zeroSafe = false, givenNorm = false, dtype = "f64" }: BindOptions = {},
): Update {
  const scope = scopeOf(spec, shape, dtype);
  const g = scope.get("g") ?? input("g", shape);
  const pace = spec.gradientsPerStep === undefined ? undefined : paceOf(scope, g, spec.gradientsPerStep);
  const inner = new Map(scope);
  if (pace !== undefined) inner.set("g", pace.mean).set("t", pace.t);
  const gradientNorm = norm(pace?.mean ?? g);
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
    const next = pace === undefined ? now : where(pace.due, now, before);
    // A vector that a number is assigned to is filled with it.
    outputs[name] = next.shape.length === 0 ? broadcastTo(next, before.shape) : next;
  }
  if (pace !== undefined) outputs[GRADIENT_SUM] = where(pace.due, 0, pace.sum);
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

/** Every k-th call counts: then the mean of k gradients is used, and the inner step count is t/k. */
function paceOf(
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
 * A point or an average that the rule names, as an expression over the same scope. Where gradients accumulate, t counts
 * the rule's steps: `whole` makes the one that is under way (ceil) or the last one taken (floor) of a fraction.
 */
export function bindPoint(spec: RuleSpec, text: string, shape: Shape, whole: (steps: Operand) => Expr): Expr {
  const scope = scopeOf(spec, shape);
  if (spec.gradientsPerStep !== undefined) scope.set("t", whole(div(input("t"), input(spec.gradientsPerStep))));
  return parseExpression(text, scope);
}

/** The start of a slot, from w and the hyper-parameters. */
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

/** Shapes that stand for all tensors of a kind: a matrix that is not square has room for every mistake. */
export const shapeOf: Readonly<Record<Kind, Shape>> = { others: [2], matrices: [2, 3] };

/**
 * Whether a rule runs tensor by tensor: values for one weight depend on others (norms, means, products), or on the kind of
 * tensor that it is in. Otherwise all tensors are one vector to it.
 */
export function isTensorwise(spec: RuleSpec): boolean {
  if (hasSections(spec.update)) return true;
  const { outputs } = bindUpdate(spec, shapeOf.others, { givenNorm: true });
  return inOrder(Object.values(outputs)).some((node) => node.kind === "apply" && node.operator.lanes === null);
}
