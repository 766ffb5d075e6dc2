import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What the script does with a text, in a process of its own, since it is no TypeScript. */
async function run(script: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)("node", ["--input-type=module", "--eval", script], { cwd: root });
  return JSON.parse(stdout);
}

/** Texts, and every form in which each is broken. */
const forms: Readonly<Record<string, readonly string[]>> = {
  "x = a + b;": [";", "x = a - b;"],
  "const x = a < 3;": ["const x = a <= 3;", "const x = a >= 3;", "const x = a < 4;", "const x = a < 1.5;"],
  "const x = !a || b;": ["const x = a || b;", "const x = !a && b;"],
  "const x = a ?? b;": ["const x = a;", "const x = b;"],
  "const x = a ? b : c;": ["const x = (b);", "const x = (c);"],
  "const x = f(a, b);": ["const x = f(b, a);"],
  "const x = Math.max(a, b);": ["const x = Math.min(a, b);", "const x = Math.max(b, a);"],
  "const x = a.slice(n, m);": ["const x = a;", "const x = a.slice(n);", "const x = a.slice(m, n);"],
  "function f() { if (a) return; }": [
    "function f() { if (true) return; }",
    "function f() { if (false) return; }",
    "function f() { if (a) ; }",
  ],
  'const rule = { update: "w = w - lr*g" };': [
    'const rule = { update: "w = w + lr*g" };',
    'const rule = { update: "w = w - lr/g" };',
  ],
  // What is said, types and imports stay as they are.
  'throw new Error("too large: " + 1);': [";"],
  'import { a } from "./a.ts";\ntype T = "b" | 3;\nconst x: readonly 1[] = y;': [],
};

it("a text is broken in each of its operators, numbers, conditions, statements and calls, and in no words", async () => {
  const found = await run(`
    import { mutantsOf } from "./scripts/mutate/sites.mjs";
    const broken = (text) =>
      mutantsOf("a.ts", text).map((each) => text.slice(0, each.start) + each.text + text.slice(each.end));
    const texts = ${JSON.stringify(Object.keys(forms))};
    process.stdout.write(JSON.stringify(Object.fromEntries(texts.map((text) => [text, [...new Set(broken(text))]]))));
  `);
  const sorted = Object.entries(forms).map(([text, list]) => [text, expect.toSatisfy((given) => same(given, list))]);
  expect(found).toEqual(Object.fromEntries(sorted));
});

/** The same texts, in any order. */
const same = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

it("functions leave marks when they are entered, and do as they did", async () => {
  const text =
    "const twice = (x) => ({ y: 2 * x });\nfunction f(a) {\n  return [a].map((b) => twice(b).y)[0];\n}\nconst z = () => 0;\nf(3);";
  const found = await run(`
    import { marked, markOf } from "./scripts/mutate/marks.mjs";
    const text = ${JSON.stringify(text)};
    const value = (0, eval)(marked("a.js", text, 10).text.replace("f(3);", "globalThis.value = f(3);"));
    const at = (piece) => markOf("a.js", text, 10, { start: text.indexOf(piece), end: text.indexOf(piece) + 1 });
    const marks = Object.keys(globalThis.__marks).map(Number);
    process.stdout.write(JSON.stringify([globalThis.value, marks, at("2 * x"), at("[0]"), at("twice(b)"), at("0;"), at("f(3)")]));
  `);
  // The file's own mark is 10; those of the functions follow in the order of the text.
  expect(found).toEqual([6, [10, 11, 12, 13], 11, 12, 13, 14, 10]);
});
