import type { ColumnInputs, InputColumn, Preprocessing, ValueInputs } from "../../../data/table/index.ts";

/** JavaScript code that turns raw rows into a net's inputs, as `net.predict` does. */
export interface ScriptRows {
  /** What was measured on the training set. */
  readonly constants: string;
  /** Functions, of which `inputsOf(rows)` gives the inputs of all rows, one after the other. */
  readonly functions: string;
  /** The type of a row, for a comment. */
  readonly type: string;
}

export const scriptRows = (inputs: Preprocessing["inputs"]): ScriptRows =>
  inputs.kind === "columns" ? columnRows(inputs) : valueRows(inputs);

function valueRows({ shape, mean, deviation }: ValueInputs): ScriptRows {
  const size = shape.reduce((product, length) => product * length, 1);
  return {
    type: "ArrayLike<number>",
    constants: `// An example's ${size} values are divided into runs of equal length, each with its own mean and standard deviation.
const MEAN = ${JSON.stringify(mean)};
const DEVIATION = ${JSON.stringify(deviation)};`,
    functions: `/** The inputs of all rows, one after the other. */
function inputsOf(rows) {
  const inputs = new Float64Array(rows.length * ${size});
  rows.forEach((row, i) => {
    const wanted = "give ${size} numbers, of shape ${shape.join(" × ")}";
    if (!Array.isArray(row) && (!ArrayBuffer.isView(row) || row instanceof DataView))
      throw new TypeError("predict: row " + (i + 1) + " is " + shown(row) + "; " + wanted);
    const at = Array.prototype.findIndex.call(row, (value) => typeof value !== "number" || !Number.isFinite(value));
    if (at >= 0) throw new TypeError("predict: row " + (i + 1) + " has " + shown(row[at]) + " at " + at + "; " + wanted);
    if (row.length !== ${size})
      throw new RangeError("predict: row " + (i + 1) + " has " + row.length + " values; " + wanted);
    for (let k = 0; k < ${size}; k++) {
      const run = Math.floor((k * MEAN.length) / ${size});
      inputs[i * ${size} + k] = (row[k] - MEAN[run]) / DEVIATION[run];
    }
  });
  return inputs;
}

${SHOWN}`,
  };
}

const SHOWN = `/** A value for a message, cut. */
function shown(value) {
  const isJson = typeof value === "string" || (typeof value === "object" && value !== null);
  const text = typeof value === "function" ? "a function" : isJson ? JSON.stringify(value) : String(value);
  return text.length > 50 ? text.slice(0, 50) + "…" : text;
}`;

/** More columns are not listed in a type. */
const MOST_LISTED = 50;

function columnRows({ columns }: ColumnInputs): ScriptRows {
  const kinds = (["number", "date", "boolean", "category"] as const).filter((kind) =>
    columns.some((column) => column.kind === kind),
  );
  const fields = columns.map((column) => ` *   ${inComment(JSON.stringify(column.name))}: ${cellType(column)},`);
  return {
    type: columns.length > MOST_LISTED ? "Record<string, Cell>" : `{\n${fields.join("\n")}\n * }`,
    constants: `// The columns that the net takes, in the order of its inputs. A column of words has an input for each category,
// then one for any other word if "other" is set, then one for a missing cell if "missing" is "input".
const COLUMNS = [
${columns.map((column) => `  ${JSON.stringify(column)},\n`).join("")}];`,
    functions: [ROWS, READERS, ...kinds.map((kind) => `${CELLS[kind]}`), NAME, MISSING, SHOWN]
      .join("\n\n")
      .replace("READ", `{ ${kinds.map((kind) => `${kind}: ${kind}In`).join(", ")} }`),
  };
}

/** A text that does not end the comment that it stands in. */
export const inComment = (text: string): string => text.replaceAll("*/", "*\\/").replace(/[\u2028\u2029]/g, " ");

function cellType(column: InputColumn): string {
  const types = {
    number: "number | string",
    date: "Date | string",
    boolean:
      column.kind === "boolean"
        ? `boolean | 0 | 1 | ${column.words.map((word) => inComment(JSON.stringify(word))).join(" | ")}`
        : "",
    category: "string | number | boolean",
  };
  const isHoled = column.kind === "category" ? column.missing !== undefined : column.fill !== undefined;
  return `${types[column.kind]}${isHoled ? " | null" : ""}`;
}

const ROWS = `/** The inputs of all rows, one after the other. */
function inputsOf(rows) {
  return rows.flatMap((row, i) => {
    if (typeof row !== "object" || row === null || Array.isArray(row) || ArrayBuffer.isView(row)) {
      const example = COLUMNS.slice(0, 3).map(({ name }) => JSON.stringify(name) + ": …");
      throw new TypeError("predict: row " + (i + 1) + " is " + shown(row) + "; give an object: { " + example.join(", ") + " }");
    }
    return COLUMNS.flatMap((column) => inputsOfValue(column, valueIn(row, column, i)));
  });
}

/** A column's value in a row: a number, or the index of a category, −1 for any other word; NaN if it is missing. */
function valueIn(row, column, i) {
  const name = column.name;
  const place = "predict: row " + (i + 1);
  if (!Object.hasOwn(row, name)) {
    const near = Object.keys(row).find((other) => other.trim().toLowerCase() === name.trim().toLowerCase());
    const advice = near === undefined ? "give it, or null if it is missing" : "is it " + shown(near) + "?";
    throw new RangeError(place + " has no " + shown(name) + "; " + advice);
  }
  const cell = row[name];
  if (isMissing(cell, column)) {
    if ((column.kind === "category" ? column.missing : column.fill) !== undefined) return NaN;
    const why = "no value was missing in the training set, so nothing stands for one";
    throw new RangeError(place + ": " + shown(name) + " is missing; " + why + ": give " + wanted(column));
  }
  const isCell = ["string", "number", "boolean", "bigint"].includes(typeof cell) || cell instanceof Date;
  const value = isCell ? readers[column.kind](column, cell) : undefined;
  if (Number.isFinite(value)) return value;
  throw new TypeError(place + ": " + shown(name) + " is " + shown(cell) + "; give " + wanted(column));
}

function wanted({ kind, words = [] }) {
  if (kind === "boolean") return words.map(shown).join(" or ");
  return { number: "a number", date: "a date such as 2024-04-03", category: "a word" }[kind];
}

function inputsOfValue(column, value) {
  const isHole = Number.isNaN(value);
  if (column.kind === "category") {
    const { categories, other = false, missing } = column;
    const inputs = [...categories.map((_, k) => Number(k === value))];
    if (other) inputs.push(Number(value === -1 || (isHole && missing === "other")));
    if (missing === "input") inputs.push(Number(isHole));
    return inputs;
  }
  const scaled = ((isHole ? column.fill : value) - column.mean) / column.deviation;
  return column.indicator ? [scaled, Number(isHole)] : [scaled];
}`;

const READERS = "const readers = READ;";

const TIME = String.raw`(?:[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?`;

const CELLS = {
  number: String.raw`function numberIn(column, cell) {
  if (cell instanceof Date) return undefined;
  if (typeof cell !== "string") return Number(cell);
  const text = cell.trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}`,
  date: String.raw`/** Days since 1970-01-01, in UTC where no offset is given. 3/4/2024 is read if the training set had such dates. */
function dateIn({ dayFirst }, cell) {
  if (cell instanceof Date) return cell.getTime() / 86400000;
  if (typeof cell !== "string") return undefined;
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${TIME}\s?(Z|[+-]\d\d:?\d\d)?)?$/i.exec(cell.trim());
  if (iso !== null) return daysOf(iso.slice(1, 4), iso.slice(4, 7), iso[7]);
  const numeric = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${TIME})?$/.exec(cell.trim());
  if (numeric === null || dayFirst === undefined) return undefined;
  const [, first, , second, year, ...rest] = numeric;
  return daysOf(dayFirst ? [year, second, first] : [year, first, second], rest);
}

function daysOf(day, time, offset = "Z") {
  const [year, month, date] = day.map(Number);
  const [hour, minute, second] = time.map((part) => Number(part ?? 0));
  const midnight = Date.UTC(year, month - 1, date);
  if (new Date(midnight).getUTCDate() !== date || month < 1 || month > 12) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const digits = offset.slice(1).replace(":", "");
  const shift = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60;
  return midnight / 86400000 + (hour * 3600 + minute * 60 + second - (offset[0] === "-" ? -shift : shift)) / 86400;
}`,
  boolean: `/** The column's own words in any case, true and false, 1 and 0. */
function booleanIn({ words: [no, yes] }, cell) {
  if (cell === true || cell === 1) return 1;
  if (cell === false || cell === 0) return 0;
  const text = plainText(String(cell));
  if (text === plainText(yes) || text === "true" || text === "1") return 1;
  return text === plainText(no) || text === "false" || text === "0" ? 0 : undefined;
}`,
  category: `function categoryIn({ categories }, cell) {
  return categories.indexOf(nameIn(String(cell)));
}`,
} as const;

const NAME = String.raw`/** Characters that are not seen. */
const NO_WIDTH = /[\u200b\u2060\ufeff\u00ad]/g;

/** A word as the net's categories are spelled. */
const nameIn = (text) => text.replace(NO_WIDTH, "").replace(/\p{Zs}/gu, " ").trim().normalize("NFC");

/** A text to compare: in lower case, with "-" for all dashes, and ordinary forms of wide letters. */
function plainText(text) {
  return text
    .normalize("NFKC")
    .replace(NO_WIDTH, "")
    .replace(/[\u200c-\u200f\u2061-\u2064]/g, "")
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .toLowerCase()
    .trim();
}`;

const MISSING = String.raw`/** Words that stand for a missing value, in any case. */
const NOTHING = new Set([
  ...["", "na", "n/a", "n.a", "<na>", "<nil>", "pd.na", "pd.nat", "np.nan", "math.nan", "nan", "nat", "null", "<null>"],
  ...["(null)", "\\n", "nil", "none", "missing", "undefined", "inf", "infinity", "∞", "-", "--", "---", "?", "??", "*"],
  ...["#n/a", "#n/a n/a", "#na", "#getting_data", "#n/d", "#nv", "#n/b", "#i/t", "#н/д", "#yok"],
]);

/** null, undefined, NaN, and texts such as "" and "n/a", unless they are a word of the column. */
function isMissing(cell, { categories = [], words = categories }) {
  if (typeof cell !== "string") return cell === null || cell === undefined || Number.isNaN(cell);
  const text = cell.trim();
  if (text.length > 30 || (text !== "" && words.includes(nameIn(text)))) return false;
  const quotes = /^["'${"`"}‘’‚“”„«»‹›]+|["'${"`"}‘’‚“”„«»‹›]+$/g;
  const word = plainText(text).replace(quotes, "").replace(/[. ]+$/, "").trim();
  return (
    NOTHING.has(word) ||
    (/^[+-].*[a-z∞]/.test(word) && NOTHING.has(word.slice(1))) ||
    /^#[¡¿]?\p{L}[\p{L}\p{M}\d/_ ]*[!?]$/u.test(word) ||
    /^[+-]?nan\(\w*\)$/.test(word) ||
    /^[+-]?1\.#(qnan|snan|nan|ind|inf)0*$/.test(word)
  );
}`;
