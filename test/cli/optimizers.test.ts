import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseRule, rules } from "../../src/optimizers/index.ts";
import { solvers } from "../../src/solvers/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

test("the list names every rule and every solver with its defaults", async () => {
  const { code, out } = await downhill(["optimizers"]);
  expect(code).toBe(0);
  for (const { spec } of [...rules, ...solvers]) expect(out).toMatch(new RegExp(`^${spec.name} `, "m"));
  expect(out.indexOf("\nlion ")).toBeLessThan(out.indexOf("Solvers: second-order"));
  expect(out.indexOf("Solvers: second-order")).toBeLessThan(out.indexOf("\nlbfgs "));
  expect(out).toContain("lr=0.001 beta1=0.9 beta2=0.999 eps=1e-8");
  const listed: { name: string; kind: string }[] = JSON.parse((await downhill(["optimizers", "--json"])).out);
  const named = (kind: string) => listed.filter((each) => each.kind === kind).map(({ name }) => name);
  expect(named("rule")).toEqual(rules.map(({ spec }) => spec.name));
  expect(named("solver")).toEqual(solvers.map(({ spec }) => spec.name));
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

test("a rule is written for PyTorch, or said not to be", async () => {
  const { code, out } = await downhill(["optimizers", "adam", "--pytorch"]);
  expect(code).toBe(0);
  expect(out).toBe(await readFile(new URL("../goldens/optimizers/pytorch/adam.py", import.meta.url), "utf8"));
  const file = join(await temporaryFolder(), "soft.txt");
  await writeFile(file, "hyper lr = 1\nw = w - lr*softmax(g)\n");
  const refused = await downhill(["optimizers", "--rule", file, "--pytorch"]);
  expect(refused).toMatchObject({ code: 2, out: "" });
  expect(refused.err).toMatch(/softmax .* has no known counterpart in PyTorch/);
});

test("a rule of one's own is shown as well", async () => {
  const file = join(await temporaryFolder(), "half step.txt");
  await writeFile(file, "hyper rate = 0.5\nw = w - rate*g\n");
  const { code, out } = await downhill(["optimizers", "--rule", file]);
  expect(code).toBe(0);
  expect(out).toMatch(/^half-step \(half-step\)\n.*^ {2}w = w - rate\*g$.*^rate +0\.5 +a finite number$/ms);
  expect(out).not.toContain("To change it");
  expect((await downhill(["optimizers", "adam"])).out).toMatch(
    /\n\nTo change it: downhill optimizers adam --rule-file > my-rule\.txt\n/,
  );
});

test.each(solvers.map((solver) => [solver.spec.name, solver] as const))("%s: page and JSON", async (name, solver) => {
  const { title, formula, symbols, settings, meanings, allowed = {}, notes = [], source } = solver.spec;
  const page = await downhill(["optimizers", name]);
  expect(page).toMatchObject({ code: 0, err: "" });
  for (const words of [`${title} (${name})`, `  ${formula}`, symbols, source, `downhill train --optimizer ${name}`])
    expect(page.out).toContain(words);
  for (const note of notes) expect(page.out).toContain(`\n- ${note}\n`);
  for (const [setting, value] of Object.entries(settings))
    expect(page.out).toMatch(new RegExp(`^${setting} +(${value}|≈ \\d\\.\\de-\\d+) +\\S`, "m"));
  for (const meaning of Object.values(meanings)) expect(page.out).toContain(`  ${meaning}  `);
  // A choice from a list is explained choice by choice.
  for (const choice of Object.values(allowed).flatMap((values) => ("words" in values ? [] : values)))
    expect(formula + symbols).toContain(choice);
  const length = solver().unguarded ? "takes the full Newton step" : "finds the step length itself";
  expect(page.out).toContain(`It uses all examples in each step, ${length}, and stops when it has converged.`);
  const json = JSON.parse((await downhill(["optimizers", name, "--json"])).out);
  expect(json).toMatchObject({ name, title, source, settings, meanings, symbols, notes });
  expect(json).toMatchObject({ formula: [formula], needsOneOf: solver().needsOneOf });
  expect(Object.keys(json.allowed)).toEqual(Object.keys(settings));
});

test("a solver is found by its other names; one for nets alone is not shown on a surface", async () => {
  expect((await downhill(["optimizers", "L-BFGS"])).out).toContain("L-BFGS (lbfgs)");
  expect((await downhill(["optimizers", "kfac"])).out).not.toContain("downhill minimize");
});
