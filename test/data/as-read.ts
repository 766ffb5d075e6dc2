import { type CsvOptions, csvTable } from "../../src/data/index.ts";
import { chooseColumns } from "../../src/data/table/choose.ts";
import { usableRows } from "../../src/data/table/missing-policy.ts";
import { columnLabel } from "../../src/data/table/raw-table.ts";
import { readTargets } from "../../src/data/table/targets.ts";

/** A text's table as it is read, before it is split: for tests of how texts are read. */
export function asRead(text: string, name: string, { task, ignore, columns, missing, ...layout }: CsvOptions = {}) {
  const table = csvTable(text, name, layout);
  const choice = chooseColumns(table, { ...(ignore && { ignore }), ...(columns && { columns }) });
  const rows = usableRows(table, choice, missing ?? "refuse");
  const targets = readTargets(table, choice.targets, task);
  const { inputs } = choice;
  const valueAt = (row: number) =>
    inputs.map(({ column }) => (column.cells === "numbers" ? column.values[row] : column.words[column.codes[row]]));
  return {
    columns: inputs.map(({ column }) => columnLabel(column)),
    kinds: inputs.map(({ kind }) => kind),
    leftOut: choice.leftOut.map(({ column, reason }) => `${columnLabel(column)}: ${reason}`),
    inputs: [...rows.list()].flatMap(valueAt),
    targets: Array.from(targets.values),
    description: { name, task: targets.task, classes: targets.classes },
    form: table.form,
  };
}
