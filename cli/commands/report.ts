import { output } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { exitCode } from "../io.ts";
import { jsonText } from "../print/result.ts";
import type { Command } from "./command.ts";

export const report: Command = {
  name: "report",
  summary: "build report.html again from one or several run folders",
  words: [["<run...>", "run folders of train, compare, minimize, fit or reproduce", { paths: "folders" }]],
  flags: [flags.reportFile, flags.json, ...output],
  examples: [
    ["downhill report runs/2026-01-31T15-04-05-compare-digits", "that run's own report"],
    ["downhill report runs/a runs/b --out both.html", "two runs side by side"],
  ],
  load: async () => {
    const { writeReport } = await import("../../src/report/node/index.ts");
    return {
      read: (settings, io) => () => {
        const report = writeReport(settings.words, settings.get(flags.reportFile));
        io.out.write(settings.get(flags.json) ? jsonText({ report, runs: settings.words }) : `${report}\n`);
        return exitCode.success;
      },
    };
  },
};
