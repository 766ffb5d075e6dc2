import { readFileSync } from "node:fs";

/** The package's version. package.json lies above the sources, and one folder higher above their compiled form. */
export function version(): string {
  for (const place of ["../package.json", "../../package.json"]) {
    const found = versionIn(new URL(place, import.meta.url));
    if (found !== undefined) return found;
  }
  return "unknown";
}

function versionIn(file: URL): string | undefined {
  try {
    const { name, version }: { name?: unknown; version?: unknown } = JSON.parse(readFileSync(file, "utf8"));
    return name === "downhill" && typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}
