import type { Dataset } from "../../data/index.ts";
import type { Figure } from "../../figure/index.ts";

/** A claim of a publication, and what a measurement says of it. */
export interface JudgedClaim {
  /** One sentence. */
  readonly claim: string;
  readonly verdict: "holds" | "does not hold" | "undecided";
  /** The numbers that the verdict rests on, in words. */
  readonly measured: string;
}

/** Single quantities by their labels. */
export interface Quantities {
  readonly facts: Readonly<Record<string, number | string>>;
}

/** Quantities column by column; the first column names the rows. */
export interface QuantityTable {
  readonly title: string;
  readonly columns: Readonly<Record<string, readonly (number | string)[]>>;
}

/** A published result that was made again: plain data. */
export interface ReproductionRecord {
  /** As the command has it. */
  readonly name: string;
  readonly title: string;
  /** The publication. */
  readonly source: string;
  readonly scale: "quick" | "full";
  /** What was done at this scale. */
  readonly about: string;
  readonly claims: readonly JudgedClaim[];
  readonly told: readonly (Quantities | QuantityTable)[];
  readonly figures: readonly Figure[];
  /** Where the data or the method differ from the published ones. */
  readonly notes: readonly string[];
  readonly data: readonly Pick<Dataset, "name" | "source" | "licence">[];
  readonly outcome: "completed" | "interrupted";
  /** Wall-clock seconds of this start; what was finished before took none of them. */
  readonly seconds: number;
}
