import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { constant, evaluate, grad, type Input, input, type NDArray } from "../../src/expr/index.ts";
import { dot } from "../../src/expr/operators/index.ts";
import { parseExpression } from "../../src/expr/text/index.ts";

interface Golden {
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

interface Case {
  readonly text: string;
  readonly by: string;
  readonly inputs: Readonly<Record<string, Golden>>;
  readonly value: Golden;
  readonly weights?: Golden;
  readonly gradients?: Readonly<Record<string, Golden>>;
}

const file = new URL("../goldens/expr/operators.json", import.meta.url);
const { cases }: { cases: readonly Case[] } = JSON.parse(readFileSync(file, "utf8"));

const arrayOf = ({ shape, data }: Golden): NDArray => ({
  shape,
  data: Float64Array.from(data, (x) => (x === "inf" ? Infinity : x === "-inf" ? -Infinity : Number(x))),
});

/** Each number within a few units in the last place of the largest among them. */
function expectClose(given: NDArray, golden: Golden): void {
  const wanted = arrayOf(golden);
  expect(given.shape).toEqual(wanted.shape);
  for (const [i, value] of given.data.entries()) {
    const reference = wanted.data[i];
    if (!Number.isFinite(reference)) expect(value).toBe(reference);
    else
      expect(
        Math.abs(value - reference) / Math.max(1e-300, Math.abs(reference)),
        `${value} for ${reference}`,
      ).toBeLessThan(2e-14);
  }
}

describe.each(cases.map((golden, i) => ({ title: `${i}: ${golden.text}`, ...golden })))("$title by $by", (golden) => {
  const inputs = Object.entries(golden.inputs).map(([name, { shape }]): [string, Input] => [name, input(name, shape)]);
  const expr = parseExpression(golden.text, new Map(inputs));
  const feeds = Object.fromEntries(Object.entries(golden.inputs).map(([name, array]) => [name, arrayOf(array)]));

  it("has the same value", () => {
    expectClose(evaluate([expr], feeds)[0], golden.value);
  });

  const wanted = Object.entries(golden.gradients ?? {});
  if (wanted.length > 0)
    it("has the same gradient", () => {
      const wrt = inputs.flatMap(([name, x]) => (wanted.some(([known]) => known === name) ? [x] : []));
      const weights = arrayOf(golden.weights ?? { shape: [], data: [] });
      const gradients = evaluate(grad(dot(expr, constant(weights)), wrt), feeds);
      for (const [i, [, gradient]] of wanted.entries()) expectClose(gradients[i], gradient);
    });
});
