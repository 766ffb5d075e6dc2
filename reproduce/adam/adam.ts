import { type Figure, figure } from "../../src/figure/index.ts";
import { type Findings, type Given, progressOver, type Reproduction, unlessInterrupted } from "../reproduction.ts";
import { autoencoder } from "./autoencoder.ts";
import { convnet } from "./convnet.ts";
import type { Part, PartFindings } from "./part.ts";
import { perceptron } from "./perceptron.ts";
import { type AdamSettings, adamSettings } from "./settings.ts";
import { softmax } from "./softmax.ts";

const parts: readonly Part[] = [softmax, perceptron, convnet, autoencoder];

export const adamPaper: Reproduction = {
  name: "adam",
  title: "The experiments of Adam's paper",
  source: "Kingma & Ba 2015, Adam: a method for stochastic optimization, section 6",
  extents: {
    quick: {
      about:
        "10,000, 3,000, 1,280 and 1,000 training examples, 20, 20, 12 and 10 epochs; 5 or 4 learning rates for each optimizer, 3 seeds; the convnet narrowed to 16-16-32-128",
      cost: "8 minutes",
    },
    full: {
      about:
        "the paper's nets and lengths: 45, 200, 45 and 100 epochs on whole data sets; 8 or 6 learning rates for each optimizer, 3 seeds",
      cost: "a week",
    },
  },
  parts: parts.map(({ name }) => name),
  run: (given) => reproduceAdam(given, adamSettings[given.scale]),
};

/** The reproduction at any size. */
export async function reproduceAdam(given: Given, settings: AdamSettings): Promise<Findings> {
  const chosen = parts.filter(({ name }) => given.parts.length === 0 || given.parts.includes(name));
  const tell = progressOver(Object.fromEntries(chosen.map((part) => [part.name, part.work(settings)])), given);
  const found: PartFindings[] = [];
  for (const part of chosen) {
    const run = () => part.run(given, settings, (fraction) => tell(part.name, fraction));
    const findings = given.signal.aborted ? undefined : await unlessInterrupted(given.signal, run);
    if (findings !== undefined) found.push(findings);
  }
  const data = new Map(found.map(({ data: { name, source, licence } }) => [name, { name, source, licence }]));
  return {
    claims: found.flatMap(({ claims }) => claims),
    told: found.flatMap(({ told }) => told),
    figures: [...together(found), ...found.flatMap(({ figures }) => figures)],
    notes: found.flatMap(({ notes }) => notes),
    data: [...data.values()],
    outcome:
      found.length === chosen.length && found.every(({ outcome }) => outcome === "completed")
        ? "completed"
        : "interrupted",
  };
}

/** The panels of all parts, in one figure. */
function together(found: readonly PartFindings[]): Figure[] {
  const drawn = found.filter(({ panels }) => panels.length > 0);
  const panels = drawn.flatMap((each) => each.panels);
  if (panels.length === 0) return [];
  return [
    figure({
      title: "The optimizers of Adam's paper",
      description: `Training losses by optimizer: the mean over the seeds, with their range. ${drawn.map(({ description }) => description).join(" ")}`,
      columns: Math.min(2, panels.length),
      panels,
    }),
  ];
}
