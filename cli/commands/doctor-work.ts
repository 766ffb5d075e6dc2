import { existsSync } from "node:fs";
import { datasets } from "../../src/data/index.ts";
import { cacheFolder, findDataset } from "../../src/data/node/index.ts";
import { type Surveyed, surveyDevices } from "../../src/device/node/index.ts";
import { type Column, tableLines, textColumn } from "../../src/report/index.ts";
import { environment } from "../../src/report/node/index.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io } from "../io.ts";
import { Progress } from "../print/progress.ts";
import { jsonText } from "../print/result.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";

/** The devices that `--device auto` takes, the first that works. */
const AUTOMATIC = ["cpu", "wasm"];

interface Health {
  readonly machine: ReturnType<typeof environment>;
  readonly devices: readonly Surveyed[];
  /** What is taken where none is asked for. */
  readonly device: string | null;
  readonly data: readonly { readonly name: string; readonly found: string | null; readonly obtain: string }[];
  readonly cache: string;
  readonly chromium: string | null;
}

/** `downhill doctor`: what this machine can compute with, and where the data lie. */
export const read: Read = (settings, io) => () => run(settings, io);

async function run(settings: Settings, io: Io): Promise<number> {
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  progress.live(() => "trying each device …");
  const health = await examine(settings).finally(() => progress.clear());
  io.out.write(settings.get(flags.json) ? jsonText(plain(health)) : words(health));
  return health.device === null ? exitCode.failure : exitCode.success;
}

async function examine(settings: Settings): Promise<Health> {
  const devices = await surveyDevices();
  const dir = settings.get(flags.dataDir);
  return {
    machine: environment(),
    devices,
    device: AUTOMATIC.find((name) => devices.some((each) => each.works && each.name === name)) ?? null,
    data: datasets
      .filter(({ ownFile }) => !ownFile)
      .map(({ name, obtain }) => ({ name, found: findDataset(name, dir) ?? null, obtain })),
    cache: dir ?? cacheFolder(),
    chromium: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync) ?? null,
  };
}

function plain({ machine, ...health }: Health): Record<string, unknown> {
  const { downhill, node, platform, cpu, cores, memory } = machine;
  return { downhill, node, platform, cpu, cores, memory, ...health };
}

function words({ machine, devices, device, data, cache, chromium }: Health): string {
  const { downhill, node, platform, cpu, cores, memory } = machine;
  return [
    `Downhill ${downhill}, Node ${node}, ${platform}`,
    `${cpu}, ${cores} ${cores === 1 ? "core" : "cores"}, ${memory} GiB`,
    "",
    ...deviceTable(devices, device),
    "",
    ...devices.flatMap((each) => (each.works ? [] : complaint(each))),
    ...tableLines(dataColumns, dataRows(data)),
    "",
    `downloads are kept in ${cache}`,
    `chromium: ${chromium ?? "none (only this package's browser tests need it)"}`,
    "",
  ].join("\n");
}

/** Data sets that are in one place, or can be had in one way. */
interface DataRow {
  readonly names: readonly string[];
  readonly place: string;
}

const dataColumns: readonly Column<DataRow>[] = [
  textColumn("data set", ({ names }) => names.join(", ")),
  textColumn("where", ({ place }) => place),
];

function dataRows(data: Health["data"]): DataRow[] {
  const places = new Map<string, string[]>();
  for (const { name, found, obtain } of data) {
    const place = found ?? `not here: ${obtain}`;
    places.set(place, [...(places.get(place) ?? []), name]);
  }
  return [...places].map(([place, names]) => ({ names, place }));
}

function deviceTable(devices: readonly Surveyed[], taken: string | null): string[] {
  const columns: readonly Column<Surveyed>[] = [
    textColumn("device", ({ name }) => (name === taken ? `${name} (default)` : name)),
    textColumn("works", ({ works }) => (works ? "yes" : "no")),
    textColumn("computed by", (each) => (each.works ? softwareOf(each) : "")),
    { ...textColumn<Surveyed>("threads", (each) => (each.works ? String(each.threads) : "")), align: "right" },
    textColumn("f64", (each) => (each.works ? (each.float64 ? "yes" : "no") : "")),
  ];
  return tableLines(columns, devices);
}

const softwareOf = ({ runtime }: Extract<Surveyed, { works: true }>): string =>
  runtime === null ? "downhill, slow and exact" : `${runtime.name} ${runtime.version}`;

/** Why a device does not work, and what to do. */
const complaint = ({ name, reason, remedy }: Extract<Surveyed, { works: false }>): string[] => [
  `${name}: ${reason}`,
  `${" ".repeat(name.length + 2)}${remedy}`,
  "",
];
