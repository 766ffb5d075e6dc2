import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The package's folder: above the sources, and one folder higher above their compiled form. */
const root = ["../", "../../"]
  .map((place) => new URL(place, import.meta.url))
  .find((folder) => versionIn(new URL("package.json", folder)) !== undefined);

/** The package's version. */
export const version = (): string => (root && versionIn(new URL("package.json", root))) ?? "unknown";

/** A file of the package as one can open it. */
export const packageFile = (file: string): string => (root === undefined ? file : fileURLToPath(new URL(file, root)));

function versionIn(file: URL): string | undefined {
  try {
    const { name, version }: { name?: unknown; version?: unknown } = JSON.parse(readFileSync(file, "utf8"));
    return name === "downhill" && typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}
