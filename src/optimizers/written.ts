import { LanguageError } from "../expr/text/index.ts";
import { type Rule, type RuleSpec, rule } from "./rule.ts";
import { inFile } from "./undeclared.ts";
import { slotStarts } from "./update.ts";

const DECLARATION =
  /^\s*(?<word>hyper|slot|scalar)\s+(?<name>[\p{L}_][\p{L}\p{N}_]*)\s*(?:=\s*(?<value>[^#]*?)\s*)?(?:#.*)?$/u;
const SETTING = /^\s*(?<word>lookahead|gradients_per_step)\s*=\s*(?<value>[^#]*?)\s*(?:#.*)?$/u;
const BEGINS_DECLARATION = /^\s*(hyper|slot|scalar)\s+[^\s=+*/^(-]/u;

/**
 * Reads a rule from a text: lines `hyper lr = 0.001`, `slot m` (or `slot m = start`), `scalar p = 1`, at most one
 * `lookahead = …` and one `gradients_per_step = …` (a hyper-parameter), then the assignments of the update; `#` begins
 * a comment. Errors point at line and column.
 */
export function parseRule(source: string, name = "my-rule"): Rule {
  const text = source.replace(/\r\n?/g, "\n");
  const declared = {
    hyper: new Map<string, number>(),
    slot: new Map<string, string>(),
    scalar: new Map<string, number>(),
  };
  const set = new Map<string, string>();
  let offset = 0;
  const update: string[] = [];
  for (const line of text.split("\n")) {
    const fail = (detail: string): never => {
      throw new LanguageError({ text, firstLine: 1 }, offset + Math.max(0, line.search(/\S/)), detail);
    };
    const setting = SETTING.exec(line)?.groups;
    const declaration = DECLARATION.exec(line)?.groups;
    if (setting !== undefined) {
      if (set.has(setting.word)) fail(`a rule has at most one ${setting.word}`);
      set.set(setting.word, setting.value);
    } else if (declaration !== undefined) {
      const { word, name: given, value } = declaration;
      if (Object.values(declared).some((names) => names.has(given))) fail(`${given} is declared twice`);
      if (word === "slot") declared.slot.set(given, value || "0");
      else
        declared[word === "hyper" ? "hyper" : "scalar"].set(
          given,
          toNumber(value) ?? fail(`${word} ${given} needs a number: ${word} ${given} = 0.1`),
        );
    } else if (BEGINS_DECLARATION.test(line))
      fail("a declaration is a word, a name and a value: hyper lr = 0.1, slot m, scalar p = 1");
    // A line that was read here is left empty for the update's parser, which then counts lines as the author does.
    update.push(setting === undefined && declaration === undefined ? line : "");
    offset += line.length + 1;
  }
  const [lookahead, gradientsPerStep] = [set.get("lookahead"), set.get("gradients_per_step")];
  const spec = {
    name,
    hyper: Object.fromEntries(declared.hyper),
    slots: Object.fromEntries(declared.slot),
    scalars: Object.fromEntries(declared.scalar),
    ...(lookahead === undefined ? {} : { lookahead }),
    ...(gradientsPerStep === undefined ? {} : { gradientsPerStep }),
    update: update.join("\n"),
  };
  return rule(spec, inFile);
}

function toNumber(value: string | undefined): number | undefined {
  const parsed = value === undefined || value.trim() === "" ? Number.NaN : Number(value);
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
