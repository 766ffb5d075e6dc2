import { expect, it } from "vitest";
import { deadUnits, deadUnitsByHand } from "../../lecture/dead-units.ts";
import { nodeDevice } from "../../src/device/node/device.ts";

it("counts the units that are 0 for every example, in every hidden layer", async () => {
  // Two inputs, three units, two units, one output.
  const examples = { count: 2, inputs: Float32Array.of(1, -1, -1, 1), targets: Float32Array.of(0, 0) };
  const counter = await deadUnits([2, 3, 2, 1], examples, await nodeDevice());
  // x₁ is active once, −1 never, x₂ once; above them x₁ + x₂ always and −1 − x₁ − x₂ never.
  const first = [1, 0, 0, /**/ 0, 0, 1, /**/ 0, -1, 0];
  const second = [1, -1, /**/ 0, 0, /**/ 1, -1, /**/ 0, -1];
  const w = Float32Array.from([...first, ...second, 1, 1, 0]);
  expect(await counter.count(w)).toBe(2);
  expect(deadUnitsByHand([2, 3, 2, 1], examples, w)).toBe(2);
  // A bias of 2 brings both back.
  w[7] = 2;
  w[16] = 3;
  expect(await counter.count(w)).toBe(0);
  expect(await counter.count(w.map(() => 0))).toBe(5);
  expect(
    deadUnitsByHand(
      [2, 3, 2, 1],
      examples,
      w.map(() => 0),
    ),
  ).toBe(5);
  await counter.dispose();
});
