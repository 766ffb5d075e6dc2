// Makes one file of the viewer and what it uses of three: dist/landscape-viewer.js, which pages hold as a whole. When nothing that went
// into it has changed, it is left as it is: the names and digests of all that did are beside it.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";

const [ENTRY, BUNDLE, RECORD] = ["dist/viewer/main.js", "dist/landscape-viewer.js", "dist/.viewer.json"];

const digest = (text) => createHash("sha256").update(text).digest("base64");
const digestOf = (file) => (existsSync(file) ? digest(readFileSync(file)) : null);

function isFresh() {
  if (!existsSync(BUNDLE) || !existsSync(RECORD)) return false;
  const { bundle, inputs } = JSON.parse(readFileSync(RECORD, "utf8"));
  return digestOf(BUNDLE) === bundle && Object.entries(inputs).every(([file, known]) => digestOf(file) === known);
}

async function make() {
  const { build } = await import("vite");
  const { output } = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, modulePreload: false, rolldownOptions: { input: ENTRY, output: { format: "iife" } } },
  });
  const [{ code, moduleIds }] = output;
  // A page would end the script at these.
  const text = code
    .replaceAll("</script", "<\\/script")
    .replaceAll("<script", "\\x3cscript")
    .replaceAll("<!--", "\\x3c!--");
  writeFileSync(BUNDLE, text);
  const modules = moduleIds.map((file) => relative(".", file)).filter((file) => existsSync(file));
  const own = ["scripts/viewer.mjs", "node_modules/vite/package.json", ...modules];
  const inputs = Object.fromEntries(own.map((file) => [file, digestOf(file)]));
  writeFileSync(RECORD, JSON.stringify({ bundle: digest(text), inputs }));
}

if (!isFresh()) await make();
