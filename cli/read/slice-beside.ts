import { readText } from "../../src/files/node/index.ts";
import { parseSlice, type TrustedSlice } from "../../src/report/index.ts";
import * as flags from "../flags/index.ts";
import { UsageError } from "../mistakes/failure.ts";
import type { Settings } from "../settings.ts";

/** The most characters of a landscape.json: a grid of 2,000 × 2,000 points. */
const LARGEST = 2 ** 28;

/** The slice that is to be drawn beside another one; none where none is asked for. */
export function sliceBeside(settings: Settings, isLine: boolean): TrustedSlice[] {
  const file = settings.get(flags.beside);
  if (file === undefined) return [];
  if (settings.get(flags.figureFile) === undefined)
    throw new UsageError("--beside draws two slices into one figure; name its file by --figure");
  const slice = parseSlice(readText(file, LARGEST), file);
  if ((slice.y.length === 1) !== isLine) {
    const [here, there] = isLine ? ["a line", "a plane"] : ["a plane", "a line"];
    throw new UsageError(
      `--beside ${file}: it is a slice along ${there}, and this one is along ${here}; give two of a kind`,
    );
  }
  return [slice];
}
