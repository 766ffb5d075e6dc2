import { expect, test } from "vitest";
import { tableFlags } from "../../cli/flags/bundles.ts";
import { downhill } from "./command.ts";

const values: Readonly<Record<string, string>> = {
  ...{ task: "regression", missing: "drop", rare: "3", delimiter: "tab", decimal: ",", thousands: "blank" },
  ...{ "validation-split": "0.2", "test-split": "0.2", "split-seed": "2" },
};

test.each(tableFlags.map(({ name, value }) => [name, value === undefined ? [] : [values[name] ?? "price"]] as const))(
  "--%s is refused where --data was forgotten",
  async (name, value) => {
    const { code, out, err } = await downhill(["train", `--${name}`, ...value]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toBe(`downhill: --${name} needs a table, and digits is none; give --data FILE\n`);
  },
);

test.each([
  ["train", "--data", "moons", "--ignore", "id"],
  ["train", "--ignore", "id", "--folds", "3"],
  ["train", "--ignore", "id", "--lr-range"],
  ["compare", "--ignore", "id"],
  ["model", "--ignore", "id"],
  ["data", "show", "digits", "--ignore", "id"],
])("%s %s %s %s %s", async (...argv) => {
  const { code, err } = await downhill(argv);
  expect(code).toBe(2);
  expect(err).toMatch(/^downhill: --ignore needs a table, and (digits|moons) is none; give --data FILE\n$/);
});
