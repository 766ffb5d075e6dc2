import type { Told } from "../../lecture/index.ts";
import type { Dataset } from "../../src/data/index.ts";
import type { Figure, Panel } from "../../src/figure/index.ts";
import type { Given } from "../reproduction.ts";
import type { Judged } from "../verdict.ts";
import type { AdamSettings } from "./settings.ts";

/** One of the paper's experiments. */
export interface Part {
  readonly name: string;
  /** How much work it is, in multiply-adds or thereabouts. */
  work(settings: AdamSettings): number;
  /** `tell`: which fraction is done. */
  run(given: Given, settings: AdamSettings, tell: (fraction: number) => void): Promise<PartFindings>;
}

/** What came of a part. */
export interface PartFindings {
  readonly claims: readonly Judged[];
  readonly told: Told;
  /** Its panels in the figure of all parts. */
  readonly panels: readonly Panel[];
  /** Figures of its own. */
  readonly figures: readonly Figure[];
  /** What it shows, in a sentence. */
  readonly description: string;
  readonly notes: readonly string[];
  readonly data: Dataset;
  readonly outcome: "completed" | "interrupted";
}
