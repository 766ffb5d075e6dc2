import { describe, expect, test } from "vitest";
import { stretchesIn } from "../../viewer/clip.ts";

/** Along x, at heights. */
const way = (...shares: readonly (number | null)[]) =>
  shares.map((share, k) => (share === null ? null : ([k / 10, 0, share] as const)));
const numbers = (places: readonly (readonly number[])[]): number[][] =>
  places.map((place) => place.map((value) => Number(value.toFixed(9))));

describe("a way in the box", () => {
  test("is whole where it stays inside", () => {
    const inside = way(0, 1, 0.5);
    expect(stretchesIn(inside)).toEqual([{ places: inside, above: [], below: [] }]);
  });

  test("ends at the lid and at the floor, at the place where it goes through, and comes back", () => {
    const [first, second, ...more] = stretchesIn(way(0.5, 1.5, 0.5, -0.5));
    expect(more).toEqual([]);
    expect(numbers(first.places)).toEqual([
      [0, 0, 0.5],
      [0.05, 0, 1],
    ]);
    expect([numbers(first.above), first.below]).toEqual([[[0.05, 0, 1]], []]);
    expect(numbers(second.places)).toEqual([
      [0.15, 0, 1],
      [0.2, 0, 0.5],
      [0.25, 0, 0],
    ]);
    expect([numbers(second.above), numbers(second.below)]).toEqual([[[0.15, 0, 1]], [[0.25, 0, 0]]]);
  });

  test("ends at a side without a word of above or below", () => {
    const [only, ...more] = stretchesIn([
      [0.4, 0, 0.5],
      [0.6, 0, 1.3],
    ]);
    expect([numbers(only.places), only.above, more]).toEqual([
      [
        [0.4, 0, 0.5],
        [0.5, 0, 0.9],
      ],
      [],
      [],
    ]);
  });

  test("is interrupted where a loss is not known, and is nothing outside", () => {
    expect(stretchesIn(way(0.1, 0.2, null, 0.4, 0.5)).map(({ places }) => places.length)).toEqual([2, 2]);
    expect(stretchesIn(way(2, 3, 4))).toEqual([]);
    expect(stretchesIn(way(2, -1)).map(({ above, below }) => [above.length, below.length])).toEqual([[1, 1]]);
    expect(stretchesIn([])).toEqual([]);
  });
});
