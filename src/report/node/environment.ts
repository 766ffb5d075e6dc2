import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus, release, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Environment } from "../folder/folder.ts";

/** What this machine computes with; `backend` is what computes nets here, if any are computed. */
export const environment = (backend: Environment["backend"] = null): Environment => ({
  downhill: versionAbove(dirname(fileURLToPath(import.meta.url)), "downhill") ?? "unknown",
  backend,
  onnxruntime: backend === "onnx" ? onnxruntimeVersion() : null,
  node: process.versions.node,
  platform: `${process.platform} ${process.arch} ${release()}`,
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  memory: Math.round((totalmem() / 2 ** 30) * 10) / 10,
});

function onnxruntimeVersion(): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve("onnxruntime-node");
    return versionAbove(dirname(entry), "onnxruntime-node");
  } catch {
    return null;
  }
}

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
