import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseRule, rules } from "../../src/optimizers/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

test("the list names every rule with its defaults", async () => {
  const { code, out } = await downhill(["optimizers"]);
  expect(code).toBe(0);
  for (const { spec } of rules) expect(out).toMatch(new RegExp(`^${spec.name} `, "m"));
  expect(out).toContain("lr=0.001 beta1=0.9 beta2=0.999 eps=1e-8");
  expect(JSON.parse((await downhill(["optimizers", "--json"])).out)).toHaveLength(rules.length);
});

test.each(rules.map(({ spec }) => [spec.name, spec] as const))(
  "%s: page, JSON, TeX and a file that reads back",
  async (name, spec) => {
    const [page, tex, file] = [[], ["--tex"], ["--rule-file"]].map((flags) => downhill(["optimizers", name, ...flags]));
    for (const each of [await page, await tex, await file]) expect(each).toMatchObject({ code: 0, err: "" });
    for (const hyper of Object.keys(spec.hyper)) expect((await page).out).toMatch(new RegExp(`^${hyper} `, "m"));
    expect((await page).out).toContain(spec.source ?? name);
    expect((await tex).out).toMatch(/^\\begin\{aligned\}\n.*w &\\leftarrow .*\n\\end\{aligned\}\n$/s);
    expect(parseRule((await file).out, name).spec.hyper).toEqual(spec.hyper);
    const json = JSON.parse((await downhill(["optimizers", name, "--json"])).out);
    expect(json).toMatchObject({ name, hyper: spec.hyper, lookahead: spec.lookahead ?? null });
    expect(parseRule(json.file, name).spec.hyper).toEqual(spec.hyper);
  },
);

test("a rule of one's own is shown as well", async () => {
  const file = join(await temporaryFolder(), "half step.txt");
  await writeFile(file, "hyper rate = 0.5\nw = w - rate*g\n");
  const { code, out } = await downhill(["optimizers", "--rule", file]);
  expect(code).toBe(0);
  expect(out).toMatch(/^half-step \(half-step\)\n.*^ {2}w = w - rate\*g$.*^rate +0\.5 +a finite number$/ms);
});
