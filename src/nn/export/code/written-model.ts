import { quote } from "../../../arguments/index.ts";
import { dtypeOf, type Expr, sameExpr } from "../../../expr/index.ts";
import type { Trained } from "../../saved.ts";
import { countsExamples, STAND_INS } from "../any-batch.ts";
import { type Stage, stagesOf } from "./stages.ts";
import { type Context, type Language, statements } from "./statements.ts";

/** A stage in code: lines from x to the outputs. */
export interface WrittenStage {
  readonly title: string;
  /** Outside training. */
  readonly lines: readonly string[];
  /** In training, where that differs. */
  readonly inTraining?: readonly string[];
}

/**
 * A model's forward pass in a programming language, stage by stage; n stands for the number of examples.
 *
 * @param assignState a line that gives a tensor of the state a new value; without it training is left out
 * @throws RangeError for a net that computes with the number of examples, and for an operator without a counterpart
 */
export function writtenModel<C extends Context>(
  { model, w }: Pick<Trained, "model" | "w">,
  language: Language<C>,
  contextFor: (context: Context) => C,
  assignState?: (name: string, value: string) => string,
): readonly WrittenStage[] {
  const [one, other] = STAND_INS.map((length) => {
    const { stages, masks } = stagesOf(model, dtypeOf(w), length);
    let names = 0;
    const newName = (): string => `t${++names}`;
    const context = contextFor({ masks, newName, lengths: (shape) => shape.map((each) => lengthIn(each, length)) });
    return stages.map((stage) => writtenStage(stage, language, context, assignState));
  });
  if (JSON.stringify(one) !== JSON.stringify(other)) throw countsExamples(model);
  return one;
}

/** A length in code: the batch's is n. */
function lengthIn(length: number, batch: number): string {
  if (length === 0 || length % batch !== 0) return String(length);
  return length === batch ? "n" : `${length / batch} * n`;
}

function writtenStage<C extends Context>(
  { title, outputs, inTraining, state }: Stage,
  language: Language<C>,
  context: C,
  assignState: ((name: string, value: string) => string) | undefined,
): WrittenStage {
  const linesFor = (result: Expr, changes: readonly [name: string, value: Expr][] = [], own = context): string[] => {
    const { lines, results } = statements([result, ...changes.map(([, value]) => value)], language, own);
    const [last, ...values] = results;
    // The outputs and the new state may depend on the old one, and so are computed before it changes.
    const named = values.map(({ text }) => ({ name: context.newName(), text }));
    return [
      ...lines,
      ...named.map(({ name, text }) => language.assign(name, text)),
      ...(last.text === "x" ? [] : [language.assign("x", last.text)]),
      ...changes.flatMap(([name], i) => assignState?.(name, named[i].name) ?? []),
    ];
  };
  const changes = Object.entries(state);
  const written = { title: oneLine(title), lines: linesFor(outputs) };
  if (assignState === undefined || (changes.length === 0 && sameExpr(outputs, inTraining))) return written;
  return { ...written, inTraining: linesFor(inTraining, changes, { ...context, countsExamples: true }) };
}

/** Names of one's own may hold anything. */
const oneLine = (title: string): string => title.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, " ");

/** Names of tensors as a language's identifiers. Throws a RangeError for one that it does not take. */
export function checkNames(names: readonly string[], language: string, isTaken: (name: string) => boolean): void {
  const strange = names.find((name) => !isPlainName(name) || isTaken(name));
  if (strange === undefined) return;
  const why = isTaken(strange) ? "has for itself" : "does not take; use letters a to z, digits and _";
  throw new RangeError(`a tensor is named ${quote(strange)}, a name that ${language} ${why}; rename it`);
}

/** Whether a name is an identifier in every language. */
export const isPlainName = (name: string): boolean => /^[A-Za-z_][A-Za-z\d_]*$/.test(name);
