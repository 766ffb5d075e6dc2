import { type Expr, input } from "../node.ts";
import { inOrder } from "../program.ts";
import { numberNodes } from "../same.ts";
import { binding } from "../tex.ts";
import { alone, write } from "./printer.ts";
import { constantNames } from "./vocabulary.ts";
import type { Written } from "./word.ts";

/** The deepest nesting in one statement: half of the parser's limit, since each node may need parentheses. */
const DEEPEST = 90;

/** A piece of a statement, and its nesting depth. */
interface Piece extends Written {
  readonly depth: number;
}

/**
 * Expressions as assignments, one per line. Nodes that are used more than once, or would be nested too deeply, get their own
 * name and line, so the text's length is proportional to the graph's size. `assign` reads the same expressions back.
 */
export function printStatements(outputs: Readonly<Record<string, Expr>>): string {
  const roots = Object.values(outputs);
  const order = inOrder(roots);
  const numbers = numberNodes(roots);
  const numberOf = (node: Expr): number => numbers.get(node) ?? -1;
  const inputs = order.flatMap((node) => (node.kind === "input" ? [node.name] : []));
  const names = freshNames(new Set([...inputs, ...constantNames.keys(), ...Object.keys(outputs)]));

  const named = sharedNodes(order, roots, numberOf);
  // A result with the name of an input would hide that input from later lines, so all are computed before any is named.
  if (inputs.some((name) => Object.hasOwn(outputs, name))) for (const root of roots) named.add(numberOf(root));

  const lines: string[] = [];
  const pieces = new Map<number, Piece>();
  const pieceOf = (node: Expr): Piece => {
    const piece = pieces.get(numberOf(node));
    if (piece === undefined) throw new Error("a node was used before it was written");
    return piece;
  };
  for (const node of order) {
    const number = numberOf(node);
    if (pieces.has(number)) continue;
    const parts = node.kind === "apply" ? node.inputs.map(pieceOf) : [];
    const piece = { ...write(node, parts), depth: 1 + Math.max(0, ...parts.map((part) => part.depth)) };
    if (!named.has(number) && piece.depth < DEEPEST) pieces.set(number, piece);
    else {
      const text = names();
      lines.push(`${text} = ${alone(node, piece)}`);
      pieces.set(number, { text, binds: binding.atom, depth: 0 });
    }
  }
  for (const [name, root] of Object.entries(outputs)) lines.push(`${input(name).name} = ${alone(root, pieceOf(root))}`);
  return lines.join("\n");
}

/** The applications used more than once, as inputs or as results; equal ones count as one. */
function sharedNodes(order: readonly Expr[], roots: readonly Expr[], numberOf: (node: Expr) => number): Set<number> {
  const distinct = [...new Map(order.map((node) => [numberOf(node), node])).values()];
  const used = new Set<number>();
  const shared = new Set<number>();
  for (const x of [...distinct.flatMap((node) => (node.kind === "apply" ? node.inputs : [])), ...roots]) {
    if (x.kind === "apply" && used.has(numberOf(x))) shared.add(numberOf(x));
    used.add(numberOf(x));
  }
  return shared;
}

/** s1, s2, …, skipping names that are taken. */
function freshNames(taken: ReadonlySet<string>): () => string {
  let count = 0;
  return () => {
    do count++;
    while (taken.has(`s${count}`));
    return `s${count}`;
  };
}
