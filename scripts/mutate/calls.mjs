// Faults in calls: the other method, arguments that change places, bounds that are left out.
import ts from "typescript";

const SWAPPED = {
  ...{ min: "max", max: "min", floor: "ceil", ceil: "floor", round: "floor", some: "every", every: "some" },
  ...{ find: "findLast", findLast: "find", findIndex: "findLastIndex", findLastIndex: "findIndex" },
  ...{ indexOf: "lastIndexOf", lastIndexOf: "indexOf", startsWith: "endsWith", endsWith: "startsWith" },
  ...{ push: "unshift", shift: "pop", pop: "shift", add: "delete" },
};

/** Without the call its object, or the argument, is left. */
const DROPPED = new Set([
  "filter",
  "sort",
  "toSorted",
  "reverse",
  "toReversed",
  "trim",
  "flat",
  "toLowerCase",
  "slice",
]);
const DROPPED_OF_MATH = new Set(["abs", "sqrt", "exp", "log", "hypot", "fround", "trunc"]);

/** Tells `add` of each fault that a call can have. */
export function callChanges(node, source, add) {
  const called = ts.isCallExpression(node);
  if (!called && !ts.isNewExpression(node)) return;
  const args = node.arguments ?? [];
  for (const [i, next] of args.slice(1).entries()) swap(args[i], next, source, add);
  if (called && ts.isPropertyAccessExpression(node.expression)) methods(node, source, add);
}

function swap(first, second, source, add) {
  const [a, b] = [first.getText(source), second.getText(source)];
  if (a === b || ts.isFunctionLike(first) || ts.isFunctionLike(second)) return;
  add("swapped", first, `${b}, ${a}`, [first.getStart(source), second.getEnd()]);
}

function methods(node, source, add) {
  const { expression, arguments: args } = node;
  const { name } = expression;
  const object = expression.expression.getText(source);
  const isMath = object === "Math";
  if (Object.hasOwn(SWAPPED, name.text)) add("method", name, SWAPPED[name.text]);
  if (isMath && DROPPED_OF_MATH.has(name.text) && args.length === 1)
    add("method", node, `(${args[0].getText(source)})`);
  if (!isMath && DROPPED.has(name.text)) add("method", node, object);
  if (/^(slice|subarray)$/.test(name.text) && args.length === 2)
    add("method", node, `${expression.getText(source)}(${args[0].getText(source)})`);
}
