import { input } from "../expr/index.ts";
import { parseStatements, texStatements } from "../expr/text/index.ts";
import type { RuleSpec } from "./rule-spec.ts";
import { type Kind, kinds, sectionsOf, statementsFor, statementsIn } from "./sections.ts";
import { shapeOf, slotStarts } from "./update.ts";

/** A rule's lines as TeX, each a formula or a heading. The first is the point where the gradient is taken, if that is not w. */
export function ruleFormulas(spec: RuleSpec): string[] {
  const ahead = spec.lookahead === undefined ? [] : texStatements(parseStatements(`w_ahead = ${spec.lookahead}`));
  const left = { matrices: formulasFor("matrices", spec), others: formulasFor("others", spec) };
  const sections = sectionsOf(spec.update).map((section, i) => {
    const { heading } = section;
    const { length } = statementsIn(section);
    const [lines] = (heading === "all" ? kinds : [heading]).map((kind) => left[kind].splice(0, length));
    return i === 0 ? lines : [`\\text{${heading}:}`, ...lines];
  });
  return [...ahead, ...sections.flat()];
}

function formulasFor(kind: Kind, spec: RuleSpec): string[] {
  const names = ["w", "g", ...Object.keys(slotStarts(spec))].map((name) => [name, input(name, shapeOf[kind])] as const);
  return texStatements(statementsFor(kind, spec.update), Object.fromEntries(names));
}
