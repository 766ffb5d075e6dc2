import { expect, test } from "vitest";
import { downhill } from "./command.ts";

test.each([
  [["train", "houses.csv"], "train takes 0 arguments; did you mean --data houses.csv?"],
  [["compare", "houses.csv"], "compare takes 0 arguments; did you mean --data houses.csv?"],
  [["data", "churn.csv"], "data churn.csv: say what to do: downhill data show churn.csv"],
  [["data", "my churn.csv"], "data my churn.csv: say what to do: downhill data show 'my churn.csv'"],
  [["train", "houses"], "train takes 0 arguments, not 1"],
])("%j: the file is meant", async (argv, message) => {
  const { code, err } = await downhill(argv);
  expect(code).toBe(2);
  expect(err).toContain(message);
});
