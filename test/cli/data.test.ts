import { expect, test } from "vitest";
import { datasets } from "../../src/data/index.ts";
import { downhill, escapes, temporaryFolder } from "./command.ts";

test("the list names every data set, and where it is", async () => {
  const { code, out, err } = await downhill(["data"]);
  expect([code, err]).toEqual([0, ""]);
  for (const { name } of datasets) expect(out).toMatch(new RegExp(`^${name} `, "m"));
  expect(out).toMatch(/^digits .* 1,797 +8 × 8 +10 +inside the package$/m);
  expect((await downhill(["data", "list"])).out).toBe(out);
  const entries = JSON.parse((await downhill(["data", "--json"])).out);
  expect(entries.map(({ name }: { name: string }) => name)).toEqual(datasets.map(({ name }) => name));
  expect(entries[0]).toMatchObject({ name: "digits", counts: [1197, 300, 300], found: "inside the package" });
});

test("samples are drawn in shades, and in colour on a terminal that has all colours", async () => {
  const { out } = await downhill(["data", "show", "digits", "--count", "2"]);
  expect([escapes(out), out.match(/^\d$/gm)?.length]).toEqual([false, 2]);
  expect(out).toContain("1,197 examples to train on, 300 for validation, 300 for the test");
  expect(out).toMatch(/[░▒▓█]{4}/);
  const show = ["data", "show", "digits", "--count", "1"];
  const colored = (argv: string[], env: Record<string, string>) =>
    downhill(argv, { terminal: true, env }).then((shown) => escapes(shown.out));
  expect(await colored(show, { COLORTERM: "truecolor" })).toBe(true);
  expect(await colored(show, {})).toBe(false);
  expect(await colored([...show, "--no-color"], { COLORTERM: "truecolor" })).toBe(false);
});

test("samples as JSON", async () => {
  const result = JSON.parse((await downhill(["data", "show", "blobs", "--json", "--count", "4"])).out);
  expect(result).toMatchObject({ name: "blobs", task: "classification", inputShape: [2], outputs: 3 });
  expect(result.samples).toHaveLength(4);
  for (const { label, inputs } of result.samples)
    expect([["0", "1", "2"].includes(label), inputs.length]).toEqual([true, 2]);
});

test("fetching what is there says where", async () => {
  expect(await downhill(["data", "fetch", "moons"])).toEqual({
    code: 0,
    out: "moons: generated when asked for\n",
    err: "",
  });
  const json = await downhill(["data", "fetch", "digits", "--json"]);
  expect(JSON.parse(json.out)).toEqual({ name: "digits", found: "inside the package" });
});

test("a download that is interrupted before it begins gives 130", async () => {
  const typed = ["data", "fetch", "mnist", "--data-dir", await temporaryFolder()];
  expect(await downhill(typed, { signal: AbortSignal.abort() })).toEqual({
    code: 130,
    out: "",
    err: "downhill: interrupted\n",
  });
});
