import { expect, it } from "vitest";
import { CONTENDERS, type Contender, type Fared, supports } from "../../lecture/experiments/keras-optimizers.ts";

const fared = (rate: number, loss: number): Fared => ({ rate, runs: [{ losses: [loss], finalLoss: loss }] });
const contender = (name: string, untuned: number, tuned: number): Contender => ({
  name,
  byDefault: fared(0.001, untuned),
  tuned: fared(10, tuned),
});

it("takes Keras's default rates", () => {
  const rates = Object.entries(CONTENDERS).map(([name, make]) => [name, make().hyper.lr]);
  expect(rates.filter(([, rate]) => rate !== 0.001)).toEqual([["SGD", 0.01]]);
  expect(rates).toHaveLength(11);
});

it("asks that the worst of the tuned is better than the best by default, and that Adadelta hardly moves by default", () => {
  const adadelta = contender("Adadelta", 2.7, 0.03);
  expect(supports([adadelta, contender("Adam", 0.5, 0.01)], 2.8)).toBe(true);
  expect(supports([adadelta, contender("Adam", 0.02, 0.01)], 2.8)).toBe(false);
  expect(supports([adadelta, contender("Adam", 0.5, 0.4)], 2.8)).toBe(false);
  expect(supports([contender("Adadelta", 1, 0.03), contender("Adam", 0.5, 0.01)], 2.8)).toBe(false);
  expect(supports([contender("Adam", 0.5, 0.01)], 2.8)).toBe(false);
});
