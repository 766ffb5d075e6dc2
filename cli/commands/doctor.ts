import { output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

export const doctor: Command = {
  name: "doctor",
  summary: "check which devices work here, and where the data sets are",
  about: "Tries each device. If one does not work, it says why and what to do about it.",
  flags: [flags.dataDir, flags.json, ...output],
  examples: [["downhill doctor", "devices, versions, threads, memory, data sets"]],
  load: () => import("./doctor-work.ts"),
};
