import { describe, expect, test } from "vitest";
import * as torch from "../src/compat/torch.ts";
import { input, parseExpression, reshape } from "../src/expr/index.ts";
import { line } from "../src/figure/index.ts";
import { parseModel } from "../src/nn/index.ts";
import * as downhill from "../src/node/index.ts";
import { adam, findRule, parseRule, scheduleFrom } from "../src/optimizers/index.ts";

const numbers = Array.from({ length: 5000 }, (_, i) => i / 3);
const word = "y".repeat(60_000);
const { beale, findSurface } = downhill.surfaces;
const { solve, lbfgs } = downhill.solvers;

/** Calls with far too much of something. */
const calls: Record<string, () => unknown> = {
  "a start of solve": () => solve(beale, { solver: lbfgs(), start: numbers }),
  "a start that overflows": () => {
    const name = "steep";
    const valueAndGradient = () => Number.POSITIVE_INFINITY;
    return solve(
      { name, dimension: 5000, value: valueAndGradient, valueAndGradient },
      { solver: lbfgs(), start: numbers },
    );
  },
  "a start of minimize": () => downhill.minimize(beale, { optimizer: adam(), start: numbers }),
  "a start of an own function": () =>
    downhill.minimize(
      { name: word, dimension: 5000, valueAndGradient: () => Number.NaN },
      { optimizer: adam(), start: numbers },
    ),
  "a surface's start": () => downhill.surface({ name: word, text: "x^2 + y^2", start: numbers }),
  "a surface's domain": () => downhill.surface({ name: "s", text: "x", domain: numbers.map((x) => [x, x]) }),
  "a formula": () => downhill.surfaceFromText(word),
  "a surface's name": () => findSurface(word),
  "a surface's size": () => findSurface(`beale:${word}`),
  "a regression's name": () => downhill.loadRegression(word),
  "a regression's numbers": () =>
    downhill.readStrd(`Dataset Name: x\nStarting values  Certified values\n b1 = ${word}`),
  "a data set's name": () => downhill.findDataset(word),
  "a net's sizes": () => downhill.mlp([-1, ...numbers]),
  "a model's text": () => parseModel(`mlp:${word}`),
  "a rule's name": () => findRule(word),
  "a name in a rule": () => parseRule(`w = w - ${word}`),
  "a declared name": () => parseRule(`hyper ${word} = x`),
  "a schedule": () => scheduleFrom(word, { lr: 1, steps: 1 }),
  "a schedule's value": () => scheduleFrom(`cosine:end=${word}`, { lr: 1, steps: 1 }),
  "a shape": () => reshape(input("x", [2]), numbers),
  "a shape in a text": () =>
    parseExpression(`reshape(x, shape=[${numbers.map(Math.floor)}])`, new Map([["x", input("x", [2])]])),
  "a name of an input": () => input(`1${word}`),
  "an argument of compat": () => Reflect.apply(torch.Adam, undefined, [{ lr: word }]),
  "a hyper-parameter": () => Reflect.apply(adam, undefined, [{ lr: numbers }]),
  "a hyper-parameter's name": () => Reflect.apply(adam, undefined, [{ [word]: 1 }]),
  "a colour": () => line({ x: [1], y: [1], color: word }),
};

describe("a message quotes little, and is short, whatever is given:", () => {
  test.each(Object.entries(calls))("%s", (_, call) => {
    let message = "";
    try {
      call();
    } catch (error) {
      message = error instanceof Error ? error.message : "";
    }
    expect(message).not.toBe("");
    for (const part of message.split("\n")) expect(part.length, part.slice(0, 200)).toBeLessThan(1100);
    // The lines below show the place in the text.
    expect(message.split("\n", 1)[0]).not.toMatch(/y{51}|(\d+(\.\d+)?, ?){6}/);
  });
});
