import { type Rule, rule } from "../rule.ts";
import type { RuleSpec } from "../rule-spec.ts";
import { sectionsOf } from "../sections.ts";

/** What a wrapper adds to a rule: declarations, and lines before or after the rule's own. */
export interface Extension {
  readonly name: string;
  readonly title: string;
  readonly hyper?: Readonly<Record<string, number>>;
  readonly slots?: Readonly<Record<string, string>>;
  readonly before?: string;
  readonly after?: string;
  readonly average?: string;
  readonly gradientsPerStep?: string;
  readonly domains?: RuleSpec["domains"];
}

/** The rule with lines before and after its own: it is still one formula, hence one fused pass. */
export function extend({ spec }: Rule, added: Extension): Rule {
  const { slots = [] } = spec;
  const own = Array.isArray(slots) ? Object.fromEntries(slots.map((name: string) => [name, "0"])) : slots;
  for (const name of Object.keys({ ...added.hyper, ...added.slots }))
    if (Object.hasOwn(spec.hyper, name) || Object.hasOwn(own, name))
      throw new RangeError(`${added.name}: ${spec.name} already has ${name}; set that instead of wrapping the rule`);
  return rule({
    ...spec,
    name: `${spec.name}+${added.name}`,
    title: `${spec.title ?? spec.name} with ${added.title}`,
    hyper: { ...spec.hyper, ...added.hyper },
    slots: { ...own, ...added.slots },
    domains: { ...spec.domains, ...added.domains },
    update: [added.before ?? "", spec.update, ...allAgain(spec.update), added.after ?? ""].join("\n"),
    ...(added.average === undefined ? {} : { average: added.average }),
    ...(added.gradientsPerStep === undefined ? {} : { gradientsPerStep: added.gradientsPerStep }),
  });
}

/** Added lines apply to all tensors, whatever heading the rule's last lines are below. */
const allAgain = (update: string): string[] => (sectionsOf(update).at(-1)?.heading === "all" ? [] : ["all:"]);
