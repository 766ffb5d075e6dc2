import { describe, expect, it } from "vitest";
import type { Mutants } from "./mutants.ts";

/** The laws of experiments' verdicts: what is right supports the claim, what is broken refutes it. */
export const testMutants = (all: readonly Mutants[]): void =>
  describe.each(all)("$id", ({ id, whole, broken }) => {
    it(`${id} holds as it is`, async () => expect((await whole()).holds).toBe(true));

    it.each(Object.entries(broken))(`${id} is refuted by a fault: %s`, async (_, run) =>
      expect((await run()).holds).toBe(false),
    );
  });
