import type { ColumnInputs, Preprocessing, ValueInputs } from "../../../data/table/index.ts";
import { BOOLEAN, CATEGORY, DATE, MISSING, NUMBER, TEXT } from "./python-cells.ts";
import { pythonLiteral } from "./python-literals.ts";

/** Python code that turns raw rows into a net's inputs, as `net.predict` does. */
export interface PythonRows {
  /** The modules that it imports, a line each. */
  readonly imports: readonly string[];
  /** What was measured on the training set. */
  readonly constants: string;
  /** Functions, of which `inputs_of(rows)` gives the inputs, float64, [n, …]. */
  readonly functions: string;
}

export const pythonRows = (inputs: Preprocessing["inputs"]): PythonRows =>
  inputs.kind === "columns" ? columnRows(inputs) : valueRows(inputs);

function valueRows({ shape, mean, deviation }: ValueInputs): PythonRows {
  const size = shape.reduce((product, length) => product * length, 1);
  return {
    imports: [],
    constants: `# An example's ${size} values are divided into runs of equal length, each with its own mean and standard deviation.
MEAN = ${pythonLiteral(mean)}
DEVIATION = ${pythonLiteral(deviation)}
`,
    functions: `def inputs_of(rows):
    """Standardised examples. Raises a TypeError or ValueError that says what is wrong with which row."""
    x = torch.stack([values_of(row, i) for i, row in enumerate(rows, 1)]).reshape(len(rows), len(MEAN), -1)
    mean, deviation = torch.tensor([MEAN, DEVIATION], dtype=torch.float64).unsqueeze(-1)
    return (x - mean) / deviation


def values_of(row, i):
    wanted = "give ${size} numbers, of shape ${shape.join(" × ")}"
    try:
        x = torch.as_tensor(row, dtype=torch.float64).flatten().cpu()
    except (TypeError, ValueError, RuntimeError):
        raise TypeError(f"predict: row {i} is {shown(row)}; {wanted}") from None
    if len(x) != ${size}:
        raise ValueError(f"predict: row {i} has {len(x)} values; {wanted}")
    if not x.isfinite().all():
        raise TypeError(f"predict: row {i} has a value that is not finite; {wanted}")
    return x


${SHOWN}`,
  };
}

const SHOWN = `def shown(value):
    """A value for a message, cut."""
    text = repr(value)
    return text if len(text) <= 50 else f"{text[:50]}…"
`;

function columnRows({ columns }: ColumnInputs): PythonRows {
  const has = (kind: string): boolean => columns.some((column) => column.kind === kind);
  const readers = [
    ...(has("number") ? [NUMBER] : []),
    ...(has("date") ? [DATE] : []),
    ...(has("boolean") ? [BOOLEAN] : []),
    ...(has("category") ? [CATEGORY] : []),
    ...(has("boolean") || has("category") ? [TEXT] : []),
  ];
  const names = ["number", "date", "boolean", "category"].filter(has).map((kind) => `"${kind}": read_${kind}`);
  return {
    imports: [
      "import math",
      "import re",
      "import unicodedata",
      "from collections.abc import Mapping",
      ...(has("date") ? ["from datetime import date, datetime, timezone"] : []),
      ...(has("boolean") || has("category") ? ["from decimal import Decimal"] : []),
      "from numbers import Number",
    ],
    constants: `# The columns that the net takes, in the order of its inputs. A column of words has an input for each category,
# then one for any other word if "other" is set, then one for a missing cell if "missing" is "input".
COLUMNS = [
${columns.map((column) => `    ${pythonLiteral(column)},\n`).join("")}]
`,
    functions: `${ROWS}

${[...readers, MISSING].join("\n\n")}

READERS = {${names.join(", ")}}


${SHOWN}`,
  };
}

const ROWS = `def inputs_of(rows):
    """The inputs of raw rows, dictionaries or a data frame. Raises a TypeError or ValueError that says what is wrong with which row."""
    rows = rows.to_dict("records") if hasattr(rows, "to_dict") else rows
    return torch.tensor([inputs_of_row(row, i) for i, row in enumerate(rows, 1)], dtype=torch.float64)


def inputs_of_row(row, i):
    if not isinstance(row, Mapping):
        raise TypeError(f"predict: row {i} is {shown(row)}; give a dictionary with the value of each column by its name")
    return [x for column in COLUMNS for x in inputs_of_value(column, value_in(row, column, i))]


def value_in(row, column, i):
    """A column's value in a row: a number, or the index of a category; NaN if it is missing."""
    name = column["name"]
    if name not in row:
        near = [other for other in row if str(other).strip().lower() == name.strip().lower()]
        advice = f'is it "{near[0]}"?' if near else "give it, or None if it is missing"
        raise ValueError(f'predict: row {i} has no "{name}"; {advice}')
    cell = row[name].item() if hasattr(row[name], "item") else row[name]
    if is_missing(cell, column):
        if "fill" in column or "missing" in column:
            return math.nan
        why = "no value was missing in the training set, so nothing stands for one"
        raise ValueError(f'predict: row {i}: "{name}" is missing; {why}: give {wanted(column)}')
    is_cell = isinstance(cell, (str, Number)) or hasattr(cell, "isoformat")
    value = READERS[column["kind"]](column, cell) if is_cell else None
    if value is None:
        raise TypeError(f'predict: row {i}: "{name}" is {shown(cell)}; give {wanted(column)}')
    return value


def wanted(column):
    words = {"number": "a number", "date": "a date such as 2024-04-03", "category": "a word"}
    return words.get(column["kind"]) or " or ".join(f'"{word}"' for word in column["words"])


def inputs_of_value(column, value):
    hole = math.isnan(value)
    if column["kind"] == "category":
        places = len(column["categories"]) + column.get("other", False) + (column.get("missing") == "input")
        inputs = [0.0] * places
        if value >= 0:
            inputs[value] = 1.0
        elif hole and column.get("missing") == "input":
            inputs[-1] = 1.0
        elif column.get("other"):
            inputs[len(column["categories"])] = 1.0
        return inputs
    scaled = ((column["fill"] if hole else value) - column["mean"]) / column["deviation"]
    return [scaled, float(hole)] if column.get("indicator") else [scaled]
`;
