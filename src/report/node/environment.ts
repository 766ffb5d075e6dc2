import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DeviceFacts } from "../../device/index.ts";
import type { Environment } from "../folder/folder.ts";

/** The software and hardware of this machine; `device` computes the nets, if there are any. */
export const environment = (device?: DeviceFacts): Environment => ({
  downhill: versionAbove(dirname(fileURLToPath(import.meta.url)), "downhill") ?? "unknown",
  backend: device?.backend ?? null,
  device: device?.name ?? null,
  onnxruntime: device?.runtime?.version ?? null,
  node: process.versions.node,
  platform: `${process.platform} ${process.arch} ${release()}`,
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  memory: Math.round((totalmem() / 2 ** 30) * 10) / 10,
});

/** The version in the nearest package.json upwards that has this name. */
function versionAbove(start: string, name: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file)) {
      const found: { name?: unknown; version?: unknown } = JSON.parse(readFileSync(file, "utf8"));
      if (found.name === name) return String(found.version);
    }
    if (folder === dirname(folder)) return null;
  }
}
