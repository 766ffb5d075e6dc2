import { dataFlags, device, output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

const experimentNames = async () => {
  const { experiments } = await import("../../src/lecture/index.ts");
  return ["all", ...experiments.map(({ id }) => id)];
};

export const lecture: Command = {
  name: "lecture",
  summary: "the lecture's statements as experiments: list them, or run one",
  words: [["[experiment]", "the one to run, or all", { names: experimentNames }]],
  flags: [
    ...[...dataFlags, flags.temperatures],
    ...[...Object.values(device), flags.threads, flags.figureFile, flags.json, ...output],
  ],
  defaults: { data: "digits" },
  examples: [
    ["downhill lecture", "list the experiments"],
    ["downhill lecture learning-rate --figure rates.svg", "run one, with its figure"],
    ["downhill lecture radford-beale --figure beale.gif", "seven optimizers race down a valley"],
    ["downhill lecture all --figure lecture.html", "run all, on one page"],
  ],
  load: () => import("./lecture-work.ts"),
};
