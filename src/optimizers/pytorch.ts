import { parseStatements } from "../expr/text/index.ts";
import { python, pythonLine, pythonName } from "./python.ts";
import type { RuleSpec } from "./rule-spec.ts";
import { type Section, sectionsOf, statementsIn } from "./sections.ts";
import { slotStarts } from "./update.ts";

/**
 * The rule as a class for PyTorch 2, to copy: the same lines, for each parameter tensor in turn. Hyper-parameters are float64, as
 * here. Throws a RangeError for a rule that averages weights, accumulates gradients, or calls a function without a counterpart.
 */
export function writePyTorch(spec: RuleSpec): string {
  const { name, title = name, source, hyper, average, always, gradientsPerStep, lookahead } = spec;
  if (average !== undefined || always !== undefined || gradientsPerStep !== undefined)
    throw new RangeError(`${name}: only the rule itself can be written for PyTorch; write it without its wrappers`);
  const defaults = Object.entries(hyper).map(([key, value]) => `${pythonName(key)}=${literal(value)}`);
  const named = Object.keys(hyper).map((key) => `${pythonName(key)}=${pythonName(key)}`);
  const body = lookahead === undefined ? plainStep(spec) : lookaheadStep(spec, lookahead);
  const text = `import torch


class ${className(name)}(torch.optim.Optimizer):
    """${[title, source].filter((words) => words !== undefined).join(". ")}."""

    def __init__(self, ${["params", ...defaults].join(", ")}):
        super().__init__(params, dict(${named.join(", ")}))

    @torch.no_grad()
${body.map((line) => (line === "" ? "" : `    ${line}`)).join("\n")}


def number(x):
    """A number that does not change the type of the tensors that it meets."""
    return torch.as_tensor(x, dtype=torch.float64)
`;
  return /\bmath\./.test(text) ? `import math\n\n${text}` : text;
}

const literal = (value: number): string => (Number.isFinite(value) ? String(value) : `${value < 0 ? "-" : ""}math.inf`);

/** adam-uncorrected: AdamUncorrected. */
const className = (name: string): string =>
  name
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

const indented = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);

/** A block for every parameter tensor p of every group. */
const forEach = (condition: string, block: readonly string[]): string[] => [
  "for group in self.param_groups:",
  `    for p in ${condition === "" ? 'group["params"]' : `(p for p in group["params"] if ${condition})`}:`,
  ...indented(indented(block)),
];

const plainStep = (spec: RuleSpec): string[] => [
  "def step(self, closure=None):",
  ...indented([
    "loss = None if closure is None else torch.enable_grad()(closure)()",
    ...gradientNorm(spec),
    ...forEach("p.grad is not None", [...counted(spec), ...scope(spec), "g = p.grad", ...update(spec)]),
    "return loss",
  ]),
];

/** Moves the weights to the looked-ahead point, computes the gradient there, and moves them back. */
const lookaheadStep = (spec: RuleSpec, lookahead: string): string[] => [
  "def step(self, closure):",
  ...indented([
    ...forEach("", [
      ...counted(spec),
      ...scope(spec),
      'w = state["w"] = w.clone()',
      `p.copy_(${python(parseStatements(lookahead)[0].value)})`,
    ]),
    "loss = torch.enable_grad()(closure)()",
    ...gradientNorm(spec),
    ...forEach("", [
      ...hyperLine(spec),
      "state = self.state[p]",
      ...scope(spec),
      'w, g = state.pop("w"), torch.zeros_like(p) if p.grad is None else p.grad',
      ...update(spec),
    ]),
    "return loss",
  ]),
];

/** Makes the state of p if there is none, and counts the step. */
function counted(spec: RuleSpec): string[] {
  const slots = Object.entries(slotStarts(spec)).map(([name, start]) => {
    const [{ value }] = parseStatements(start);
    return `"${name}": ${start === "0" ? "torch.zeros_like(w)" : `torch.zeros_like(w) + ${python(value)}`}`;
  });
  const scalars = Object.entries(spec.scalars ?? {}).map(([name, start]) => `"${name}": number(${start})`);
  return [
    ...hyperLine(spec),
    "w, state = p, self.state[p]",
    "if not state:",
    ...indented([`state.update({${['"t": 0', ...slots, ...scalars].join(", ")}})`]),
    'state["t"] += 1',
  ];
}

/** Brings into scope the step, if a formula uses it, and the state. */
function scope(spec: RuleSpec): string[] {
  const kept = keptBy(spec);
  return [
    ...(/\bt\b/.test(`${spec.update} ${spec.lookahead ?? ""}`) ? ['t = number(state["t"])'] : []),
    ...(kept.length === 0 ? [] : [assignment(kept, (name) => `state["${name}"]`)]),
  ];
}

function hyperLine({ hyper }: RuleSpec): string[] {
  const names = Object.keys(hyper).map(pythonName);
  if (names.length === 0) return [];
  if (names.length === 1) return [`${names[0]} = number(group["${names[0]}"])`];
  return [`${names.join(", ")} = (number(group[name]) for name in (${names.map((name) => `"${name}"`).join(", ")}))`];
}

const keptBy = (spec: RuleSpec): string[] => [...Object.keys(slotStarts(spec)), ...Object.keys(spec.scalars ?? {})];

const assignment = (names: readonly string[], value: (name: string) => string): string =>
  `${names.map(pythonName).join(", ")} = ${names.map(value).join(", ")}`;

/** The rule's own lines, then the new state. */
function update(spec: RuleSpec): string[] {
  const kept = keptBy(spec).map((name) => `${name}=${pythonName(name)}`);
  return [
    ...sectionsOf(spec.update).flatMap(block),
    ...(kept.length === 0 ? [] : [`state.update(${kept.join(", ")})`]),
    "p.copy_(w)",
  ];
}

/** A section's lines. */
function block(section: Section): string[] {
  const lines = statementsIn(section).map(pythonLine);
  const { heading, text } = section;
  if (heading === "all" || lines.length === 0) return lines;
  const sizes = heading === "matrices" && /\b(?:rows|columns)\b/.test(text);
  return [
    heading === "matrices" ? "if p.ndim == 2:" : "if p.ndim != 2:",
    ...indented([...(sizes ? ["rows, columns = (number(n) for n in p.shape)"] : []), ...lines]),
  ];
}

const gradientNorm = ({ update }: RuleSpec): string[] =>
  /\bg_norm\b/.test(update)
    ? [
        'grads = [p.grad for group in self.param_groups for p in group["params"] if p.grad is not None]',
        "g_norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(g) for g in grads]))",
      ]
    : [];
