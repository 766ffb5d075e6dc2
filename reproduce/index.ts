/**
 * Published results, made again: each with its claims, judged by what was measured.
 *
 * @module
 */

import { adamPaper } from "./adam/adam.ts";
import { deepobs2c2d } from "./deepobs-2c2d/deepobs-2c2d.ts";
import { landscapes } from "./landscapes/landscapes.ts";
import { lecun1989 } from "./lecun-1989/lecun-1989.ts";
import type { Reproduction } from "./reproduction.ts";

export {
  type ComparisonRequest,
  type Extent,
  type Findings,
  type Given,
  type Kept,
  type Reproduction,
  type Scale,
  scales,
} from "./reproduction.ts";
export { type Judged, type Verdict, verdicts } from "./verdict.ts";

/** All reproductions. */
export const reproductions: readonly Reproduction[] = [adamPaper, lecun1989, deepobs2c2d, landscapes];

/** The reproduction of this name; undefined where there is none. */
export const findReproduction = (name: string): Reproduction | undefined =>
  reproductions.find((reproduction) => reproduction.name === name);
