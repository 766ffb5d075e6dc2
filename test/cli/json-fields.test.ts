import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { downhill, temporaryFolder } from "./command.ts";

/**
 * What `--json` and `--jsonl` have had since version 0.1.0, a line for each field: its path and the types of its values.
 * Programs read them: more may come, none may go.
 */
const golden: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL("../goldens/cli/json-fields.json", import.meta.url), "utf8"),
);

const small = ["--data", "moons", "--model", "softmax", "--batch-size", "64", "--epochs", "2"];

const commands: Readonly<Record<string, readonly string[]>> = {
  train: ["train", ...small, "--schedule", "cosine"],
  "train with a target and early stopping": ["train", ...small, "--target", "0.9", "--patience", "1"],
  "train by a solver": ["train", "--data", "moons", "--model", "softmax", "--optimizer", "lbfgs", "--epochs", "2"],
  "train that diverges": ["train", ...small, "--lr", "1e300"],
  compare: ["compare", ...small, "--optimizer", "adam,sgd", "--trials", "2", "--seeds", "2"],
  minimize: ["minimize", "beale", "--optimizer", "momentum", "--steps", "3", "--noise", "0.1"],
  "minimize by a solver": ["minimize", "x^2 + y^2", "--optimizer", "newton", "--start", "1,1"],
  fit: ["minimize", "misra1a"],
  race: ["race", "beale", "--optimizer", "adam,lbfgs", "--steps", "3"],
};

/** `path: types`, the path with [] for any item of a list. */
function fieldsOf(value: unknown): string[] {
  const types = new Map<string, Set<string>>();
  const visit = (each: unknown, path: string): void => {
    const type = each === null ? "null" : Array.isArray(each) ? "list" : typeof each;
    types.set(path, (types.get(path) ?? new Set()).add(type));
    if (Array.isArray(each)) for (const item of each) visit(item, `${path}[]`);
    else if (typeof each === "object" && each !== null)
      for (const [name, field] of Object.entries(each)) visit(field, path === "" ? name : `${path}.${name}`);
  };
  visit(value, "");
  return [...types].map(([path, found]) => `${path}: ${[...found].sort().join(" | ")}`);
}

const byKind = (events: readonly { readonly kind: string }[]) =>
  Object.fromEntries(events.map(({ kind }) => [kind, events.filter((event) => event.kind === kind)]));

test("the goldens are of these commands", () => {
  expect(Object.keys(golden).sort()).toEqual(
    Object.keys(commands)
      .flatMap((name) => [`${name} --json`, ...(name === "race" ? [] : [`${name} --jsonl`])])
      .sort(),
  );
});

test.each(Object.keys(golden))("%s keeps its fields", async (name) => {
  const at = name.lastIndexOf(" ");
  const [command, form] = [commands[name.slice(0, at)], name.slice(at + 1)];
  const folder = command[0] === "race" ? [] : ["--out", join(await temporaryFolder(), "runs"), "--quiet"];
  const { out } = await downhill([...command, form, ...folder]);
  const lines =
    form === "--json"
      ? [JSON.parse(out)]
      : out
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line));
  // Each kind of event has its fields.
  const found = form === "--json" ? lines[0] : byKind(lines);
  expect(fieldsOf(found)).toEqual(expect.arrayContaining([...golden[name]]));
});
