import { describe, expect, it } from "vitest";
import { agreement, type Swept, supports } from "../../lecture/experiments/adam-sweep.ts";

/** A curve over nine rates: falls, and is lost beyond the rate that 1 − β₂ allows where `moves` is set. */
function curve(beta1: number, beta2: number, corrected: boolean, moves: boolean): Swept {
  const shift = moves ? Math.round(-2 - Math.log10(1 - beta2)) + 3 : 0;
  const few = Array.from({ length: 9 }, (_, i) => (i + shift > 9 ? Number.POSITIVE_INFINITY : 50 - 2 * (i + shift)));
  return { beta1, beta2, corrected, few, many: few, best: [30, 30, 30] };
}

const sweep = (moves: { corrected: boolean; plain: boolean }): Swept[] =>
  [0, 0.9].flatMap((beta1) =>
    [0.99, 0.999, 0.9999].flatMap((beta2) => [
      curve(beta1, beta2, true, moves.corrected),
      curve(beta1, beta2, false, moves.plain),
    ]),
  );

const expected = sweep({ corrected: false, plain: true });

describe("agreement", () => {
  it("is 1 at the shift that makes curves the same, and 0 where one is lost", () => {
    const plain = expected.filter(({ corrected }) => !corrected);
    expect(agreement(plain, 1)).toBe(1);
    expect(agreement(plain, 0)).toBe(0);
    expect(
      agreement(
        expected.filter(({ corrected }) => corrected),
        1,
      ),
    ).toBeCloseTo(34 / 36, 12);
  });
});

describe("the claim", () => {
  it("holds where uncorrected curves move and corrected ones don't", () => expect(supports(expected)).toBe(true));

  it("does not where both move, or neither", () => {
    expect(supports(sweep({ corrected: true, plain: true }))).toBe(false);
    expect(supports(sweep({ corrected: false, plain: false }))).toBe(false);
  });

  it("does not where a smaller rate fails and the largest does not", () => {
    const turned = (each: Swept): Swept => ({ ...each, many: each.many.toReversed() });
    const middle = expected.map((each) => (each.beta2 === 0.9999 && !each.corrected ? turned(each) : each));
    expect(supports(middle)).toBe(false);
    const gap = expected.map((each) =>
      each.beta2 === 0.9999 && !each.corrected ? { ...each, many: each.many.with(-1, 30) } : each,
    );
    expect(supports(gap)).toBe(false);
  });

  it("does not where an uncorrected best is better", () => {
    const better = expected.map((each, i) => (i === 5 ? { ...each, best: [28, 29, 28] } : each));
    expect(supports(better)).toBe(false);
  });
});
