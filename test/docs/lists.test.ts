import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultContenders } from "../../src/compare/index.ts";
import { functions } from "../../src/expr/text/vocabulary.ts";
import { layers, losses, modelFromJson, models, parameterCount, parseModel } from "../../src/nn/index.ts";
import { rules } from "../../src/optimizers/index.ts";
import { solvers } from "../../src/solvers/index.ts";
import { root } from "./project.ts";

const read = (name: string): string => readFileSync(join(root, name), "utf8");

/** The names in backticks of the first column of a table, below its head. */
const firstColumn = (page: string, head: string): string[] => {
  const rows = page.split(`| ${head} |`)[1].split("\n").slice(2);
  const end = rows.indexOf("");
  return rows.slice(0, end).flatMap((row) => [...row.split("|")[1].matchAll(/`([^`]+)`/g)].map(([, name]) => name));
};

const NUMBERS = ["seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"];
const numberOf = (word: string): number => (NUMBERS.includes(word) ? 7 + NUMBERS.indexOf(word) : Number(word));

it("counts of optimizers and solvers in the pages and in the command's help are right", () => {
  const counted = {
    // All rules, those of a comparison without flags, and those of Radford's races.
    optimizers: [rules.length, defaultContenders.length, 7],
    "update rules": [rules.length, defaultContenders.length],
    "second-order solvers": [solvers.length],
  } as const;
  const texts = ["README.md", "CONTRIBUTING.md", "docs", "cli"].flatMap((place) =>
    place.includes(".") ? read(place) : filesIn(place).map(read),
  );
  const pattern =
    /\b(\d+|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen) (optimizers|update rules|second-order solvers)\b/g;
  const found = texts.flatMap((text) => [...text.matchAll(pattern)].map(([, count, what]) => [count, what] as const));
  expect(found.length).toBeGreaterThan(4);
  for (const [what, right] of Object.entries(counted))
    for (const [count] of found.filter((each) => each[1] === what)) expect(right).toContain(numberOf(count));
});

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(md|ts)$/.test(name))
    .map((name) => join(folder, name));

describe("lists in the pages are whole", () => {
  it("the language's functions", () => {
    expect(firstColumn(read("docs/language.md"), "functions").sort()).toEqual([...functions.keys()].sort());
  });

  it("layers and losses, with what they compute", () => {
    const page = read("docs/model-files.md");
    expect(firstColumn(page, "kind").sort()).toEqual(Object.keys(layers).sort());
    expect(firstColumn(page, "loss").sort()).toEqual(Object.keys(losses).sort());
    for (const { title } of [...Object.values(layers), ...Object.values(losses)])
      expect(page).toContain(`| ${title} |`);
  });

  it("published models, with their parameters", () => {
    const page = read("docs/guide/models.md");
    expect(firstColumn(page, "name").sort()).toEqual([...models.names].sort());
    for (const name of models.names.filter((each) => !/^resnet-(32|44|56)/.test(each)))
      expect(page).toContain(parameterCount(modelFromJson(parseModel(name))).toLocaleString("en-US"));
  });

  it("the examples", () => {
    const programs = readdirSync(join(root, "examples")).filter((name) => name.endsWith(".ts"));
    const listed = [...read("examples/README.md").matchAll(/\]\(([\w-]+\.ts)\)/g)].map(([, name]) => name);
    expect(listed.sort()).toEqual(programs.sort());
  });

  it("the package's entries", () => {
    const listed = [
      ...read("README.md")
        .split("| entry |")[1]
        .split("\n\n")[0]
        .matchAll(/`([^`]+)`/g),
    ].map(([, e]) => e);
    const entries = Object.keys(JSON.parse(read("package.json")).exports).filter((name) => !name.endsWith(".json"));
    const last = (name: string): string | undefined => name.split("/").at(-1);
    for (const entry of entries) expect(listed.map(last)).toContain(last(entry.replace(/^\.$/, "downhill")));
  });
});

describe("links", () => {
  const pages = ["README.md", "CONTRIBUTING.md", "examples/README.md"].concat(
    readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  );

  it.each(pages)("of %s lead somewhere", (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
    const broken = targets.filter((target) => !/^https?:/.test(target) && !leads(page, target));
    expect(broken).toEqual([]);
  });
});

/** Whether there is such a file, with such a heading. */
function leads(page: string, target: string): boolean {
  const [path, heading] = target.split("#");
  const file = path === "" ? page : join(dirname(page), path);
  try {
    const headings =
      heading === undefined ? [] : [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, title]) => slug(title));
    return heading === undefined
      ? readdirSync(join(root, dirname(file))).includes(file.split("/").at(-1) ?? "")
      : headings.includes(heading);
  } catch {
    return false;
  }
}

const slug = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-");
