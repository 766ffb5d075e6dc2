import { describe, expect, it } from "vitest";
import { type Case, make, readGoldens, retrace, worstError } from "./trajectories.ts";

const titleOf = ({ name, args, gradients }: Case): string =>
  `${name} ${JSON.stringify(args)} on ${gradients} gradients`;

for (const file of ["given", "torch", "torch-lerp", "keras", "optax"]) {
  const goldens = readGoldens(file);
  describe(`${file}.json: the weights of the other program, to 1e-12 of each`, () => {
    for (const golden of goldens.cases)
      it(`${golden.library ?? ""} ${titleOf(golden)}`, () => {
        const { w, average } = retrace(make(golden.library ?? file, golden), goldens, golden);
        expect(worstError(w, golden.w)).toBeLessThanOrEqual(1e-12);
        if (golden.average !== undefined) expect(worstError(average, golden.average)).toBeLessThanOrEqual(1e-12);
      });
  });
}
