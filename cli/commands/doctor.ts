import { output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

export const doctor: Command = {
  name: "doctor",
  summary: "say what this machine can compute with, and where the data are",
  about: "Each device is tried. For one that does not work it says why, and what to do.",
  flags: [flags.dataDir, flags.json, ...output],
  examples: [["downhill doctor", "devices, versions, threads, memory, data sets"]],
  load: () => import("./doctor-work.ts"),
};
