import { domainOf } from "../arguments/index.ts";
import { isFusable } from "../device/wasm/index.ts";
import { sameShape, showShape } from "../expr/index.ts";
import { floor } from "../expr/operators/index.ts";
import { freeUses, LanguageError, parseStatements } from "../expr/text/index.ts";
import type { RuleSpec } from "./rule-spec.ts";
import { hasSections, type Kind, kinds, type Section, sectionsOf, statementsFor, statementsIn } from "./sections.ts";
import { checkDeclared, type Declarations, inCode } from "./undeclared.ts";
import {
  bindPoint,
  bindStart,
  bindUpdate,
  givenWords,
  isGiven,
  MATRIX_SCOPE,
  SCOPE,
  shapeOf,
  slotStarts,
} from "./update.ts";

/** The rule in messages; a file may itself be called "rule". */
const titleOf = ({ name }: RuleSpec): string => (name === "rule" ? "the rule" : `rule ${name}`);

/** How many names of a kind a rule may declare: each takes time to compile and space on WebAssembly's stack. */
const MOST_NAMES = 100;

function checkCounts(spec: RuleSpec): void {
  const declared = { "hyper-parameters": spec.hyper, slots: slotStarts(spec), scalars: spec.scalars ?? {} };
  for (const [kind, names] of Object.entries(declared)) {
    const count = Object.keys(names).length;
    if (count > MOST_NAMES)
      throw new RangeError(`${titleOf(spec)}: it has ${count} ${kind}; at most ${MOST_NAMES} are allowed`);
  }
}

/** Reads every formula of a rule once, so that a mistake is reported where the rule is defined. */
export function checkRule(spec: RuleSpec, declarations: Declarations = inCode): void {
  checkCounts(spec);
  const title = titleOf(spec);
  const slots = slotStarts(spec);
  const scalars = spec.scalars ?? {};
  const declared = [...Object.keys(spec.hyper), ...Object.keys(slots), ...Object.keys(scalars)];
  const names = [...SCOPE, ...declared];
  const given = declared.find(isGiven);
  if (given !== undefined) throw new SyntaxError(`${title}: ${givenWords(given)}`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new SyntaxError(`${title}: the name ${twice} is declared twice`);
  const taken = names.find((name) => name in {});
  if (taken !== undefined) throw new SyntaxError(`${title}: ${taken} cannot be a name`);
  for (const section of sectionsOf(spec.update)) checkAssigned(spec, section);
  for (const kind of kinds) {
    const known = kind === "matrices" ? [...names, ...MATRIX_SCOPE] : names;
    checkElsewhere(kind, spec, known);
    checkDeclared(statementsFor(kind, spec.update), known, declarations);
  }
  // The point where the gradient is taken cannot depend on the gradient.
  const beforeGradient = names.filter((name) => name !== "g" && name !== "g_norm");
  for (const text of [spec.lookahead, spec.average])
    if (text !== undefined) checkDeclared(parseStatements(text), beforeGradient, declarations);
  const { gradientsPerStep: count } = spec;
  if (count !== undefined && !Object.hasOwn(spec.hyper, count))
    throw new SyntaxError(`${title}: gradientsPerStep is ${count}, which is not one of its hyper-parameters`);
  for (const kind of kinds) checkFor(kind, spec);
  for (const start of Object.values(slots)) bindStart(spec, start, [2]);
  for (const text of [spec.lookahead, spec.average]) if (text !== undefined) checkPoint(spec, text);
  for (const [name, value] of Object.entries(spec.hyper)) {
    const { allows, words } = domainOf(name, spec.domains);
    if (!allows(value)) throw new RangeError(`${title}: the default of ${name}, ${value}, must be ${words}`);
  }
}

/** A point is computed in one fused loop over all of w. */
function checkPoint(spec: RuleSpec, text: string): void {
  if (isFusable({ point: bindPoint(spec, text, [2], floor) })) return;
  throw new SyntaxError(
    `${titleOf(spec)}: ${text} has matrix products; a point must be computed element by element, from w, slots and scalars`,
  );
}

/** Throws if a line assigns a name that cannot be assigned. */
function checkAssigned({ hyper, scalars = {} }: RuleSpec, section: Section): void {
  for (const { source, at, name } of statementsIn(section)) {
    if (name === null) continue;
    const isHyper = Object.hasOwn(hyper, name);
    if (name === "t" || name === "g_norm" || isHyper)
      throw new LanguageError(
        source,
        at,
        `${name} cannot be assigned; it is ${isHyper ? "a hyper-parameter" : "given"}. Use a new name`,
      );
    if (section.heading !== "all" && Object.hasOwn(scalars, name))
      throw new LanguageError(
        source,
        at,
        `${name} is one number for all tensors; assign it above matrices: and others:, or below all:`,
      );
  }
}

/** Throws if a name is used for one kind of tensors but has a value only for the other. */
function checkElsewhere(kind: Kind, { update }: RuleSpec, known: readonly string[]): void {
  const other = kind === "matrices" ? "others" : "matrices";
  const elsewhere = new Set<string | null>(statementsFor(other, update).map(({ name }) => name));
  if (kind === "others") for (const name of MATRIX_SCOPE) elsewhere.add(name);
  const own = statementsFor(kind, update);
  for (const { name } of own) elsewhere.delete(name);
  const use = freeUses(own).find(({ name }) => elsewhere.has(name) && !known.includes(name));
  if (use === undefined) return;
  const { source, at, name } = use;
  throw new LanguageError(source, at, `${name} has no value for ${words[kind]}: it is assigned only below ${other}:`);
}

const words: Readonly<Record<Kind, string>> = { matrices: "a matrix", others: "a tensor that is not a matrix" };

/** Throws if the update cannot be computed for tensors of a kind, or gives tensors of another shape. */
function checkFor(kind: Kind, spec: RuleSpec): void {
  const title = titleOf(spec);
  const shape = shapeOf[kind];
  const where = `for ${words[kind]}, here of shape ${showShape(shape)}`;
  const statements = statementsFor(kind, spec.update);
  const { outputs } = naming(where, hint(spec), () => bindUpdate(spec, shape));
  if (outputs.w === undefined && !hasSections(spec.update))
    throw new SyntaxError(`${title}: the update never assigns w`);
  if (!statements.some(({ name }) => name === "w"))
    throw new SyntaxError(`${title}: the update never assigns w ${where}; assign it below ${kind}: (w = w keeps it)`);
  for (const [name, value] of Object.entries(outputs)) {
    const isScalar = Object.hasOwn(spec.scalars ?? {}, name);
    if (isScalar && value.shape.length > 0)
      throw new SyntaxError(
        `${title}: ${name} is a scalar slot, but a vector is assigned to it; declare it with "slot"`,
      );
    const last = statements.findLast((statement) => statement.name === name);
    if (last !== undefined && !isScalar && !sameShape(value.shape, shape))
      throw new LanguageError(
        last.source,
        last.at,
        `${where}, ${name} would get the shape ${showShape(value.shape)}${hint(spec)}`,
      );
  }
}

/** What to do if the same lines do not fit all tensors. */
const hint = ({ update }: RuleSpec): string =>
  hasSections(update)
    ? ""
    : ". Put lines for matrices below a line matrices:, and those for all other tensors below others:";

/** Adds to an error about shapes which kind of tensor it is about. */
function naming<T>(where: string, hint: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    const ofShapes = error instanceof LanguageError && error.cause instanceof RangeError;
    throw ofShapes ? error.saying(`${where}: ${error.detail}${hint}`) : error;
  }
}
