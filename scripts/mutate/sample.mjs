// Which mutants are tried: drawn by a seed, in the same share from each chapter, and only such as the compiler takes.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { mutantsOf } from "./sites.mjs";

const hash = (...parts) => createHash("sha1").update(parts.join("\0")).digest("hex");

/** All mutants of the files, each with an id that a change elsewhere in the file leaves as it is. */
export function mutantsIn(root, files) {
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const lines = text.split("\n");
    const seen = new Map();
    return mutantsOf(file, text).map((mutant) => {
      const key = hash(
        file,
        lines[mutant.line - 1].trim(),
        mutant.kind,
        text.slice(mutant.start, mutant.end),
        mutant.text,
      );
      seen.set(key, (seen.get(key) ?? 0) + 1);
      const changed = text.slice(0, mutant.start) + mutant.text + text.slice(mutant.end);
      return {
        ...mutant,
        file,
        chapter: chapterOf(file),
        id: hash(key, seen.get(key)),
        changed,
        before: lines[mutant.line - 1],
      };
    });
  });
}

/** src/compare/rates.ts is of compare. */
export const chapterOf = (file) => (file.startsWith("src/") ? file.split("/")[1] : file.split("/")[0]);

/** The mutants in the order of a seed, a chapter after the other in turn: so any beginning of the list is a fair sample. */
export function* drawn(mutants, seed) {
  const chapters = new Map();
  const rank = ({ id }) => hash(String(seed), id);
  for (const mutant of [...mutants].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)))
    chapters.set(mutant.chapter, [...(chapters.get(mutant.chapter) ?? []), mutant]);
  const lists = [...chapters].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => list);
  for (let i = 0; lists.some((list) => i < list.length); i++)
    for (const list of lists) if (i < list.length) yield list[i];
}

/** Names that a mutant leaves unused are no errors of types. */
const LENIENT = {
  noUnusedLocals: false,
  noUnusedParameters: false,
  allowUnreachableCode: true,
  noEmit: true,
  incremental: false,
};

/** Says whether the compiler takes a mutant: what it refuses, no test needs to find. */
export function compiler(root, files) {
  const path = join(root, "test/tsconfig.json");
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path, ts.sys.readFile).config,
    ts.sys,
    join(root, "test"),
  );
  const changed = new Map();
  const version = (file) => changed.get(file)?.version ?? 0;
  const textOf = (file) => changed.get(file)?.text ?? ts.sys.readFile(file);
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ ...options, ...LENIENT, composite: false, tsBuildInfoFile: undefined }),
    getScriptFileNames: () => files.map((file) => join(root, file)),
    getScriptVersion: (file) => String(version(file)),
    getScriptSnapshot: (file) => (textOf(file) === undefined ? undefined : ts.ScriptSnapshot.fromString(textOf(file))),
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    ...{ fileExists: ts.sys.fileExists, readFile: ts.sys.readFile, readDirectory: ts.sys.readDirectory },
    ...{ directoryExists: ts.sys.directoryExists, getDirectories: ts.sys.getDirectories, realpath: ts.sys.realpath },
  });
  const set = (file, text) => changed.set(file, { text, version: version(file) + 1 });
  return ({ file, changed: text }) => {
    const name = join(root, file);
    const original = ts.sys.readFile(name);
    set(name, text);
    const refused = service.getSyntacticDiagnostics(name).length > 0 || service.getSemanticDiagnostics(name).length > 0;
    set(name, original);
    return !refused;
  };
}
