import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { downhill, temporaryFolder } from "./command.ts";

/** Sixty passengers with their numbers, every third without an age. */
async function passengers(): Promise<string> {
  const file = join(await temporaryFolder(), "passengers.csv");
  const rows = Array.from({ length: 60 }, (_, i) => `${i + 1},${i % 2},${i % 3 === 0 ? "" : 20 + (i % 7)},${i % 5}`);
  await writeFile(file, `PassengerId,Survived,Age,Class\n${rows.join("\n")}\n`);
  return file;
}

const SIZES = "28 training, 6 validation and 6 test examples; 20 rows left out for missing cells";
const quick = ["--predict", "Survived", "--epochs", "1", "--model", "linear", "--no-out"];

test("train says in its first lines how many rows it uses and leaves out, and names what may be an id on stderr", async () => {
  const argv = ["train", "--data", await passengers(), "--missing", "drop", ...quick];
  const { out, err } = await downhill(argv);
  expect(out.split("\n")[1]).toBe(SIZES);
  expect(err).toBe(
    "PassengerId: a different whole number in each row; if it is an id, leave it out: --ignore PassengerId\n",
  );
  for (const more of [["--ignore", "PassengerId"], ["--columns", "PassengerId,Age"], ["--quiet"]])
    expect((await downhill([...argv, ...more])).err).toBe("");
});

test("compare and cross-validation say the same on stderr", async () => {
  const data = ["--data", await passengers(), "--missing", "drop"];
  const contest = ["--optimizer", "adam", "--trials", "0", "--seeds", "1"];
  const compared = await downhill(["compare", ...data, ...quick, ...contest, "--threads", "1"]);
  expect(compared.err).toContain(`${SIZES}\nPassengerId: a different`);
  const folds = await downhill(["train", ...data, ...quick, "--folds", "3"]);
  expect(folds.err).toContain("20 rows left out for missing cells\nPassengerId: a different");
});

test("a data set of its own fixed size is not counted out", async () => {
  const { out } = await downhill(["train", "--epochs", "1", "--no-out", "--limit", "100"]);
  expect(out).not.toContain("validation and");
});
