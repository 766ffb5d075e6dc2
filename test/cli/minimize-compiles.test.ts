import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { print } from "../../src/expr/text/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

const programs = vi.hoisted((): string[][] => []);

vi.mock("../../src/objective/compile-expressions.ts", async (original) => {
  const actual = await original<typeof import("../../src/objective/compile-expressions.ts")>();
  const compileExpressions: typeof actual.compileExpressions = (inputs, outputs) => {
    programs.push(outputs.map(print));
    return actual.compileExpressions(inputs, outputs);
  };
  return { ...actual, compileExpressions };
});

afterEach(() => {
  programs.length = 0;
});

async function walked(...flags: string[]): Promise<void> {
  const { code, err } = await downhill([
    "minimize",
    "x^2+3*sin(y)",
    "--out",
    join(await temporaryFolder(), "runs"),
    ...flags,
  ]);
  expect([code, err]).toEqual([0, ""]);
}

test("a surface's value and gradient are compileExpressions once: for the walk, the figure and the report", async () => {
  await walked("--figure", join(await temporaryFolder(), "f.svg"));
  expect(programs).toHaveLength(1);
  expect(programs[0]).toHaveLength(3);
});

test.each(["bfgs", "newton"])(
  "nothing that %s asks for is compileExpressions twice, with a figure that moves",
  async (solver) => {
    await walked("--optimizer", solver, "--figure", join(await temporaryFolder(), "f.gif"));
    const texts = programs.map((outputs) => outputs.join(", "));
    expect(programs.some((outputs) => outputs.length === 3)).toBe(true);
    expect(new Set(texts).size).toBe(texts.length);
  },
);
