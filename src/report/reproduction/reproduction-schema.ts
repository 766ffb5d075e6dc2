import type { Figure } from "../../figure/index.ts";
import { anything, fits, list, number, object, oneOf, record, type Schema, text } from "../../files/schema/index.ts";
import type { JudgedClaim, Quantities, QuantityTable, ReproductionRecord } from "./reproduction-record.ts";

/** The schema of a reproduction's record. */

const cell: Schema<number | string> = {
  problem: (value, path) => (typeof value === "string" ? undefined : number.problem(value, path)),
};

const quantities = object<Quantities>({ facts: record(cell) });
const table = object<QuantityTable>({ title: text, columns: record(list(cell)) });

const told: Schema<Quantities | QuantityTable> = {
  problem: (value, path) => (fits(quantities, value) ? undefined : table.problem(value, path)),
};

/** The parts that every figure has; its marks are checked where they are drawn. */
const figure: Schema<Figure> = {
  problem: (value, path) =>
    object<{ title: string; description: string; panels: readonly unknown[] }>({
      ...{ title: text, description: text },
      panels: list(anything),
    }).problem(value, path),
};

export const reproduction = object<ReproductionRecord>({
  ...{ name: text, title: text, source: text, about: text },
  scale: oneOf("quick", "full"),
  claims: list(
    object<JudgedClaim>({ claim: text, verdict: oneOf("holds", "does not hold", "undecided"), measured: text }),
  ),
  told: list(told),
  figures: list(figure),
  notes: list(text),
  data: list(object<ReproductionRecord["data"][number]>({ name: text, source: text, licence: text })),
  outcome: oneOf("completed", "interrupted"),
  seconds: number,
});
