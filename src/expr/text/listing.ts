import { type Expr, input } from "../node.ts";
import { inOrder } from "../program.ts";
import { numbered } from "../same.ts";
import { binding } from "../tex.ts";
import { alone, write } from "./printer.ts";
import { constantNames } from "./vocabulary.ts";
import type { Written } from "./word.ts";

/** Nodes on top of each other in one statement: half of what the parser allows, since each may need parentheses. */
const DEEPEST = 90;

/** A piece of a statement, and how many nodes are on top of each other in it. */
interface Piece extends Written {
  readonly depth: number;
}

/**
 * Expressions as assignments, one a line. What is used more than once is computed once, under a name of its own, and so
 * is what would be nested too deep; the text is as long as the graph is large. `assign` reads the same expressions back.
 */
export function printStatements(outputs: Readonly<Record<string, Expr>>): string {
  const roots = Object.values(outputs);
  const order = inOrder(roots);
  const numbers = numbered(roots);
  const numberOf = (node: Expr): number => numbers.get(node) ?? -1;
  const inputs = order.flatMap((node) => (node.kind === "input" ? [node.name] : []));
  const names = freshNames(new Set([...inputs, ...constantNames.keys(), ...Object.keys(outputs)]));

  const named = sharedNodes(order, roots, numberOf);
  // A result that takes the name of an input would hide it from the next: then all are computed before any is named.
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

/** The applications that are used more than once, as inputs or as results; equal ones count as one. */
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

/** s1, s2, …, but for names that are taken. */
function freshNames(taken: ReadonlySet<string>): () => string {
  let count = 0;
  return () => {
    do count++;
    while (taken.has(`s${count}`));
    return `s${count}`;
  };
}
