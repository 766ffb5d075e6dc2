import { device, output, settings } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

const reproductionNames = async () => {
  const { reproductions } = await import("../../reproduce/index.ts");
  return reproductions.map(({ name }) => name);
};

export const reproduce: Command = {
  name: "reproduce",
  summary: "make published results again, and judge their claims",
  about:
    "Each claim is judged by what was measured: it holds, does not hold, or is undecided at this scale. Finished parts stay in the run's " +
    "folder, and are taken from there when the same is started again.",
  words: [
    [
      "[name...]",
      "the reproduction, then its parts (default: all); without a name, a list",
      { names: reproductionNames },
    ],
  ],
  flags: [
    ...[flags.dataDir, flags.reproductionScale, flags.workers, ...Object.values(device)],
    ...[flags.out, flags.noOut, flags.stillFigureFile, flags.json, ...output],
    ...settings,
  ],
  defaults: { scale: "quick", out: "runs" },
  examples: [
    ["downhill reproduce", "what there is, and how long it takes"],
    ["downhill reproduce adam --figure adam.svg", "the experiments of Adam's paper"],
    ["downhill reproduce adam softmax convnet", "two of them"],
    ["downhill reproduce lecun-1989 --scale full", "LeCun's net for digits of 1989"],
  ],
  load: () => import("./reproduce-work.ts"),
};
