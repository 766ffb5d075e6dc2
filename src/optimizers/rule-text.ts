import { cut, domainOf, nearestName } from "../arguments/index.ts";
import { floor } from "../expr/operators/index.ts";
import { LanguageError, parseStatements, quote, refuseLong } from "../expr/text/index.ts";
import { type Rule, rule } from "./rule.ts";
import type { RuleSpec } from "./rule-spec.ts";
import { checkDeclared, inFile } from "./undeclared.ts";
import { bindPoint, bindStart, givenWords, SCOPE, slotStarts } from "./update.ts";

/** `hyper lr`, `slot m`, `scalar p`, followed by nothing, or by `=` and a value. */
const DECLARATION = /^\s*(hyper|slot|scalar)\s+([\p{L}_][\p{L}\p{N}_]*)\s*/u;
const BEGINS_DECLARATION = /^\s*(?:hyper|slot|scalar)\s+[^\s=+*/^(-]/u;
/** Two names in a row, which no assignment has: `Hyper lr = 0.1`, `let x = 2`, `Slot m`. */
const TWO_NAMES = /^\s*([\p{L}_][\p{L}\p{N}_]*)[^\S\n]+([\p{L}_][\p{L}\p{N}_]*)\s*(=(?!=)|$)/u;
const SETTING = /^\s*(lookahead|gradients_per_step)\s*=/u;

/**
 * Reads a rule from a text: lines `hyper lr = 0.001`, `slot m` (or `slot m = start`), `scalar p = 1`, at most one
 * `lookahead = …` and one `gradients_per_step = …` (a hyper-parameter), then the assignments of the update; `#` begins
 * a comment. Errors point at line and column.
 */
export function parseRule(source: string, name = "my-rule"): Rule {
  refuseLong({ text: source, firstLine: 1 });
  const text = source.replace(/\r\n?/g, "\n");
  const read = new Lines(text);
  // Lines that are read here stay as empty ones for the update's parser, so that line numbers are the author's.
  const update = text.split("\n").map((line) => (read.take(line) ? "" : line));
  const spec = { name, ...read.spec(), update: update.join("\n") };
  read.check(spec);
  return rule(spec, inFile);
}

/** Reads the lines of a rule that are not part of its update. */
class Lines {
  readonly #text: string;
  readonly #declared = {
    hyper: new Map<string, number>(),
    slot: new Map<string, string>(),
    scalar: new Map<string, number>(),
  };
  readonly #settings = new Map<string, string>();
  /** The positions of the expressions of settings and slots. */
  readonly #places = new Map<string, number>();
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads the next line if it is a declaration or a setting, and returns whether it is. */
  take(line: string): boolean {
    const [code] = line.split("#", 1);
    const taken = this.#setting(code) || this.#declaration(code);
    if (!taken && BEGINS_DECLARATION.test(code))
      this.#fail(line, "a declaration is a word, a name and a value: hyper lr = 0.1, slot m, scalar p = 1");
    if (!taken) this.#refuseTwoNames(code);
    this.#offset += line.length + 1;
    return taken;
  }

  spec(): Omit<RuleSpec, "name" | "update"> {
    const [lookahead, gradientsPerStep] = [this.#settings.get("lookahead"), this.#settings.get("gradients_per_step")];
    return {
      hyper: Object.fromEntries(this.#declared.hyper),
      slots: Object.fromEntries(this.#declared.slot),
      scalars: Object.fromEntries(this.#declared.scalar),
      ...(lookahead === undefined ? {} : { lookahead }),
      ...(gradientsPerStep === undefined ? {} : { gradientsPerStep }),
    };
  }

  /** Reads each expression outside the update once, so that a mistake is reported at its place in the file. */
  check(spec: RuleSpec): void {
    const { hyper, slots = {}, scalars = {}, lookahead, gradientsPerStep } = spec;
    const names = [...SCOPE, ...[hyper, slots, scalars].flatMap((each) => Object.keys(each))];
    for (const [name, start] of this.#declared.slot) this.#at(`slot ${name}`, start, () => bindStart(spec, start, [2]));
    if (lookahead !== undefined)
      this.#at("lookahead", lookahead, () => {
        checkDeclared(parseStatements(lookahead), names, inFile);
        bindPoint(spec, lookahead, [2], floor);
      });
    if (gradientsPerStep !== undefined && !Object.hasOwn(hyper, gradientsPerStep))
      this.#failAt(
        this.#places.get("gradients_per_step") ?? 0,
        `gradients_per_step is ${quote(gradientsPerStep)}, which is not one of the rule's hyper-parameters`,
      );
  }

  /** Checks an expression; an error names its place in the file. */
  #at(name: string, value: string, check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof LanguageError)) throw error;
      const before = [...value].slice(0, error.column - 1).join("");
      this.#failAt((this.#places.get(name) ?? 0) + before.length, error.detail);
    }
  }

  #refuseTwoNames(code: string): void {
    const [, word, name, equals] = TWO_NAMES.exec(code) ?? [];
    if (word === undefined || name === undefined) return;
    const near = nearestName(word, ["hyper", "slot", "scalar"]);
    if (near === undefined && equals === "") return;
    const guess = near === undefined ? "; write" : `; did you mean ${near}? Write`;
    const forms = `hyper ${cut(name)} = 0.1, slot ${cut(name)} or scalar ${cut(name)} = 1`;
    this.#fail(
      code,
      `${quote(word)} does not declare a name${guess} ${forms}; ${cut(name)} = … holds for the rest of the step`,
    );
  }

  #setting(code: string): boolean {
    const [whole, word] = SETTING.exec(code) ?? [];
    if (whole === undefined) return false;
    if (this.#settings.has(word)) this.#fail(code, `a rule has at most one ${word}`);
    this.#settings.set(word, code.slice(whole.length).trim());
    this.#places.set(word, this.#offset + code.length - code.slice(whole.length).trimStart().length);
    return true;
  }

  #declaration(code: string): boolean {
    const [whole, word, name] = DECLARATION.exec(code) ?? [];
    if (whole === undefined || word === undefined) return false;
    const rest = code.slice(whole.length);
    if (rest !== "" && !rest.startsWith("=")) return false;
    const value = rest.slice(1).trim();
    if (Object.values(this.#declared).some((names) => names.has(name))) this.#fail(code, `${name} is declared twice`);
    const given = givenWords(name);
    if (given !== undefined) this.#fail(code, given);
    if (word === "slot") {
      this.#declared.slot.set(name, value || "0");
      this.#places.set(`slot ${name}`, this.#offset + code.length - rest.slice(1).trimStart().length);
      return true;
    }
    const number = toNumber(value) ?? this.#fail(code, `${word} ${name} needs a number: ${word} ${name} = 0.1`);
    const { allows, words } = domainOf(name);
    if (word === "hyper" && !allows(number)) this.#fail(code, `the default of ${name}, ${number}, must be ${words}`);
    this.#declared[word === "hyper" ? "hyper" : "scalar"].set(name, number);
    return true;
  }

  #fail(line: string, detail: string): never {
    return this.#failAt(this.#offset + Math.max(0, line.search(/\S/)), detail);
  }

  #failAt(at: number, detail: string): never {
    throw new LanguageError({ text: this.#text, firstLine: 1 }, at, detail);
  }
}

function toNumber(value: string): number | undefined {
  const parsed = value === "" ? Number.NaN : Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/** A rule as text that `parseRule` reads back. Throws a RangeError if such a text cannot express the rule. */
export function writeRule(spec: RuleSpec): string {
  const { average, always, lookahead, gradientsPerStep } = spec;
  if (average !== undefined || always !== undefined)
    throw new RangeError(
      `${spec.name}: a rule file cannot describe an average of the weights; write the rule without it`,
    );
  const lines = (word: string, values: Readonly<Record<string, string | number>>): string[] =>
    Object.entries(values).map(([name, value]) => (value === "0" ? `${word} ${name}` : `${word} ${name} = ${value}`));
  const settings = [
    ...(lookahead === undefined ? [] : [`lookahead = ${lookahead}`]),
    ...(gradientsPerStep === undefined ? [] : [`gradients_per_step = ${gradientsPerStep}`]),
  ];
  const declarations = [
    ...lines("hyper", spec.hyper),
    ...lines("slot", slotStarts({ ...spec, gradientsPerStep: undefined })),
    ...lines("scalar", spec.scalars ?? {}),
  ];
  return [...declarations, ...settings, ...updateLines(spec), ""].join("\n");
}

/** The update's lines without their indentation. */
export const updateLines = ({ update }: RuleSpec): string[] =>
  update
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
