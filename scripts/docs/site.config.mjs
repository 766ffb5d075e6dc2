// How TypeDoc builds the site: the pages of docs/ and the reference of what package.json exports, with formulas as MathML.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import katex from "katex";

const root = join(import.meta.dirname, "../..");
const read = (name) => readFileSync(join(root, name), "utf8");

/** The entries by their source: `src/optimizers/index.ts` is `downhill/optimizers`. */
const entries = new Map(
  Object.entries(JSON.parse(read("package.json")).exports)
    .filter(([name]) => !name.endsWith(".json"))
    .reverse() // `downhill` exports most of the others again, and refers to them
    .map(([name, at]) => {
      const compiled = typeof at === "string" ? at : at.default;
      return [compiled.replace("./dist/", "").replace(/\.js$/, ".ts"), name.replace(".", "downhill")];
    }),
);

const inFolder = (folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md") && name !== "index.md")
    .map((name) => `${folder}/${name}`);

const nameOf = (path) => entries.get(`${path}/index.ts`) ?? entries.get(`${path}.ts`);

/** The pages in the order of the navigation, by group. */
const groups = {
  Guide: ["csv", "metrics", "choose", "own-rule", "layers-and-losses", "fit", "browser", "export"].map(
    (name) => `docs/guide/${name}.md`,
  ),
  "Look up": [
    ...["docs/trouble.md", "docs/language.md", "docs/rule-files.md", "docs/model-files.md"],
    ...["docs/optimizers/index.md", "examples/README.md"],
  ],
  "Optimizers and solvers": inFolder("docs/optimizers"),
  "How it is built": [
    "docs/architecture.md",
    "CONTRIBUTING.md",
    "docs/decisions/index.md",
    ...inFolder("docs/decisions"),
  ],
};

/** A page is named by its first heading and put into its group; a module is named as it is imported. */
function named(app) {
  const groupOf = (file) => Object.entries(groups).find(([, pages]) => pages.includes(file))?.[0];
  app.converter.on("createDocument", (_context, page) => {
    const file = relative(root, page.project.files.getReflectionPath(page) ?? "");
    const text = page.content.map((part) => part.text).join("");
    page.name = /^# (.+)$/m.exec(text)?.[1] ?? page.name;
    page.frontmatter.group = groupOf(file) ?? "Pages";
  });
  app.converter.on("resolveBegin", ({ project }) => {
    for (const module of project.children ?? [])
      module.name = nameOf(module.name) ?? nameOf(`src/${module.name}`) ?? module.name;
  });
}

/** Fences of `math` become MathML, which browsers draw by themselves. */
function math(parser) {
  const fence = parser.renderer.rules.fence;
  parser.renderer.rules.fence = (tokens, k, ...rest) =>
    tokens[k].info.trim() === "math"
      ? katex.renderToString(tokens[k].content, { displayMode: true, output: "mathml", throwOnError: true })
      : fence(tokens, k, ...rest);
}

/** @type {import("typedoc").TypeDocOptions} */
export default {
  name: "Downhill",
  tsconfig: join(root, "scripts/docs/tsconfig.json"),
  entryPoints: [...entries.keys()].map((file) => join(root, file)),
  projectDocuments: Object.values(groups)
    .flat()
    .map((file) => join(root, file)),
  readme: join(root, "docs/index.md"),
  out: join(root, "dist/docs"),
  plugin: [named],
  markdownItLoader: math,
  customCss: join(root, "scripts/docs/site.css"),
  headings: { readme: false, document: false },
  navigation: { includeGroups: true, excludeReferences: true },
  excludeInternal: true,
  disableSources: true,
  sort: ["source-order"],
  groupOrder: ["Guide", "Look up", "Modules", "Optimizers and solvers", "How it is built", "*"],
  highlightLanguages: ["typescript", "javascript", "bash", "json", "python", "csv", "text", "html"],
  ignoredHighlightLanguages: ["math"],
  validation: { notExported: false, invalidLink: true, notDocumented: true },
  treatValidationWarningsAsErrors: true,
  requiredToBeDocumented: ["Class", "Interface", "Function", "Variable", "TypeAlias"],
};
