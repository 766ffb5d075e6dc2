import { expect } from "vitest";
import { exportModule, type Prediction, type Trained } from "../../src/nn/index.ts";

/** An exported ES module, as another program imports it. */
export interface PredictModule {
  predict(rows: readonly unknown[]): Prediction[];
}

export async function imported(trained: Trained): Promise<PredictModule> {
  const source = Buffer.from(exportModule(trained)).toString("base64");
  const module: PredictModule = await import(/* @vite-ignore */ `data:text/javascript;base64,${source}`);
  return module;
}

const numbersOf = ({ probabilities, value, values }: Prediction): number[] =>
  Object.values(probabilities ?? values ?? { value });

/** Probabilities to 1e-6, values to 1e-5 of their size. */
export function expectNear(actual: readonly number[], expected: readonly Prediction[]): void {
  const wanted = expected.flatMap(numbersOf);
  expect(actual).toHaveLength(wanted.length);
  const isClass = expected[0]?.label !== undefined;
  for (const [i, y] of wanted.entries())
    expect(Math.abs(actual[i] - y)).toBeLessThan(isClass ? 1e-6 : 1e-5 * Math.abs(y) + 1e-9);
}

export function expectSame(actual: readonly Prediction[], expected: readonly Prediction[]): void {
  expect(actual.map(({ label }) => label)).toEqual(expected.map(({ label }) => label));
  expect(actual.map((each) => Object.keys(each.probabilities ?? each.values ?? {}))).toEqual(
    expected.map((each) => Object.keys(each.probabilities ?? each.values ?? {})),
  );
  expectNear(actual.flatMap(numbersOf), expected);
}
