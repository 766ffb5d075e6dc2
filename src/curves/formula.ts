import { quote, someOf, unknownName } from "../arguments/index.ts";
import { constant, type Expr, input } from "../expr/index.ts";
import { type Ast, parseStatements, partsOf, resultOf, type Statement } from "../expr/text/index.ts";
import { SettingError, setting } from "../files/index.ts";

/** response = f(columns, parameters) + error. */
export interface CurveFormula {
  /** As it was written. */
  readonly text: string;
  /** The response as it was written: `y`, or an expression of columns, such as `log(y)`. */
  readonly response: string;
  /** The columns of the response. */
  readonly responseColumns: readonly string[];
  /** The columns in the right-hand side, in the order of their first use. */
  readonly predictors: readonly string[];
  /** All other names in it, in the order of their first use. */
  readonly parameters: readonly string[];
  /** Both sides over `rows` rows; parameters in `fixed` are constants. */
  bind(rows: number, fixed: Readonly<Record<string, number>>): BoundFormula;
}

export interface BoundFormula {
  readonly response: Expr;
  readonly prediction: Expr;
}

interface FormulaOptions {
  /** The names of all columns. */
  readonly columns: readonly string[];
  /** The response's column, if the formula has no left-hand side. */
  readonly predict?: string | undefined;
  /** Names that are parameters even if the language knows a number of that name, such as `e`. */
  readonly parameters: readonly string[];
}

/**
 * Reads a formula: the right-hand side, or `y = …`. Names that are columns are data, all others are parameters. Assignments may come
 * first: `u = x/c; y = a*u/(1 + u)`. Throws a SyntaxError that points at a mistake in the formula, and a RangeError that says what is
 * missing.
 */
export function readFormula(text: string, options: FormulaOptions): CurveFormula {
  const { begin, equals } = lastStatement(text);
  const right = parseStatements(
    equals < 0 ? text : text.slice(0, begin) + blank(text.slice(begin, equals + 1)) + text.slice(equals + 1),
  );
  const left = equals < 0 ? undefined : parseStatements(blank(text.slice(0, begin)) + text.slice(begin, equals));
  if (right.length === 0) throw new SyntaxError("the formula is empty; write one, such as a*exp(-b*x) + c");
  const names = namesOf(right);
  const predictors = names.filter((name) => options.columns.includes(name));
  const parameters = names.filter(
    (name) => !predictors.includes(name) && (options.parameters.includes(name) || !NUMBERS.has(name)),
  );
  const responseColumns = left === undefined ? [responseOf(options, predictors)] : columnsOf(left, options);
  const response = equals < 0 ? responseColumns[0] : text.slice(begin, equals).trim();
  const both = responseColumns.find((name) => predictors.includes(name));
  if (both !== undefined)
    throw new RangeError(`the formula uses ${quote(both)}, the column to predict; write it without that column`);
  if (parameters.length === 0) throw new RangeError(noParameters(text, predictors));
  if (predictors.length === 0 && parameters.length > 1) throw new RangeError(noColumns(options, responseColumns));
  return {
    ...{ text, response, responseColumns, predictors, parameters },
    bind(rows, fixed) {
      const column = (name: string) => [name, input(name, [rows])] as const;
      const free = parameters.filter((name) => !Object.hasOwn(fixed, name)).map((name) => [name, input(name)] as const);
      const constants = Object.entries(fixed).map(([name, value]) => [name, constant(value)] as const);
      const prediction = resultOf(right, new Map<string, Expr>([...predictors.map(column), ...free, ...constants]));
      const ofResponse = new Map<string, Expr>(responseColumns.map(column));
      return {
        response: left === undefined ? column(response)[1] : resultOf(left, ofResponse),
        prediction: rowByRow(prediction),
      };
    },
  };
}

/** Numbers that the language knows by name: they are parameters only where a column or an option says so. */
const NUMBERS: ReadonlySet<string> = new Set(["pi", "π", "e"]);

/** Where the last statement begins, and its equals sign outside of parentheses; −1 without one. */
function lastStatement(text: string): { readonly begin: number; readonly equals: number } {
  let [begin, equals, depth] = [0, -1, 0];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if ("([".includes(character)) depth++;
    else if (")]".includes(character)) depth--;
    else if (depth > 0) continue;
    else if (";\n".includes(character) && text.slice(at + 1).trim() !== "") [begin, equals] = [at + 1, -1];
    else if (equals < 0 && character === "=" && !/[<>=!]$/.test(text.slice(begin, at)) && text[at + 1] !== "=")
      equals = at;
  }
  return { begin, equals };
}

/** Blanks in the place of a text, so that errors point at the right column. */
const blank = (text: string): string => text.replace(/[^\n]/g, " ");

/** The names that statements use before they assign them, in the order of their first use. */
function namesOf(statements: readonly Statement[]): string[] {
  const [assigned, free] = [new Set(["inf", "nan"]), new Set<string>()];
  for (const { name, value } of statements) {
    for (const used of namesIn(value)) if (!assigned.has(used)) free.add(used);
    if (name !== null) assigned.add(name);
  }
  return [...free];
}

function* namesIn(ast: Ast): Generator<string> {
  if (ast.kind === "name") yield ast.name;
  for (const part of partsOf(ast)) yield* namesIn(part);
}

/** The response of a formula without a left-hand side: the column that `predict` names, or the only one that is left. */
function responseOf({ columns, predict }: FormulaOptions, predictors: readonly string[]): string {
  if (predict !== undefined) {
    if (columns.includes(predict)) return predict;
    throw new RangeError(unknownName("column", predict, columns));
  }
  const rest = columns.filter((name) => !predictors.includes(name));
  if (rest.length === 1) return rest[0];
  throw new SettingError(
    `the formula does not say which column it predicts; write y = … before it, or give ${setting("--predict y", 'predict: "y"')}; the columns are ${someOf(columns)}`,
  );
}

/** The columns of a left-hand side, which may hold no other names. */
function columnsOf(left: readonly Statement[], { columns, predict }: FormulaOptions): string[] {
  const names = namesOf(left).filter((name) => columns.includes(name) || !NUMBERS.has(name));
  const unknown = names.find((name) => !columns.includes(name));
  if (unknown !== undefined)
    throw new RangeError(`the left-hand side must use columns only; ${unknownName("column", unknown, columns)}`);
  if (names.length === 0)
    throw new RangeError(`there is no column before the =; write y = … with y one of ${someOf(columns)}`);
  if (predict !== undefined && !names.includes(predict))
    throw new RangeError(
      `the formula predicts ${names.join(", ")}, but predict is ${quote(predict)}; leave one of the two out`,
    );
  return names;
}

/** A prediction of one row must not depend on other rows: else it would mean something else for new rows. */
function rowByRow(prediction: Expr): Expr {
  const seen = new Set<Expr>();
  const check = (node: Expr): void => {
    if (node.kind !== "apply" || seen.has(node)) return;
    seen.add(node);
    const { operator, inputs, shape } = node;
    if (shape.length === 0 ? inputs.some((each) => each.shape.length > 0) : shape.length > 1)
      throw new RangeError(
        `the formula uses ${operator.name}, which mixes rows; compute it beforehand, as a column or a number`,
      );
    for (const each of inputs) check(each);
  };
  check(prediction);
  return prediction;
}

const noParameters = (text: string, predictors: readonly string[]): string =>
  `the formula ${quote(text)} has no parameters: ${predictors.length === 0 ? "it holds no names" : `all its names (${someOf(predictors)}) are columns`}; a name that is no column is a parameter, as a in a*${predictors[0] ?? "x"}`;

const noColumns = ({ columns }: FormulaOptions, response: readonly string[]): string =>
  `the formula uses no column besides the one to predict; write it with ${someOf(columns.filter((name) => !response.includes(name))) || "a column of the data"}`;
