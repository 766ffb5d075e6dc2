import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DeviceFacts } from "../../device/index.ts";
import { DataError } from "../../files/index.ts";
import { errorCode, fileError, makeFolder, sweepParts, writeWhole } from "../../files/node/index.ts";
import type { Surface } from "../../surfaces/index.ts";
import type { MetricsLine, RunConfig, Summary } from "../folder/folder.ts";
import { reportHtml } from "../report.ts";
import { environment } from "./environment.ts";
import { LineFile } from "./files.ts";

export interface CreateRunOptions {
  readonly kind: RunConfig["kind"];
  /** Goes into the folder's name; characters that a file name cannot have are replaced. */
  readonly name: string;
  readonly command: string;
  readonly settings: RunConfig["settings"];
  readonly plan?: RunConfig["plan"];
  /** The run's own folder, new or empty. Default: a new one below `root`. */
  readonly folder?: string;
  /** Where new folders go. Default "runs". */
  readonly root?: string;
  /** Default: now. */
  readonly startedAt?: Date;
  /** The device that computes nets. Default: none. */
  readonly device?: DeviceFacts;
}

/** A run folder that is being filled. It has config.json and env.json from the start. */
export interface RunWriter {
  readonly path: string;
  /** Adds a line to metrics.jsonl. Numbers that are not finite become null. */
  append(event: MetricsLine): void;
  /** Writes summary.json and report.html, which completes the folder, and returns the report's path. `surface`: the one that a walk was on. */
  finish(summary: Summary, surface?: Surface): string;
  /** Leaves the folder as it is, for a run that failed. */
  close(): void;
}

/** Makes a run folder. Where that fails, it leaves nothing behind and throws a DataError. */
export function createRun(options: CreateRunOptions): RunWriter {
  const { kind, name, command, settings, plan, startedAt = new Date() } = options;
  const { path, undo } = folderFor(options, startedAt);
  const config = { format: 1, kind, name, startedAt: startedAt.toISOString(), command, settings, plan } as const;
  try {
    const machine = environment(options.device);
    writeJson(join(path, "config.json"), config);
    writeJson(join(path, "env.json"), machine);
    const metrics = new LineFile(join(path, "metrics.jsonl"));
    return {
      path,
      append: (event) => metrics.append(JSON.stringify(event)),
      finish: (summary, surface) => {
        metrics.close();
        writeJson(join(path, "summary.json"), summary);
        const report = join(path, "report.html");
        writeWhole(report, reportHtml([{ path, config, environment: machine, metrics: [], summary, surface }]));
        return report;
      },
      close: () => metrics.close(),
    };
  } catch (error) {
    undo();
    throw fileError(error, path);
  }
}

const writeJson = (file: string, value: object): void => writeWhole(file, `${JSON.stringify(value, null, 1)}\n`);

/** The new folder, and a function that removes it together with the parent folders that were made for it. */
function folderFor(
  { kind, name, folder, root = "runs" }: CreateRunOptions,
  startedAt: Date,
): { path: string; undo: () => void } {
  const above = folder ?? root;
  try {
    const made = makeFolder(above);
    if (folder !== undefined) {
      if (readdirSync(folder).length > 0)
        throw new DataError(folder, "the folder is not empty", "name a new or empty folder, or none");
      return { path: folder, undo: () => made !== undefined && rmSync(made, { recursive: true, force: true }) };
    }
    if (made === undefined) sweepRuns(root);
    const path = unique(join(root, `${stamp(startedAt)}-${kind}-${fileName(name)}`));
    return { path, undo: () => rmSync(made ?? path, { recursive: true, force: true }) };
  } catch (error) {
    throw fileError(error, above);
  }
}

/** How many of the latest runs are searched for files that a killed process left half written. */
const LATEST = 50;

function sweepRuns(root: string): void {
  const runs = readdirSync(root).filter((name) => /^\d{4}-\d\d-\d\dT/.test(name));
  for (const name of runs.sort().slice(-LATEST)) sweepParts(join(root, name));
}

/** Makes the folder, with a number appended where it exists: two runs may start within one second. */
function unique(path: string): string {
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? path : `${path}-${number}`;
    try {
      mkdirSync(numbered);
      return numbered;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}

/** Local time to the second, without characters that file systems refuse: 2026-01-31T15-04-05. */
function stamp(date: Date): string {
  const [year, ...rest] = [
    date.getFullYear(),
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
  ].map((part) => String(part).padStart(2, "0"));
  return `${year}-${rest.slice(0, 2).join("-")}T${rest.slice(2).join("-")}`;
}

/** A name without what file systems refuse, and without dots and dashes at its ends. */
function fileName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}._+-]+/gu, "-");
  let [begin, end] = [0, plain.length];
  while ("-.".includes(plain[begin] ?? " ")) begin++;
  while (end > begin && "-.".includes(plain[end - 1])) end--;
  return plain.slice(begin, end).slice(0, 60) || "run";
}
