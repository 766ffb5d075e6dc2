import type { Kernel } from "../device/index.ts";
import { type FusedKernel, fuse, isFusable } from "../device/wasm/index.ts";
import { type DType, type Expr, type Operand, remember, type Shape } from "../expr/index.ts";
import { ceil, floor } from "../expr/operators/index.ts";
import { ALL_FINITE, withCheck } from "./finite.ts";
import { type Foresee, foresight } from "./foresight.ts";
import { interpreted } from "./interpreted.ts";
import type { RuleSpec } from "./rule-spec.ts";
import { hasSections, kinds } from "./sections.ts";
import { bindPoint, bindUpdate, isTensorwise, scalarNames, shapeOf, slotStarts, type Update } from "./update.ts";
import { withWatch } from "./watch.ts";

/** A rule's programs for one float type. */
export interface CompiledRule {
  /** Whether the update runs tensor by tensor. */
  readonly tensorwise: boolean;
  /** The update of a tensor. Its scalar `ALL_FINITE` says whether everything that it stored is finite. */
  update(shape: Shape): Kernel;
  /** Its scalars, in order, for every shape. */
  readonly scalars: readonly string[];
  /** Bounds on a step's results, known beforehand, where one fused loop takes the step. */
  readonly foresee?: Foresee;
  /** Whether the update itself gives what a `Watch` records, in the results `BEFORE` and `GRADIENT_NORM`. */
  readonly watches: boolean;
  /** The norm of the whole gradient, where a tensor-by-tensor update uses it. */
  readonly gradientNorm?: Kernel;
  readonly lookahead?: FusedKernel;
  readonly average?: FusedKernel;
}

type Outputs = Update["outputs"];

/** A vector of any length will do: a fused loop does not depend on it. */
const ANY_SHAPE = shapeOf.others;

/** How to compile a rule. */
export interface CompileChoice {
  readonly dtype: DType;
  /** Count 0/0 as 0. */
  readonly zeroSafe: boolean;
  /** Record what a `Watch` wants in the same pass, if that is possible. */
  readonly watched: boolean;
  /** Run on parts of w, so the norm of the whole gradient must be given. */
  readonly parted: boolean;
}

export function compileRule(spec: RuleSpec, { dtype, zeroSafe, watched, parted }: CompileChoice): CompiledRule {
  const tensorwise = isTensorwise(spec);
  const inParts = tensorwise || parted;
  const boundTo = (shape: Shape): Update => bindUpdate(spec, shape, { zeroSafe, givenNorm: inParts });
  const forms = (tensorwise ? kinds : ["others" as const]).map((kind) => boundTo(shapeOf[kind]));
  const gradientNorm = inParts ? forms.find((form) => form.gradientNorm !== undefined)?.gradientNorm : undefined;
  const slots = Object.keys(slotStarts(spec));
  const given = [...scalarNames(spec), ...(gradientNorm === undefined ? [] : ["g_norm"])];
  const checked = ({ outputs }: Update): Outputs => withCheck(outputs, { apart: tensorwise });
  const loop = (outputs: Outputs): FusedKernel =>
    fuse({ dtype, vectors: ["w", "g", ...slots], scalars: given, outputs });
  const kernelFor = (form: Update): Kernel =>
    isFusable(form.outputs) ? loop(checked(form)) : interpreted([...given, ALL_FINITE], checked(form));
  const other = (first: string, outputs: Outputs): FusedKernel =>
    fuse({ dtype, vectors: [first, ...slots], scalars: scalarNames(spec), outputs });
  const point = (text: string, whole: (steps: Operand) => Expr): FusedKernel =>
    other("w", { point: bindPoint(spec, text, ANY_SHAPE, whole) });

  const isOne = !hasSections(spec.update) && forms.every(({ outputs }) => isFusable(outputs));
  // An update in parts does not know the norm of the whole gradient.
  const watches = watched && isOne && !inParts;
  const [form] = forms;
  const one = isOne ? loop(watches ? withWatch(checked(form), ANY_SHAPE) : checked(form)) : undefined;
  const kernels = new Map<string, Kernel>();
  return {
    tensorwise,
    update: (shape) => one ?? remember(kernels, shape.join(), () => kernelFor(boundTo(shape))),
    scalars: one?.scalars ?? [...given, ALL_FINITE],
    watches,
    ...(isOne && !parted ? { foresee: foresight(form.outputs, dtype) } : {}),
    ...(gradientNorm === undefined ? {} : { gradientNorm: other("g", { g_norm: gradientNorm }) }),
    ...(spec.lookahead === undefined ? {} : { lookahead: point(spec.lookahead, ceil) }),
    ...(spec.average === undefined ? {} : { average: point(spec.average, floor) }),
  };
}
