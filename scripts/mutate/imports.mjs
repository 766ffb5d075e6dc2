// Which tests can reach a file, by what files import.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

/** The files that a file needs when it runs. */
function importsOf(root, file) {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.ES2023);
  const found = [];
  const visit = (node) => {
    const stated = ts.isImportDeclaration(node)
      ? !node.importClause?.isTypeOnly
      : ts.isExportDeclaration(node) && !node.isTypeOnly;
    if (stated && node.moduleSpecifier) found.push(node.moduleSpecifier.text);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      found.push(node.arguments[0].text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.filter((to) => to?.startsWith(".")).map((to) => relative(root, join(root, dirname(file), to)));
}

/** How many imports lie between a test and each file that it reaches. */
export function distances(root, test) {
  const far = new Map([[test, 0]]);
  for (const [file, distance] of far)
    if (file.endsWith(".ts") && existsSync(join(root, file)))
      for (const next of cache.get(file) ?? remember(root, file)) if (!far.has(next)) far.set(next, distance + 1);
  return far;
}

const cache = new Map();

function remember(root, file) {
  cache.set(file, importsOf(root, file));
  return cache.get(file);
}
