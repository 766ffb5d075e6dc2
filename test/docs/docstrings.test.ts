import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { root } from "./project.ts";

/** The declaration files of the package's entries, those for Node and those for browsers. */
const files = [
  ...new Set(
    [...readFileSync(join(root, "package.json"), "utf8").matchAll(/"\.\/(dist\/[^"]+?)(?:\.d\.ts|\.js)"/g)]
      .map(([, path]) => join(root, `${path}.d.ts`))
      .filter((path) => !path.includes("/cli/")),
  ),
];

/** Only Downhill's own declarations, since no docstring is in those of the language or of other packages. */
function ownProgram(): ts.Program {
  const options: ts.CompilerOptions = { noLib: true, types: [], module: ts.ModuleKind.NodeNext };
  const host = ts.createCompilerHost(options);
  const isThere = host.fileExists;
  host.fileExists = (path) => !path.includes("/node_modules/") && isThere(path);
  return ts.createProgram({ rootNames: files, options, host });
}

const program = ownProgram();
const checker = program.getTypeChecker();
const names = new Map<ts.Symbol, Name>();

interface Name {
  /** Where it was found first: `src/nn/index.d.ts: initializers.zeros`. */
  readonly path: string;
  /** The export itself and what it stands for: a docstring at either will do. */
  readonly symbols: readonly ts.Symbol[];
}

/** Collects a name, the names in a namespace, and the methods of a type. */
function collect(symbol: ts.Symbol, inside: string): void {
  const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const path = `${inside}: ${symbol.name}`;
  if (names.has(meant)) return;
  names.set(meant, { path, symbols: [symbol, meant] });
  if (meant.flags & ts.SymbolFlags.ValueModule)
    for (const part of checker.getExportsOfModule(meant)) collect(part, path);
  else for (const member of meant.members?.values() ?? []) if (isMethod(member)) collect(member, path);
}

/** Whether a member is called: a method, or a property that holds a function. */
const isMethod = ({ flags, valueDeclaration }: ts.Symbol): boolean =>
  valueDeclaration !== undefined &&
  !(ts.getCombinedModifierFlags(valueDeclaration) & ts.ModifierFlags.Private) &&
  ((flags & ts.SymbolFlags.Method) > 0 ||
    (ts.isPropertySignature(valueDeclaration) &&
      valueDeclaration.type !== undefined &&
      ts.isFunctionTypeNode(valueDeclaration.type)));

const isDocumented = (symbol: ts.Symbol): boolean =>
  symbol.getDocumentationComment(checker).length > 0 ||
  // The docstring of `export * as name` stands above the statement.
  (symbol.declarations ?? []).some(
    (at) => ts.isNamespaceExport(at) && ts.getJSDocCommentsAndTags(at.parent).length > 0,
  );

for (const file of files) {
  const source = program.getSourceFile(file);
  const entry = source && checker.getSymbolAtLocation(source);
  if (entry === undefined) throw new Error(`${file} exports nothing`);
  for (const symbol of checker.getExportsOfModule(entry)) collect(symbol, relative(join(root, "dist"), file));
}

it("every name that the package exports has a docstring, and so has every method", () => {
  expect(names.size).toBeGreaterThan(800);
  const bare = [...names.values()].filter(({ symbols }) => !symbols.some(isDocumented));
  expect(bare.map(({ path }) => path)).toEqual([]);
});

it.each(files)("%s says what the entry is for, by a comment that the site shows", (file) => {
  const source = relative(join(root, "dist"), file).replace(/\.d\.ts$/, ".ts");
  expect(readFileSync(join(root, source), "utf8")).toMatch(/^\/\*\*\n(?: \*.*\n)+? \* @module\n \*\/\n\n/);
});
