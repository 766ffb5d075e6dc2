import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const program = fileURLToPath(new URL("many-trainings.mjs", import.meta.url));

it("1,000 trainings do not grow the process: sessions and memory are released", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program]);
  const [after200, after1000]: number[] = JSON.parse(stdout);
  // A leak of one session each would be near 1 MiB a training; the allocator's own ups and downs stay far below.
  expect(after1000 - after200).toBeLessThan(100);
}, 300_000);
