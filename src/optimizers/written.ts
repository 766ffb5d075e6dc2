import { LanguageError, refuseLong } from "../expr/text/index.ts";
import { type Rule, type RuleSpec, rule } from "./rule.ts";
import { inFile } from "./undeclared.ts";
import { slotStarts } from "./update.ts";

/** `hyper lr`, `slot m`, `scalar p`; behind it stands nothing, or `=` and a value. */
const DECLARATION = /^\s*(hyper|slot|scalar)\s+([\p{L}_][\p{L}\p{N}_]*)\s*/u;
const BEGINS_DECLARATION = /^\s*(?:hyper|slot|scalar)\s+[^\s=+*/^(-]/u;
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
  // A line that is read here is left empty for the update's parser, which then counts lines as the author does.
  const update = text.split("\n").map((line) => (read.take(line) ? "" : line));
  return rule({ name, ...read.spec(), update: update.join("\n") }, inFile);
}

/** What a rule's lines say besides its update. */
class Lines {
  readonly #text: string;
  readonly #declared = {
    hyper: new Map<string, number>(),
    slot: new Map<string, string>(),
    scalar: new Map<string, number>(),
  };
  readonly #settings = new Map<string, string>();
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether the next line is a declaration or a setting: then it is kept. */
  take(line: string): boolean {
    const [code] = line.split("#", 1);
    const taken = this.#setting(code) || this.#declaration(code);
    if (!taken && BEGINS_DECLARATION.test(code))
      this.#fail(line, "a declaration is a word, a name and a value: hyper lr = 0.1, slot m, scalar p = 1");
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

  #setting(code: string): boolean {
    const [whole, word] = SETTING.exec(code) ?? [];
    if (whole === undefined) return false;
    if (this.#settings.has(word)) this.#fail(code, `a rule has at most one ${word}`);
    this.#settings.set(word, code.slice(whole.length).trim());
    return true;
  }

  #declaration(code: string): boolean {
    const [whole, word, name] = DECLARATION.exec(code) ?? [];
    if (whole === undefined || word === undefined) return false;
    const rest = code.slice(whole.length);
    if (rest !== "" && !rest.startsWith("=")) return false;
    const value = rest.slice(1).trim();
    if (Object.values(this.#declared).some((names) => names.has(name))) this.#fail(code, `${name} is declared twice`);
    if (word === "slot") this.#declared.slot.set(name, value || "0");
    else
      this.#declared[word === "hyper" ? "hyper" : "scalar"].set(
        name,
        toNumber(value) ?? this.#fail(code, `${word} ${name} needs a number: ${word} ${name} = 0.1`),
      );
    return true;
  }

  #fail(line: string, detail: string): never {
    const at = this.#offset + Math.max(0, line.search(/\S/));
    throw new LanguageError({ text: this.#text, firstLine: 1 }, at, detail);
  }
}

function toNumber(value: string): number | undefined {
  const parsed = value === "" ? Number.NaN : Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/** A rule as text that `parseRule` reads back. Throws a RangeError where a rule has more to it than such a text can say. */
export function writeRule(spec: RuleSpec): string {
  const { average, always, lookahead, gradientsPerStep } = spec;
  if (average !== undefined || always !== undefined)
    throw new RangeError(
      `${spec.name}: a rule file cannot say which average of the weights to keep; write the rule without it`,
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
