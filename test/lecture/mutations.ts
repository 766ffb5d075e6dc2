import { describe, expect, it } from "vitest";
import type { Mutants } from "./mutants.ts";

/** The laws of experiments' verdicts: what is right supports the claim, in a shorter run too, and what is broken refutes it. */
export const testMutants = (all: readonly Mutants[]): void =>
  describe.each(all)("$id", ({ id, whole, broken }) => {
    if (whole !== undefined) it(`${id} holds in the shorter run`, async () => expect((await whole()).holds).toBe(true));

    it.each(Object.entries(broken))(`${id} is refuted by a fault: %s`, async (_, run) =>
      expect((await run()).holds).toBe(false),
    );
  });
