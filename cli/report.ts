import { writeReport } from "../src/report/node/index.ts";
import * as flags from "./flags/index.ts";
import { exitCode, type Io } from "./io.ts";
import { jsonText } from "./result.ts";
import type { Settings } from "./settings.ts";

/** `downhill report`: report.html from what runs have left. */
export async function run(settings: Settings, io: Io): Promise<number> {
  const report = writeReport(settings.words, settings.get(flags.reportFile));
  io.out.write(settings.get(flags.json) ? jsonText({ report, runs: settings.words }) : `${report}\n`);
  return exitCode.success;
}
