import type { ColumnInputs, Preprocessing, ValueInputs } from "../../../data/table/index.ts";
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

const NUMBER = String.raw`DECIMAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def read_number(column, cell):
    if isinstance(cell, str):
        cell = cell.strip(BLANKS)
        if not DECIMAL.fullmatch(cell):
            return None
    elif not isinstance(cell, Number):
        return None
    try:
        value = float(cell)
    except (TypeError, OverflowError):
        return None
    return value if math.isfinite(value) else None
`;

const DATE = String.raw`ISO = re.compile(
    r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})"
    r"(?:[Tt ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?\s?([Zz]|[+-][0-9]{2}:?[0-9]{2})?)?"
)
NUMERIC = re.compile(
    r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?)?"
)


def read_date(column, cell):
    """Days since 1970-01-01, in UTC where no offset is given. 3/4/2024 is read if the training set had such dates."""
    if isinstance(cell, datetime):
        cell = cell.replace(tzinfo=timezone.utc) if cell.tzinfo is None else cell
        return cell.timestamp() / 86400
    if isinstance(cell, date):
        return float((cell - date(1970, 1, 1)).days)
    if not isinstance(cell, str):
        return None
    cell = cell.strip(BLANKS)
    found = ISO.fullmatch(cell)
    if found:
        year, month, day, hour, minute, second, offset = found.groups()
        return days_of((year, month, day), (hour, minute, second), offset or "Z")
    found = NUMERIC.fullmatch(cell) if "dayFirst" in column else None
    if not found:
        return None
    first, _, other, year, *time = found.groups()
    return days_of((year, other, first) if column["dayFirst"] else (year, first, other), time, "Z")


def days_of(day, time, offset):
    year, month, day = (int(part) for part in day)
    hour, minute, second = (int(part or 0) for part in time)
    try:
        midnight = (date(year + 1900 if year < 100 else year, month, day) - date(1970, 1, 1)).days
    except ValueError:
        return None
    if hour > 23 or minute > 59 or second > 59:
        return None
    digits = offset[1:].replace(":", "")
    shift = int(digits[:2]) * 3600 + int(digits[2:]) * 60 if digits else 0
    seconds = hour * 3600 + minute * 60 + second - (-shift if offset[0] == "-" else shift)
    return midnight + seconds / 86400
`;

const BOOLEAN = `def read_boolean(column, cell):
    """The column's own words in any case, true and false, 1 and 0."""
    if isinstance(cell, Number) and cell in (0, 1):
        return float(cell)
    text = plain(text_of(cell))
    no, yes = (plain(word) for word in column["words"])
    if text in (yes, "true", "1"):
        return 1.0
    return 0.0 if text in (no, "false", "0") else None
`;

const CATEGORY = `def read_category(column, cell):
    """The index of the category; −1 for any other word."""
    text = name_in(text_of(cell))
    return column["categories"].index(text) if text in column["categories"] else -1
`;

const TEXT = String.raw`def text_of(cell):
    """A cell as text; numbers as JavaScript writes them: 3.0 is 3."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if not isinstance(cell, float):
        return str(cell)
    if not math.isfinite(cell):
        return "Infinity" if cell > 0 else "-Infinity"
    if cell == 0 or 1e-6 <= abs(cell) < 1e21:
        text = format(Decimal(repr(abs(cell))), "f")
        return ("-" if cell < 0 else "") + (text.rstrip("0").rstrip(".") if "." in text else text)
    return re.sub(r"e([+-])0", r"e\1", repr(cell)).replace(".0e", "e")
`;

const MISSING = String.raw`# What JavaScript's trim takes away, and characters that are not seen.
BLANKS = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
NO_WIDTH = "\u200b\u2060\ufeff\u00ad"
PLAIN = re.compile(r"[\x20-\x7e]*")


def name_in(text):
    """A word as the net's categories are spelled."""
    if not PLAIN.fullmatch(text):
        text = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text if c not in NO_WIDTH)
        text = unicodedata.normalize("NFC", text.strip(BLANKS))
    return text.strip(BLANKS)


def plain(text):
    """A text to compare: in lower case, with "-" for all dashes, and ordinary forms of wide letters."""
    if not PLAIN.fullmatch(text):
        text = unicodedata.normalize("NFKC", text)
        text = re.sub("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]", "", text)
        text = "".join("-" if unicodedata.category(c) == "Pd" or c == "\u2212" else c for c in text)
    return text.lower().strip(BLANKS)


# Words that stand for a missing value, in any case.
NOTHING = {
    *("", "na", "n/a", "n.a", "<na>", "<nil>", "pd.na", "pd.nat", "np.nan", "math.nan", "nan", "nat", "null", "<null>"),
    *("(null)", "\\n", "nil", "none", "missing", "undefined", "inf", "infinity", "∞", "-", "--", "---", "?", "??", "*"),
    *("#n/a", "#n/a n/a", "#na", "#getting_data", "#n/d", "#nv", "#n/b", "#i/t", "#н/д", "#yok"),
}


def is_missing(cell, column):
    """None, NaN, and texts such as "" and "n/a", unless they are a word of the column."""
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):
        return True
    if not isinstance(cell, str):
        return isinstance(cell, Number) and cell != cell
    cell = cell.strip(BLANKS)
    if len(cell.encode("utf-16-le", "surrogatepass")) > 60:
        return False
    if cell and name_in(cell) in (column.get("categories") or column.get("words") or ()):
        return False
    word = plain(cell).lstrip(QUOTES)
    word = word.rstrip(QUOTES).rstrip(". ").strip(BLANKS)
    signed = re.match(r"[+-].*[a-z∞]", word)
    return (
        word in NOTHING
        or (signed is not None and word[1:] in NOTHING)
        or re.fullmatch(r"[+-]?nan\([A-Za-z0-9_]*\)", word) is not None
        or re.fullmatch(r"[+-]?1\.#(qnan|snan|nan|ind|inf)0*", word) is not None
        or is_sheet_error(word)
    )


QUOTES = "\"'${"`"}‘’‚“”„«»‹›"


def is_sheet_error(word):
    """A spreadsheet's error in any language: #DIV/0!, #NOM?"""
    if not re.fullmatch("#[¡¿]?[^¡¿].*[!?]", word):
        return False
    inner = word[1:-1].lstrip("¡¿")
    return inner[0].isalpha() and all(
        c.isalpha() or c in "0123456789/_ " or unicodedata.category(c)[0] == "M" for c in inner
    )
`;
