import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { onTerminal } from "../../cli/io.ts";
import { NAME } from "../../src/expr/node.ts";
import { TOKEN } from "../../src/expr/text/lexer.ts";
import { ambiguityIn } from "./ambiguity.ts";

const root = resolve(import.meta.dirname, "..", "..");

interface Found {
  readonly place: string;
  readonly pattern: RegExp;
}

/** Every regular expression that is written out in the code, and every place where one is put together. */
const written: Found[] = [];
const composed = new Set<string>();

for (const folder of ["src", "lecture", "cli"])
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
    const file = join(entry.parentPath, entry.name);
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const [, body, flags] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
        const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
        written.push({ place: `${relative(root, file)}:${line + 1} ${node.text}`, pattern: new RegExp(body, flags) });
      }
      if (ts.isNewExpression(node) && node.expression.getText(source) === "RegExp") composed.add(relative(root, file));
      ts.forEachChild(node, visit);
    };
    visit(source);
  }

describe("every regular expression takes time in proportion to the text", () => {
  test("those that are written out", () => {
    expect(written.length).toBeGreaterThan(60);
    const slow = written.flatMap(({ place, pattern }) => {
      const reason = ambiguityIn(pattern);
      return reason === undefined ? [] : [`${place}: ${reason}`];
    });
    expect(slow).toEqual([]);
  });

  test("those that are put together", () => {
    expect([...composed].sort()).toEqual(["cli/io.ts", "src/expr/node.ts", "src/expr/text/lexer.ts"]);
    expect(ambiguityIn(new RegExp(`^${NAME}$`, "u"))).toBeUndefined();
    expect(ambiguityIn(TOKEN)).toBeUndefined();
    expect(ambiguityIn(onTerminal)).toBeUndefined();
  });
});

describe("the search for ambiguity", () => {
  test.each([
    /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
    /^\s*(lookahead)\s*=\s*([^#]*?)\s*(?:#.*)?$/u,
    /^(.+?)(\p{Nd}*)$/u,
    /0+$/,
    /(\.\d*?)0+$/,
    /^(a+)+$/,
    /^(?:a|a)*b/,
    /^(\w+\s?)*$/,
    /\s+$/,
    /"(.*)" but/,
    /^\s*\w*\s*\w*=$/,
    /\d{2,}x/,
  ])("finds %s", (pattern) => {
    expect(ambiguityIn(pattern)).toBeDefined();
  });

  test.each([
    /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i,
    /\s+/,
    /^\s*\w+\s*=\s*\S+\s*$/,
    /'([^']*)'/,
    /"(?:[^"\\]|\\.)*"/y,
    /^[^:]*:/,
    /,\s*$/,
    /\d{1,7}\.part$/,
    /^(?:a|b)*c/,
    /[^a-z]+/g,
  ])("finds nothing in %s", (pattern) => {
    expect(ambiguityIn(pattern)).toBeUndefined();
  });
});
