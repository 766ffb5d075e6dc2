import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Chapters, lowest first: a file may import from its own level and from those before it. */
const LEVELS: readonly (readonly string[])[] = [
  ["arguments"],
  ["random", "linalg"],
  ["expr"],
  ["averages", "files"],
  ["device"],
  ["nn", "data", "surfaces"],
  ["objective", "metrics"],
  ["optimizers", "solvers"],
  ["compat", "curves"],
  ["train"],
  ["landscape", "compare"],
  ["figure"],
  ["report"],
  ["index.ts", "browser", "node"],
  ["lecture"],
  ["reproduce"],
  ["cli", "lab", "viewer"],
];

const files = ["src", "lecture", "reproduce", "cli", "viewer"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
);

interface Import {
  readonly from: string;
  readonly to: string;
  readonly erased: boolean;
}

const imports: Import[] = files.flatMap((from) => {
  const text = readFileSync(join(root, from), "utf8");
  return [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;"]*?from\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm)].map(
    ([, type, stated, dynamic]) => {
      const to = stated ?? dynamic;
      return {
        from,
        to: to.startsWith(".") ? join(dirname(from), to) : to,
        erased: type !== undefined,
        dynamic: stated === undefined,
      };
    },
  );
});

const inside = imports.filter(({ to }) => to.endsWith(".ts"));
const chapterOf = (file: string): string => file.split("/")[file.startsWith("src/") ? 1 : 0];
const levelOf = (file: string): number => LEVELS.findIndex((level) => level.includes(chapterOf(file)));

describe("the house", () => {
  it("has files and imports to look at", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(inside.length).toBeGreaterThan(100);
    expect(inside.filter(({ to }) => !files.includes(to))).toEqual([]);
  });

  it("has only imports that point down", () => {
    const upward = inside.filter(({ from, to }) => levelOf(from) < levelOf(to) || levelOf(to) === -1);
    expect(upward.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it("enters a chapter through its index, or through that of a room in it", () => {
    const doors = entries();
    const isDoor = (file: string) => file.endsWith("/index.ts") || doors.includes(file);
    const past = inside.filter(({ from, to }) => chapterOf(from) !== chapterOf(to) && !isDoor(to));
    expect(past.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it.each(["lecture", "reproduce"])("has a %s that takes from the library what its users can", (room) => {
    const doors = entries();
    expect(doors).toEqual(expect.arrayContaining(["src/index.ts", "src/expr/index.ts", "src/train/index.ts"]));
    const taken = inside.filter(({ from, to }) => from.startsWith(`${room}/`) && !to.startsWith(`${room}/`));
    expect(taken.length).toBeGreaterThan(30);
    expect(taken.filter(({ to }) => !doors.includes(to)).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it("has no cycles, types included", () => {
    expect(
      cycles(new Map(files.map((file) => [file, inside.filter(({ from }) => from === file).map(({ to }) => to)]))),
    ).toEqual([]);
  });

  it.each([
    ["src/data/generated", "src/data/generated/index.ts"],
    ["src/figure/marks", "src/figure/marks/index.ts"],
    ["src/nn/layers", "src/nn/registry.ts"],
    ["src/nn/losses", "src/nn/registry.ts"],
    ["src/nn/models", "src/nn/models/index.ts"],
    ["src/optimizers/rules", "src/optimizers/rules/index.ts"],
    ["lecture/experiments", "lecture/index.ts"],
    ["cli/commands", "cli/commands/index.ts"],
  ])("lists all that is in %s in %s", (folder, registry) => {
    const there = files.filter((file) => dirname(file) === folder && file !== registry && !/-work\.ts$/.test(file));
    const listed = inside.filter(({ from }) => from === registry).map(({ to }) => to);
    expect(there.length).toBeGreaterThan(1);
    expect(there.filter((file) => !listed.includes(file))).toEqual([]);
  });

  it("lists all solvers", () => {
    const makes = (file: string) => /^export const \w+ = solver\(/m.test(readFileSync(join(root, file), "utf8"));
    const there = files.filter((file) => file.startsWith("src/solvers/") && makes(file));
    const listed = inside.filter(({ from }) => from === "src/solvers/methods.ts").map(({ to }) => to);
    expect(there.length).toBeGreaterThan(1);
    expect(there.filter((file) => !listed.includes(file))).toEqual([]);
  });

  it("imports native packages only in folders for Node and in the command; Node's own modules the compiler refuses", () => {
    const native = ["onnxruntime-node", "@resvg/resvg-js", "gifenc"];
    const found = imports
      .filter(({ from, erased }) => !erased && !from.startsWith("cli/") && !/\/(onnx-)?node\//.test(from))
      .filter(({ to }) => native.includes(to));
    expect(found.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });
});

/** The files that the entries of package.json name and, of those made for one platform, what all have alike. */
function entries(): string[] {
  const manifest = readFileSync(join(root, "package.json"), "utf8");
  const named = Array.from(manifest.matchAll(/"\.\/dist\/([^"]+?)(?:\.d\.ts|\.js)"/g), ([, file]) => `${file}.ts`);
  const isAlike = (file: string): boolean =>
    readFileSync(join(root, file), "utf8").includes('export * from "../index.ts"');
  return [...named, ...named.filter(isAlike).map((file) => join(dirname(file), "../index.ts"))];
}

/** Every import that leads back to a file that is being visited. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      found.push([...path.slice(path.indexOf(file)), file].join(" → "));
      return;
    }
    state.set(file, "open");
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, "done");
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
