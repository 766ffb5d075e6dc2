import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parseSlice } from "../../src/report/index.ts";
import { downhill, type Surroundings, temporaryFolder } from "./command.ts";
import { trainedRuns } from "./trained-runs.ts";

let runs: Record<string, string>;

const landscape = (words: readonly string[], around?: Surroundings) => {
  const trust = words.includes("--trust") ? [] : ["--trust", "slice"];
  return downhill(["landscape", ...words, ...trust, "--pairs", "1", "--grid", "3", "--device", "reference"], around);
};

async function json(...words: readonly string[]) {
  const { code, out, err } = await landscape([...words, "--quiet", "--json"]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

beforeAll(async () => {
  const trained = await trainedRuns();
  const { train } = trained;
  runs = trained.folders;
  await train("mlp");
  await train("normal", "--model", "dense:8,batch-norm,dense:8:relu,dense");
});

describe("landscape --curvature", () => {
  test("maps the Hessian's extreme eigenvalues over the window; at the centre they are those beside the directions", async () => {
    const { x, y, curvature, measures } = await json(
      ...[runs.mlp, "--curvature", "5", "--range", "-1:0.5", "--limit", "200", "--trust", "all", "--no-out"],
    );
    expect([x.length, y.length]).toEqual([3, 3]);
    const axis = [-1, -0.625, -0.25, 0.125, 0.5];
    expect(curvature).toMatchObject({ x: axis, y: axis });
    expect(curvature.examples).toBeUndefined();
    for (const rows of [curvature.largest, curvature.smallest])
      expect(rows.map((row: number[]) => row.filter(Number.isFinite).length)).toEqual([5, 5, 5, 5, 5]);
    expect(curvature.largest[0]).not.toEqual(curvature.largest[4]);
    const { curvature: centred } = await json(runs.mlp, "--curvature", "3", "--limit", "200", "--no-out");
    const { largest, smallest } = measures.alignment;
    expect(Math.abs(centred.largest[1][1] - largest)).toBeLessThan(0.03 * largest);
    expect(Math.abs(centred.smallest[1][1] - smallest)).toBeLessThan(0.03 * largest);
  });

  test("along a line, with rows left out; along an eigenvector the largest at the centre is its eigenvalue", async () => {
    const { directions, curvature } = await json(
      ...[runs.mlp, "--line", "--directions", "hessian", "--range", "0.1", "--curvature", "3", "--limit", "200"],
      "--no-out",
    );
    expect([curvature.x, curvature.y]).toEqual([[-0.1, 0, 0.1], [0]]);
    const [{ eigenvalue }] = directions;
    expect(Math.abs(curvature.largest[0][1] - eigenvalue)).toBeLessThan(0.03 * eigenvalue);
  });

  test("on 256 of more examples, and the line says so", async () => {
    const words = [runs.mlp, "--curvature", "2", "--limit", "400", "--no-out"];
    const { curvature, examples } = await json(...words);
    expect([examples.count, curvature.examples]).toEqual([400, 256]);
    expect((await landscape(words)).out).toMatch(
      /\n\|λmin\/λmax\|: up to [\d.]+ %\. The greatest of 2 × 2 points, on 256 of the examples, is at \(−?1, −?1\); (none of them has|[\d.]+ % of them have|all of them have) less than 1 %\. At /,
    );
    // They are the first 256 examples.
    const few = await json(...words, "--limit", "256");
    expect(few.curvature).toEqual({ ...curvature, examples: undefined });
  });

  test("goes on after an interruption, with the same map, and keeps it as JSON, as a picture and in the page", async () => {
    const out = join(await temporaryFolder(), "landscapes");
    const words = [runs.mlp, "--curvature", "8", "--limit", "100"];
    const abort = new AbortController();
    const onError = (text: string) => /curvature: \d+ of 64 points/.test(text) && abort.abort(new Error("Ctrl-C"));
    const stopped = await landscape([...words, "--out", out], { signal: abort.signal, onError, terminal: true });
    expect([stopped.code, stopped.out]).toEqual([130, ""]);
    expect(stopped.err).toContain("interrupted: start the same again to go on; what is measured is kept");
    const [file, ...more] = (await readdir(out)).filter((name) => name.startsWith("curvature-"));
    expect(more).toEqual([]);
    const text = await readFile(join(out, file), "utf8");
    expect(text.split("\n").length).toBeLessThan(64);
    expect(text.split("\n").length).toBeGreaterThan(1);
    await writeFile(join(out, file), `${text.trimEnd().slice(0, -5)}\n{"x":0,"y":0,"largest":"much","smallest":0}\n`);
    const whole = await json(...words, "--no-out");
    const { folder, curvature } = await json(...words, "--out", out);
    expect(curvature).toEqual(whole.curvature);
    expect(await readFile(join(out, file), "utf8")).not.toContain('"much"');
    const kept = join(folder, "landscape.json");
    expect(parseSlice(await readFile(kept, "utf8"), kept).curvature).toEqual(curvature);
    expect(await readFile(join(folder, "curvature.svg"), "utf8")).toContain("|λmin/λmax| of mlp:2-8-2");
    const page = await readFile(join(folder, "landscape.html"), "utf8");
    expect(page).toContain("The greatest of 8 × 8 points");
    const [, data] = /<script type="application\/json">(.*)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(data).slices[0].curvature.ratio).toHaveLength(8);
    // Without the map it is another result, in another folder.
    const plain = await json(runs.mlp, "--limit", "100", "--out", out);
    expect([plain.curvature, plain.folder === folder]).toEqual([undefined, false]);
  });

  test("tells how far it is and takes what was found before", async () => {
    const out = join(await temporaryFolder(), "landscapes");
    const words = [runs.mlp, "--curvature", "3", "--limit", "50", "--out", out];
    const first = await landscape(words, { terminal: true });
    expect(first.err).toMatch(/left {2}curvature: \d of 9 points/);
    const { err } = await landscape(words, { terminal: true });
    expect(err).toMatch(/points that were measured before are taken from .*landscapes/);
    const files = await readdir(out);
    await json(...words, "--limit", "60");
    expect((await readdir(out)).filter((name) => !files.includes(name) && name.startsWith("curvature-"))).toHaveLength(
      1,
    );
  });

  test("refuses a grid of one point, and means that are measured anew", async () => {
    const refused = async (...words: readonly string[]) => {
      const { code, out, err } = await landscape([...words, "--no-out"]);
      expect([code, out]).toEqual([2, ""]);
      return err;
    };
    expect(await refused(runs.mlp, "--curvature", "1")).toMatch(/--curvature is "1"; it must be a whole number/);
    const anew = /--curvature: where batch normalisation is measured anew .* leave the flag out/;
    expect(await refused(runs.normal, "--curvature", "3", "--batch-norm", "recomputed")).toMatch(anew);
    expect((await json(runs.normal, "--curvature", "2", "--limit", "50", "--no-out")).curvature.x).toEqual([-1, 1]);
  });
});
