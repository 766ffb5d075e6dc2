import { describe, expect, test } from "vitest";
import { regressions, surfaces } from "../../src/surfaces/index.ts";
import { downhill } from "./command.ts";

test("the list names every surface", async () => {
  const { code, out } = await downhill(["surfaces"]);
  expect(code).toBe(0);
  for (const { name, title } of surfaces.surfaces) expect(out).toMatch(new RegExp(`^${name} +${title}`, "m"));
  const list = JSON.parse((await downhill(["surfaces", "--json"])).out);
  expect(list.map(({ name }: { name: string }) => name)).toEqual(surfaces.surfaces.map(({ name }) => name));
});

test("counts in the list are of known points: a surface with hundreds of minima has one that is listed", async () => {
  const { out } = await downhill(["surfaces"]);
  const head = out.split("\n").slice(0, 2).join("\n");
  expect(head.match(/known/g)).toHaveLength(2);
  expect(out).toContain(
    "\nKnown points are only those listed with the surface; downhill surfaces NAME searches for more.\n",
  );
});

test("NIST's regressions are listed, and shown one by one", async () => {
  const { out } = await downhill(["surfaces"]);
  for (const { name, title } of regressions) expect(out).toMatch(new RegExp(`^${name.toLowerCase()} +${title}`, "m"));
  const page = (await downhill(["surfaces", "thurber"])).out;
  expect(page).toContain("  y = (b1 + b2*x + b3*x^2 + b4*x^3)/(1 + b5*x + b6*x^2 + b7*x^3)\n");
  expect(page).toMatch(/^b7 +0\.03 +0\.05 +0\.049727297349 +0\.006584$/m);
  expect(JSON.parse((await downhill(["surfaces", "thurber", "--json"])).out)).toMatchObject({
    name: "Thurber",
    observations: 37,
    certified: { residualSumOfSquares: 5642.7082397 },
  });
  expect(await downhill(["surfaces", "thurber", "--within", "0,1"])).toMatchObject({ code: 2, out: "" });
});

describe("one surface", () => {
  test("is shown with its formula, its source and its critical points", async () => {
    const { code, out, err } = await downhill(["surfaces", "himmelblau"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("(x^2 + y - 11)^2 + (x + y^2 - 7)^2");
    expect(out).toContain("Himmelblau 1972");
    expect(out.match(/^global minimum/gm)).toHaveLength(4);
    expect(out.match(/^saddle/gm)).toHaveLength(4);
    expect(out).toMatch(/^global minimum +3 +2 +0 +25\.7157, 82\.2843$/m);
    expect(out).toMatch(/^maximum +−0\.270845 +−0\.923039 +181\.6 /m);
    expect(out).toContain("To walk down it: downhill minimize himmelblau\n");
  });

  test("may be a formula, searched where one likes", async () => {
    const { out } = await downhill(["surfaces", "x^3 - 3*x + y^2", "--within", "-2,2"]);
    expect(out).toMatch(/^global minimum +1 +0 +−2\.000 +2, 6$/m);
    expect(out).toMatch(/^saddle +−1 +0 +2\.000 +−6, 2$/m);
    expect(out).toContain("x from −2 to 2, y from −2 to 2");
    expect(out).toContain("downhill minimize 'x^3 - 3*x + y^2'");
    const { criticalPoints, domain } = JSON.parse(
      (await downhill(["surfaces", "x^3 - 3*x + y^2", "--within", "-2,2,0.5,1", "--json"])).out,
    );
    expect(domain).toEqual([
      [-2, 2],
      [0.5, 1],
    ]);
    expect(criticalPoints).toEqual([]);
  });

  test("a known kink heads the list, where a search for zero gradients cannot find it", async () => {
    const { out } = await downhill(["surfaces", "ackley"]);
    expect(out).toMatch(
      /^critical point .*\nglobal minimum +0 +0 +0 +none: a kink, where the gradient does not exist\n/m,
    );
    expect(out.match(/^global/gm)).toHaveLength(1);
    const elsewhere = await downhill(["surfaces", "ackley", "--within", "0.5,1.5"]);
    expect(elsewhere.out).not.toMatch(/kink|global/);
    expect((await downhill(["surfaces", "rastrigin"])).out).not.toContain("kink");
  });

  test("a degenerate point that is known is called what it is", async () => {
    expect((await downhill(["surfaces", "monkey-saddle"])).out).toMatch(/^degenerate saddle +0 +0 +0 +0, 0$/m);
    // The same formula, of which nothing is known.
    expect((await downhill(["surfaces", "x^3 - 3*x*y^2"])).out).toMatch(/^degenerate +0 +0 +0 +0, 0$/m);
  });

  test("without critical points says so, and one with many shows the lowest", async () => {
    expect((await downhill(["surfaces", "x + y"])).out).toContain("No critical point was found");
    const { out } = await downhill(["surfaces", "rastrigin"]);
    expect(out).toMatch(/^global minimum +0 +0 +0 /m);
    expect(out).toMatch(/^and \d+ more, higher up: --json lists them$/m);
  });
});

test.each([
  [["himelblau"], /did you mean himmelblau\?/],
  [["x^2 +"], /line 1, column 6/],
  [["beale", "--within", "2,-2"], /each interval must be two finite numbers, the smaller first/],
  [["beale", "--within", "-2,2,1"], /give low,high for all or for each/],
  [["--within", "-2,2"], /--within is for one surface/],
])("what it cannot take is told: %j", async (words, message) => {
  const { code, out, err } = await downhill(["surfaces", ...words]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(message);
});
