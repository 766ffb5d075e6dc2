import { dataFlags, device, output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

const experimentNames = async () => {
  const { experiments } = await import("../../lecture/index.ts");
  return ["all", ...experiments.map(({ id }) => id)];
};

export const lecture: Command = {
  name: "lecture",
  summary: "list or run the experiments that check the lecture's claims",
  words: [["[experiment]", "the experiment to run, or all", { names: experimentNames }]],
  flags: [
    ...[...dataFlags, flags.temperatures],
    ...[...Object.values(device), flags.threads, flags.figureFile, flags.json, ...output],
  ],
  defaults: { data: "digits" },
  examples: [
    ["downhill lecture", "the list of all experiments"],
    ["downhill lecture learning-rate --figure rates.svg", "one experiment, with its figure"],
    ["downhill lecture radford-beale --figure beale.gif", "seven optimizers racing down a valley"],
    ["downhill lecture all --figure lecture.html", "all experiments, on one page"],
  ],
  load: () => import("./lecture-work.ts"),
};
