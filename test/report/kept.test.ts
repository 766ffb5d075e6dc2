import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readRun, writeReport } from "../../src/report/node/index.ts";
import { temporary } from "./small.ts";

/** Folders as version 0.1.0 left them, two of them by runs that were killed: what was kept once can be read for good. */
const kept = fileURLToPath(new URL("../goldens/runs/", import.meta.url));
const names = readdirSync(kept).sort();

describe("a folder of version 0.1.0 is read, and makes a report", () => {
  test("of each kind there is one", () => {
    const kinds = names.map((name) => readRun(join(kept, name)).config.kind);
    expect([...new Set(kinds)].sort()).toEqual(["compare", "minimize", "train"]);
    expect(names.filter((name) => name.startsWith("killed"))).toHaveLength(2);
  });

  test.each(names)("%s", (name) => {
    const folder = join(kept, name);
    const { summary } = readRun(folder);
    expect(summary).not.toBeNull();
    if (!name.startsWith("killed"))
      expect(summary).toEqual(JSON.parse(readFileSync(join(folder, "summary.json"), "utf8")));
    const page = writeReport([folder], join(temporary(), "report.html"));
    expect(readFileSync(page, "utf8")).toContain("</html>");
  });
});
