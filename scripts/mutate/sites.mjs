// Finds what can be broken in a file: each mutant is a piece of its text and what stands there instead.
import ts from "typescript";
import { callChanges } from "./calls.mjs";

/** One small fault: `text` in place of what lies from `start` to `end`. */
const mutant = (source, kind, node, text, [start, end] = [node.getStart(source), node.getEnd()]) => ({
  kind,
  start,
  end,
  text,
  line: source.getLineAndCharacterOfPosition(start).line + 1,
});

/** All mutants of a file, in the order of the text. */
export function mutantsOf(name, text) {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true);
  const found = [];
  const add = (kind, node, replacement, range) => found.push(mutant(source, kind, node, replacement, range));
  const words = wordsOf(source);
  const visit = (node) => {
    if (isSkipped(node)) return;
    for (const changes of [operators, values, conditions, statements, callChanges, formulas])
      changes(node, source, add, words);
    // What a throw says is words; that it throws is a rule.
    if (!ts.isThrowStatement(node)) ts.forEachChild(node, visit);
  };
  visit(source);
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

const isSkipped = (node) =>
  ts.isTypeNode(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  ts.isTypeParameterDeclaration(node);

const K = ts.SyntaxKind;

const OPERATORS = new Map([
  [K.PlusToken, ["-"]],
  [K.MinusToken, ["+"]],
  [K.AsteriskToken, ["/"]],
  [K.SlashToken, ["*"]],
  [K.PercentToken, ["*"]],
  [K.AsteriskAsteriskToken, ["*"]],
  [K.LessThanLessThanToken, [">>"]],
  [K.GreaterThanGreaterThanToken, ["<<"]],
  [K.LessThanToken, ["<=", ">="]],
  [K.LessThanEqualsToken, ["<", ">"]],
  [K.GreaterThanToken, [">=", "<="]],
  [K.GreaterThanEqualsToken, [">", "<"]],
  [K.EqualsEqualsEqualsToken, ["!=="]],
  [K.ExclamationEqualsEqualsToken, ["==="]],
  [K.AmpersandAmpersandToken, ["||"]],
  [K.BarBarToken, ["&&"]],
  [K.PlusEqualsToken, ["-="]],
  [K.MinusEqualsToken, ["+="]],
  [K.AsteriskEqualsToken, ["/="]],
  [K.SlashEqualsToken, ["*="]],
  [K.QuestionQuestionEqualsToken, ["="]],
]);

const isText = (node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

function operators(node, source, add) {
  if (ts.isBinaryExpression(node)) {
    const { left, right, operatorToken } = node;
    if (operatorToken.kind === K.PlusToken && (isText(left) || isText(right))) return;
    for (const text of OPERATORS.get(operatorToken.kind) ?? []) add("operator", operatorToken, text);
    if (operatorToken.kind === K.QuestionQuestionToken) {
      add("default", node, left.getText(source));
      add("default", node, right.getText(source));
    }
  }
  if (ts.isPrefixUnaryExpression(node)) {
    const swapped = { [K.PlusPlusToken]: "--", [K.MinusMinusToken]: "++" }[node.operator];
    const operand = node.operand.getText(source);
    if (swapped) add("operator", node, swapped + operand);
    else if (node.operator === K.ExclamationToken || node.operator === K.MinusToken) add("sign", node, operand);
  }
  if (ts.isPostfixUnaryExpression(node)) {
    add("operator", node, node.operand.getText(source) + (node.operator === K.PlusPlusToken ? "--" : "++"));
  }
}

/** Numbers, truth values, and words such as "loss", which become the next word of the same file. */
function values(node, _source, add, words) {
  if (ts.isNumericLiteral(node)) {
    const value = Number(node.text);
    add("number", node, String(value + 1));
    if (value === 1) add("number", node, "0");
    else if (value !== 0) add("number", node, String(value / 2));
  }
  if (node.kind === K.TrueKeyword) add("truth", node, "false");
  if (node.kind === K.FalseKeyword) add("truth", node, "true");
  if (isWord(node)) {
    const next = words[(words.indexOf(node.text) + 1) % words.length];
    if (next !== node.text) add("word", node, JSON.stringify(next));
  }
}

/** A word that a program decides by, not one that it says: no argument, no key, nothing with a space in it. */
const isWord = (node) =>
  ts.isStringLiteral(node) &&
  /^[a-z][a-zA-Z0-9-]*$/.test(node.text) &&
  !ts.isCallExpression(node.parent) &&
  !ts.isLiteralTypeNode(node.parent) &&
  !(ts.isPropertyAssignment(node.parent) && /^(name|title|source|label)$/.test(node.parent.name.getText()));

function wordsOf(source) {
  const words = new Set();
  const visit = (node) => {
    if (isSkipped(node)) return;
    if (isWord(node)) words.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...words];
}

function conditions(node, source, add) {
  if (ts.isIfStatement(node)) for (const text of ["true", "false"]) add("condition", node.expression, text);
  if (ts.isWhileStatement(node)) add("condition", node.expression, "false");
  if (ts.isConditionalExpression(node))
    for (const branch of [node.whenTrue, node.whenFalse]) add("branch", node, `(${branch.getText(source)})`);
}

function statements(node, _source, add) {
  const bare = ts.isReturnStatement(node) && node.expression === undefined;
  if (ts.isExpressionStatement(node) || ts.isThrowStatement(node) || bare) add("removed", node, ";");
  if (ts.isContinueStatement(node) || ts.isBreakStatement(node)) add("removed", node, ";");
  if (ts.isSpreadAssignment(node)) add("removed", node, "...{}");
  if (ts.isReturnStatement(node) && ts.isIfStatement(node.parent)) add("removed", node, ";");
}

/** The text of an update rule is arithmetic, too. */
function formulas(node, source, add) {
  if (!ts.isPropertyAssignment(node) || !/^(update|lookahead)$/.test(node.name.getText(source))) return;
  if (!ts.isStringLiteralLike(node.initializer)) return;
  const begin = node.initializer.getStart(source) + 1;
  const text = source.text.slice(begin, node.initializer.getEnd() - 1);
  const swapped = { "+": "-", "-": "+", "*": "/", "/": "*" };
  for (const { 0: operator, index } of text.matchAll(/[-+*/]/g))
    add("formula", node, swapped[operator], [begin + index, begin + index + 1]);
}
