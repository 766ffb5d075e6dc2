import { beforeAll, describe, expect, it } from "vitest";
import { experiments, type Findings, type Measurement, restored, saved } from "../../lecture/index.ts";
import { cellWords } from "../../lecture/told.ts";
import { toSvg } from "../../src/figure/index.ts";
import { givenData } from "./given.ts";
import { mutantsOfLandscapes } from "./mutants-of-landscapes.ts";
import { mutantsOfNets } from "./mutants-of-nets.ts";
import { mutantsOfQuantities } from "./mutants-of-quantities.ts";
import { mutantsOfRaces } from "./mutants-of-races.ts";
import { mutantsOfRules } from "./mutants-of-rules.ts";

const given = givenData("digits");

describe.each(experiments)("$id", (experiment) => {
  const { id } = experiment;
  let measured: Measurement;
  let findings: Findings;
  beforeAll(async () => {
    measured = await experiment.measure(given);
    findings = experiment.findings(measured);
  });

  it(`${id} supports its claim`, () => {
    const { holds, numbers } = findings;
    expect(holds, JSON.stringify(numbers)).toBe(true);
    const values = Object.values(numbers)
      .flat(2)
      .filter((value) => typeof value === "number");
    expect(values.length).toBeGreaterThan(0);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it(`${id} finds the same in a measurement that was saved`, () => {
    const text = saved(measured);
    const again = experiment.findings(restored(text));
    expect(saved(restored(text))).toBe(text);
    expect(again.holds).toBe(findings.holds);
    expect(again.told).toEqual(findings.told);
    const drawn = ({ figure, animation }: Findings) =>
      [figure, ...(animation ? [animation.frame(7)] : [])].map((each) => toSvg(each));
    expect(drawn(again)).toEqual(drawn(findings));
  });

  it(`${id} is drawn`, () => expect(toSvg(findings.figure)).not.toMatch(/NaN|Infinity|undefined/));

  it(`${id} is told in words, with labels that name what they stand for`, () => {
    const { told } = findings;
    const columns = told.flatMap((each) => ("facts" in each ? [] : [each.columns]));
    for (const each of columns) expect(new Set(Object.values(each).map(({ length }) => length)).size).toBe(1);
    const labels = told.flatMap((each) => Object.keys("facts" in each ? each.facts : each.columns));
    const titles = told.flatMap((each) => ("facts" in each ? [] : [each.title]));
    // No identifiers: not camelCase, and no name that stands for nothing.
    for (const label of [...labels, ...titles]) expect(label).not.toMatch(/\b[a-z]+[A-Z]|undefined|NaN|\[object/);
    const cells = told.flatMap((each) => Object.values("facts" in each ? each.facts : each.columns).flat());
    expect(cells.map(cellWords).join(" ")).not.toMatch(/undefined|NaN|Infinity|∞/);
  });
});

it("every verdict is held against two faults at least of what it is about", () => {
  const all = [...mutantsOfRules, ...mutantsOfRaces, ...mutantsOfQuantities, ...mutantsOfNets, ...mutantsOfLandscapes];
  expect(all.map(({ id }) => id).toSorted()).toEqual(experiments.map(({ id }) => id).toSorted());
  for (const { id, broken } of all) expect(Object.keys(broken).length, id).toBeGreaterThanOrEqual(2);
});
