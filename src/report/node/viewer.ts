import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Program } from "../../figure/index.ts";

/**
 * The program that shows landscapes in motion on a page: dist/landscape-viewer.js, which the package has and `npm run build` makes.
 * Undefined where it was not made, as when only the compiler ran: then pages have still pictures.
 */
export function viewerProgram(): Program | undefined {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const file = [join(folder, "landscape-viewer.js"), join(folder, "dist/landscape-viewer.js")].find((path) =>
      existsSync(path),
    );
    if (file === undefined) continue;
    const script = readFileSync(file, "utf8");
    return { script, hash: `sha256-${createHash("sha256").update(script).digest("base64")}` };
  }
  return undefined;
}
