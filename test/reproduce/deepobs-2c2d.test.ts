import { expect, it } from "vitest";
import { reproduceDeepobs } from "../../reproduce/deepobs-2c2d/deepobs-2c2d.ts";
import { givenDigits, shelf } from "./given.ts";

it("tells loss and accuracy after each epoch, and takes finished nets when it is started again", async () => {
  const first = shelf();
  const around = { kept: first.kept, has: ["fashion-mnist"], limit: 260 };
  const settings = { epochs: 1, seeds: [1, 2] };
  const findings = await reproduceDeepobs(givenDigits(around).given, settings);
  expect(findings.outcome).toBe("completed");
  const [weights, loss, accuracy, ...later] = findings.claims;
  // The bundled digits are smaller than the published net's images.
  expect(weights).toMatchObject({ verdict: "does not hold", claim: "The net has 3,274,634 weights." });
  expect([loss, accuracy].map(({ measured }) => measured)).not.toContain("not measured");
  expect(later.map(({ verdict, measured }) => [verdict, measured])).toEqual([
    ["undecided", "not measured"],
    ["undecided", "not measured"],
  ]);
  const again = shelf(first.values);
  expect(await reproduceDeepobs(givenDigits({ ...around, kept: again.kept }).given, settings)).toEqual(findings);
  expect([first.made.length, again.made.length]).toEqual([2, 0]);
});
