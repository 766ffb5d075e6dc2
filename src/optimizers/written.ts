import { LanguageError } from "../expr/text/index.ts";
import { type Rule, type RuleSpec, rule } from "./rule.ts";
import { slotStarts } from "./update.ts";

const DECLARATION =
  /^\s*(?<word>hyper|slot|scalar)\s+(?<name>[\p{L}_][\p{L}\p{N}_]*)\s*(?:=\s*(?<value>[^#]*?)\s*)?(?:#.*)?$/u;
const LOOKAHEAD = /^\s*lookahead\s*=\s*(?<value>[^#]*?)\s*(?:#.*)?$/u;
const BEGINS_DECLARATION = /^\s*(hyper|slot|scalar)\s+[^\s=+*/^(-]/u;

/**
 * Reads a rule from a text: lines `hyper lr = 0.001`, `slot m` (or `slot m = start`), `scalar p = 1`, at most one
 * `lookahead = …`, then the assignments of the update; `#` begins a comment. Errors point at line and column.
 */
export function parseRule(source: string, name = "my-rule"): Rule {
  const text = source.replace(/\r\n?/g, "\n");
  const declared = {
    hyper: new Map<string, number>(),
    slot: new Map<string, string>(),
    scalar: new Map<string, number>(),
  };
  let lookahead: string | undefined;
  let offset = 0;
  const update: string[] = [];
  for (const line of text.split("\n")) {
    const fail = (detail: string): never => {
      throw new LanguageError({ text, firstLine: 1 }, offset + Math.max(0, line.search(/\S/)), detail);
    };
    const ahead = LOOKAHEAD.exec(line)?.groups;
    const declaration = DECLARATION.exec(line)?.groups;
    if (ahead !== undefined) {
      if (lookahead !== undefined) fail("a rule has at most one lookahead");
      lookahead = ahead.value;
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
    update.push(ahead === undefined && declaration === undefined ? line : "");
    offset += line.length + 1;
  }
  return rule({
    name,
    hyper: Object.fromEntries(declared.hyper),
    slots: Object.fromEntries(declared.slot),
    scalars: Object.fromEntries(declared.scalar),
    ...(lookahead === undefined ? {} : { lookahead }),
    update: update.join("\n"),
  });
}

function toNumber(value: string | undefined): number | undefined {
  const parsed = value === undefined || value.trim() === "" ? Number.NaN : Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/** A rule as text that `parseRule` reads back. */
export function writeRule(spec: RuleSpec): string {
  const lines = (word: string, values: Readonly<Record<string, string | number>>): string[] =>
    Object.entries(values).map(([name, value]) => (value === "0" ? `${word} ${name}` : `${word} ${name} = ${value}`));
  const ahead = spec.lookahead === undefined ? [] : [`lookahead = ${spec.lookahead}`];
  const declarations = [
    ...lines("hyper", spec.hyper),
    ...lines("slot", slotStarts(spec)),
    ...lines("scalar", spec.scalars ?? {}),
  ];
  return [...declarations, ...ahead, ...updateLines(spec), ""].join("\n");
}

/** The update's lines without their indentation. */
export const updateLines = ({ update }: RuleSpec): string[] =>
  update
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
