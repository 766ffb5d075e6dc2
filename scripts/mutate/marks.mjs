// Which functions a test runs: each leaves a mark when it is entered, and so does each file when it is loaded.
import ts from "typescript";

const hasBody = (node) => ts.isFunctionLike(node) && node.body !== undefined;

/** The functions of a file, in the order of their text. */
function functionsOf(name, text) {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true);
  const found = [];
  const visit = (node) => {
    if (hasBody(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { source, found };
}

/** The text with marks: `first` when it is loaded, and one more for each function. */
export function marked(name, text, first) {
  const { source, found } = functionsOf(name, text);
  const mark = (i) => `(globalThis.__marks ??= [])[${i}] = 1`;
  const inserted = found.flatMap(({ body }, i) =>
    ts.isBlock(body)
      ? [[body.getStart(source) + 1, `${mark(first + 1 + i)};`]]
      : [
          [body.getStart(source), `(${mark(first + 1 + i)}, `],
          [body.getEnd(), ")"],
        ],
  );
  let out = text;
  // From the end, so that places before stay; of two at one place the inner one, which comes later, first.
  for (const [place, piece] of inserted.map((each, i) => [...each, i]).sort((a, b) => b[0] - a[0] || order(a, b)))
    out = out.slice(0, place) + piece + out.slice(place);
  return { text: `${out}\n${mark(first)};\n`, count: found.length + 1 };
}

const order = (a, b) => (a[1] === ")" ? a[2] - b[2] : b[2] - a[2]);

/** The mark of the innermost function around a mutant; of none, the file's own. */
export function markOf(name, text, first, { start, end }) {
  const { source, found } = functionsOf(name, text);
  const around = found.map(({ body }) => body.getStart(source) <= start && end <= body.getEnd());
  return first + 1 + around.lastIndexOf(true);
}
