import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextPlace, placeOf, rateAt, type TriedRate } from "../../src/compare/rates.ts";

/** The trials of a whole search on a given cost. */
function search(cost: (place: number) => number | null, start: number, budget: number): TriedRate[] {
  const tried: TriedRate[] = [];
  while (tried.length < budget) {
    const place = nextPlace(tried, start);
    tried.push({ place, loss: cost(place) });
  }
  return tried;
}

const bestOf = (tried: readonly TriedRate[]) =>
  [...tried].sort((a, b) => (a.loss ?? Infinity) - (b.loss ?? Infinity))[0].place;

describe("the lattice of rates", () => {
  test("has four to the decade, to two digits", () => {
    expect([-12, -11, -10, -9, -8, 0, 3, 4].map(rateAt)).toEqual([0.001, 0.0018, 0.0032, 0.0056, 0.01, 1, 5.6, 10]);
  });

  test("has a place near every rate: within an eighth of a decade and the rounding", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-8, max: 1e6, noNaN: true }), (rate) => {
        expect(Math.abs(Math.log10(rateAt(placeOf(rate)) / rate))).toBeLessThan(0.131);
      }),
    );
    expect(rateAt(placeOf(0))).toBe(0.01);
  });
});

describe("the search for a rate", () => {
  test("begins at the default, climbs in half decades, refines, and then widens", () => {
    const tried = search((place) => (place - 4.4) ** 2, 0, 9).map(({ place }) => place);
    // 6 brackets 4; 5 is the better side; then the nearer end, the upper one of two as near.
    expect(tried).toEqual([0, 2, 4, 6, 5, 3, 8, 10, -2]);
  });

  test("finds the lowest place of any valley within reach of its budget, and never tries one twice", () => {
    const places = fc.integer({ min: -40, max: 40 });
    fc.assert(
      fc.property(places, fc.integer({ min: -6, max: 6 }), fc.integer({ min: -3, max: 3 }), (start, away, wall) => {
        const low = start + away;
        // Above a wall everything diverges.
        const tried = search((place) => (place > low + 3 + Math.abs(wall) ? null : (place - low) ** 2), start, 8);
        expect(new Set(tried.map(({ place }) => place)).size).toBe(8);
        expect(bestOf(tried)).toBe(low);
      }),
    );
  });

  test("goes down where everything diverges", () => {
    expect(search(() => null, 0, 4).map(({ place }) => place)).toEqual([0, -2, -4, -6]);
  });
});
