/**
 * What a column holds: numbers; two words that say yes and no; dates; words of which there are few (categories) or many (text);
 * nothing but missing cells; or numbers with some cells that are none.
 */
export type ColumnKind = "number" | "boolean" | "date" | "category" | "text" | "empty" | "mixed";

/** What a column of a table holds, and what becomes of it: plain data, for people and programs that look at a table. */
export interface ColumnFacts {
  readonly name: string;
  /** From 1. */
  readonly number: number;
  readonly kind: ColumnKind;
  /** A refused column has to be left out, or corrected, before anything can be trained. */
  readonly role: "input" | "target" | "weights" | "left out" | "refused";
  /** Why it is left out or refused. */
  readonly reason?: string;
  /** Whole numbers: whether a different one is in each row, as ids are. */
  readonly unique?: true;
  /** How many of the net's inputs it becomes. */
  readonly inputs: number;
  /** How many cells are missing, of all rows. */
  readonly missing: number;
  /** Numbers: the least, the mean and the largest. */
  readonly range?: { readonly least: number; readonly mean: number; readonly most: number };
  /** Dates: the first and the last, as in 2024-04-03. */
  readonly dates?: { readonly first: string; readonly last: string };
  /** Words: how many different ones there are, and the most frequent, with their rows. */
  readonly different?: number;
  readonly frequent?: readonly { readonly word: string; readonly rows: number }[];
}
