// Runs in each test file of the first run: writes which marks it left.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect } from "vitest";

globalThis.__marks = [];

afterAll(() => {
  const { testPath } = expect.getState();
  const name = testPath.replaceAll("/", "+");
  writeFileSync(
    join(process.env.MUTATE_MARKS, name),
    JSON.stringify({ testPath, marks: Object.keys(globalThis.__marks).map(Number) }),
  );
});
