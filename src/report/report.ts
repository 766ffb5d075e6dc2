import type { CompareResult } from "../compare/index.ts";
import { type Dataset, datasets } from "../data/index.ts";
import { type Block, code, details, facts, page, type Section, section } from "../figure/page/index.ts";
import type { Surface } from "../surfaces/index.ts";
import type { RunRecord } from "../train/index.ts";
import { compareFacts, compareLead, compareSections } from "./compare/comparison-sections.ts";
import { curveLead, curveSections, curveTitle } from "./curve/curve-sections.ts";
import type { Environment, RunFolder, Summary } from "./folder/folder.ts";
import { foldsFacts, foldsLead, foldsSections } from "./folds/fold-sections.ts";
import { foldsTitle } from "./folds/fold-words.ts";
import { dataName, several } from "./phrases.ts";
import { reproductionFacts, reproductionLead, reproductionSections } from "./reproduction/reproduction-sections.ts";
import { namedRuns, trainTitle } from "./train/named-runs.ts";
import { trainFacts, trainLead, trainSections } from "./train/run-sections.ts";
import { walkSections } from "./walk/walk-sections.ts";
import { walkLead, walkTitle } from "./walk/walk-words.ts";

/** A page without its last section, on how to reproduce the runs. */
interface Content {
  readonly title: string;
  readonly lead?: string;
  readonly blocks?: readonly Block[];
  readonly sections: readonly Section[];
}

/** A page about one or several runs: a self-contained HTML document. */
export function reportHtml(folders: readonly RunFolder[]): string {
  const { title, lead, blocks, sections } = contentOf(folders);
  const sources = new Set(folders.flatMap(({ summary }) => (summary === null ? [] : attribution(summary))));
  const days = new Set(folders.map(({ config }) => config.startedAt.slice(0, 10)));
  return page({
    title,
    ...(lead === undefined ? {} : { lead }),
    ...(blocks === undefined ? {} : { blocks }),
    sections: [...sections, reproduction(folders)],
    footer: [`Made by Downhill, ${[...days].join(", ")}.`, ...sources].join(" "),
  });
}

function contentOf(folders: readonly RunFolder[]): Content {
  const all = folders.flatMap(({ summary, surface }) => (summary === null ? [] : { summary, surface }));
  const runs = all.flatMap(({ summary }) => (summary.kind === "train" ? [summary.result] : []));
  const others = all.flatMap(({ summary, surface }) =>
    summary.kind === "train" ? [] : [contentFor(summary, surface)],
  );
  const parts = [...(runs.length === 0 ? [] : [trainContent(runs)]), ...others];
  if (parts.length === 1) return parts[0];
  return { title: several(folders.length, "run"), sections: parts.flatMap(titled) };
}

function contentFor(summary: Exclude<Summary, { kind: "train" }>, surface: Surface | undefined): Content {
  switch (summary.kind) {
    case "compare":
      return compareContent(summary.result);
    case "folds":
      return {
        title: foldsTitle(summary.result),
        lead: foldsLead(summary.result),
        blocks: [foldsFacts(summary.result)],
        sections: foldsSections(summary.result),
      };
    case "minimize":
      return {
        title: walkTitle(summary.result),
        lead: walkLead(summary.result),
        sections: walkSections(summary.result, surface),
      };
    case "fit":
      return {
        title: curveTitle(summary.result),
        lead: curveLead(summary.result),
        sections: curveSections(summary.result),
      };
    case "reproduce":
      return {
        title: summary.result.title,
        lead: reproductionLead(summary.result),
        blocks: reproductionFacts(summary.result),
        sections: reproductionSections(summary.result),
      };
  }
}

const compareContent = (result: CompareResult): Content => ({
  title: `${several(result.settings.optimizers.length, "optimizer")} on ${dataName(result.data)}`,
  lead: compareLead(result),
  blocks: [compareFacts(result)],
  sections: compareSections(result),
});

function trainContent(runs: readonly RunRecord[]): Content {
  const content = { title: trainTitle(runs), sections: trainSections(namedRuns(runs)) };
  return runs.length > 1 ? content : { ...content, lead: trainLead(runs[0]), blocks: [trainFacts(runs[0])] };
}

/** The sections of one of several contents on a page: the first has its title, lead and facts. */
const titled = ({ title, lead, blocks = [], sections }: Content): Section[] => [
  section(title, [...(lead === undefined ? [] : [{ kind: "prose", paragraphs: [lead] } as const]), ...blocks]),
  ...sections,
];

type Origin = Pick<Dataset, "name" | "source" | "licence">;

/** The source and licence of the data, as their licences ask. */
function attribution(summary: Summary): string[] {
  if (summary.kind === "minimize" || summary.kind === "fit") return [];
  if (summary.kind === "reproduce") return summary.result.data.map(attributed);
  const { data } = summary.result;
  const known = datasets.find(({ name }) => name === data);
  const origin = summary.kind === "compare" ? summary.result.dataset : known;
  return origin === undefined ? [] : [attributed({ name: data, ...origin })];
}

const attributed = ({ name, source, licence }: Origin): string =>
  `Data: ${dataName(name)}. ${source}. Licence: ${licence}.`;

/** The commands that reproduce the runs, and the machine that they ran on. */
function reproduction(folders: readonly RunFolder[]): Section {
  return section("Reproduce it", [
    ...folders.map(({ config, path }) => code(config.command, folders.length > 1 ? `\`${path}\`` : undefined)),
    ...folders.flatMap(({ environment, path }) => {
      if (environment === null) return [];
      return folders.length === 1
        ? [machine(environment)]
        : [details(`The machine of ${path}`, [machine(environment)])];
    }),
  ]);
}

function computedBy({ backend, device, onnxruntime }: Environment): Record<string, string> {
  if (backend === "reference") return { "Computed by": "the reference interpreter" };
  const where = device === undefined ? "" : `, ${device}`;
  if (backend === "onnx") return { "Computed by": `ONNX Runtime ${onnxruntime ?? ""}`.trim() + where };
  // Old folders name the installed version, whether or not it was used.
  return backend === undefined && onnxruntime !== null ? { "ONNX Runtime installed": onnxruntime } : {};
}

const machine = (environment: Environment): Block =>
  facts({
    Downhill: environment.downhill,
    ...computedBy(environment),
    Node: environment.node,
    System: environment.platform,
    Processor: environment.cpu,
    Cores: String(environment.cores),
    Memory: `${environment.memory} GiB`,
  });
