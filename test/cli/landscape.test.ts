import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { version } from "../../cli/version.ts";
import { load, save } from "../../src/node/index.ts";
import { downhill, type Surroundings, temporaryFolder } from "./command.ts";
import { trainedRuns } from "./trained-runs.ts";

let root: string;
let runs: Record<string, string>;

/** Without what takes longest, unless it is asked for. */
const landscape = (words: readonly string[], around?: Surroundings) => {
  const quick = words.includes("--trust") ? [] : ["--trust", "slice", "--pairs", "1"];
  return downhill(["landscape", ...words, ...quick, "--device", "reference"], around);
};
const json = async (...words: readonly string[]) => {
  const { code, out, err } = await landscape([...words, "--json", "--quiet"]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
};

beforeAll(async () => {
  const trained = await trainedRuns();
  const { train } = trained;
  root = trained.root;
  runs = trained.folders;
  await train("moons");
  await train("seed", "--seed", "9");
  await train("third", "--seed", "11");
  await train("wide", "--model", "mlp:9");
  await train("tanh", "--activation", "tanh");
  await train("normal", "--model", "dense:8,batch-norm,dense:8:relu,dense");
  await train("normal2", "--model", "dense:8,batch-norm,dense:8:relu,dense", "--seed", "9");
  const file = join(root, "houses.csv");
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 5},${(i % 7) * 2 + (i % 5)}`);
  await writeFile(file, `a,b,price\n${rows.join("\n")}\n`);
  await train("table", "--data", file, "--predict", "price", "--task", "regression");
  await train("two", "--data", file, "--predict", "b,price");
});

describe("landscape", () => {
  test("keeps nets of equal weights apart that differ in what they compute, and results of other numbers of pairs", async () => {
    const out = ["--out", join(root, "shared"), "--grid", "3", "--limit", "40"];
    const other = join(root, "same-weights");
    await cp(runs.moons, other, { recursive: true });
    const [{ w }, { model }] = await Promise.all([runs.moons, runs.tanh].map((run) => load(join(run, "model"))));
    await save({ model, w }, join(other, "model"));
    const first = await json(runs.moons, ...out);
    expect((await json(other, ...out)).loss).toEqual((await json(other, "--no-out", ...out.slice(2))).loss);
    expect((await json(runs.moons, ...out)).folder).toBe(first.folder);
    expect((await json(runs.moons, ...out, "--trust", "slice", "--pairs", "2")).folder).not.toBe(first.folder);
  });

  const asked = ["--grid", "5", "--range", "1", "--limit", "256", "--seed", "1"];
  const whole = [...asked, "--trust", "all", "--pairs", "5"];

  test("prints the slice as JSON, the same bits each time, from the file of points or anew", async () => {
    const first = await json(runs.moons, ...whole);
    const axis = [-1, -0.5, 0, 0.5, 1];
    expect([first.x, first.y]).toEqual([axis, axis]);
    for (const values of [first.loss, first.accuracy])
      expect(values.map((row: unknown[]) => row.length)).toEqual([5, 5, 5, 5, 5]);
    expect(first.centre).toEqual({ loss: first.loss[2][2], accuracy: first.accuracy[2][2] });
    expect(first.examples).toMatchObject({ data: "moons", split: "train", count: 256 });
    expect(first.directions).toHaveLength(2);
    const { slice, pairs, alignment, halves, float64 } = first.measures;
    expect([alignment.directions.length, halves.points.length, float64.points.length]).toEqual([2, 5, 5]);
    // The two halves are one set.
    const [{ x, y, first: one, second: other }] = halves.points;
    expect([x, y]).toEqual([0, 0]);
    expect((one + other) / 2).toBeCloseTo(first.centre.loss, 6);
    expect(float64.greatest).toBeLessThan(1e-4);
    expect([slice.level, slice.notFinite]).toEqual([Math.log(2), 0]);
    expect(slice.basin).toBeGreaterThan(0);
    expect(pairs.count).toBe(5);
    const basin = pairs.spread.find(({ measure }: { measure: string }) => measure === "basin");
    expect(basin.least).toBeLessThanOrEqual(slice.basin);
    expect(basin.most).toBeGreaterThanOrEqual(slice.basin);
    expect(basin.deviation).toBeGreaterThan(0);
    expect(first).toMatchObject({ run: runs.moons, others: [], seed: 1, batchNorm: null, version: version() });
    expect(first.verdict[0]).toMatch(
      /^This slice can be trusted for the loss \(to about [\d.]+ %, for examples like these\)/,
    );
    expect((await landscape([runs.moons, ...whole])).out).toContain(
      // What matters most comes first.
      `.\n${first.verdict.join("\n")}\n5 × 5 points `,
    );
    expect(await json(runs.moons, ...whole)).toEqual(first);
    await rm(join(runs.moons, "landscapes"), { recursive: true });
    expect(await json(runs.moons, ...whole)).toEqual(first);
    const { folder: _, ...plain } = first;
    expect(await json(runs.moons, ...whole, "--no-out")).toEqual({ ...plain, folder: null });
    expect((await json(runs.moons, ...whole, "--seed", "2", "--no-out")).loss).not.toEqual(first.loss);
  });

  test("compares pairs of directions on at most 9 × 9 points, with the centre, and itself on these; a line on its own", async () => {
    const words = ["--limit", "50", "--pairs", "3", "--trust", "slice", "--no-out"];
    const coarse = (await json(runs.moons, ...words, "--grid", "9x5")).measures;
    expect(coarse.pairs.coarser).toBeUndefined();
    // 50 intervals are no multiple of 8, 6 or 4.
    const { pairs, slice } = (await json(runs.moons, ...words, "--grid", "51x17")).measures;
    expect(pairs.coarser).toMatchObject({ columns: 9, rows: 9, slice: { lossAtRadius: expect.any(Number) } });
    expect(pairs.coarser.slice.lossAtRadius).not.toBe(slice.lossAtRadius);
    const nine = (await json(runs.moons, ...words, "--grid", "9")).measures;
    expect([pairs.coarser.slice, pairs.spread]).toEqual([nine.slice, nine.pairs.spread]);
    expect((await json(runs.moons, ...words, "--grid", "51", "--line")).measures.pairs.coarser).toBeUndefined();
  });

  test("compares with the Hessian on 256 of more examples and with float64 on 64, and says so", async () => {
    const words = [runs.moons, "--line", "--grid", "3", "--trust", "all", "--pairs", "1", "--no-out"];
    const { examples, measures } = await json(...words, "--limit", "400");
    expect([examples.count, measures.alignment.examples, measures.float64.examples]).toEqual([400, 256, 64]);
    expect(measures.float64.greatest).toBeLessThan(1e-4);
    const { out } = await landscape([...words, "--limit", "400"]);
    expect(out).toContain("Gradient and Hessian are those on 256 of the examples.");
    expect(out).toMatch(
      /in float64: .* At 3 points, on 64 of the examples, the loss in float64 .*: rounding does not show\./,
    );
    // They are the first ones.
    const { alignment } = (await json(...words, "--limit", "256")).measures;
    expect(alignment).toEqual({ ...measures.alignment, examples: undefined });
    const { float64 } = (await json(...words, "--limit", "64")).measures;
    expect(float64.examples).toBeUndefined();
    expect(float64.points.map(({ second }: { second: number }) => second)).toEqual(
      measures.float64.points.map(({ second }: { second: number }) => second),
    );
  });

  test("keeps what takes longest, too: the second start computes no Hessian, no halves and no float64", async () => {
    const out = join(await temporaryFolder(), "landscapes");
    const words = [runs.moons, ...whole, "--out", out];
    const first = await landscape(words, { terminal: true });
    expect(first.err).toContain("comparing with the Hessian");
    const files = async () =>
      Promise.all(
        (await readdir(out)).filter((name) => name.endsWith(".jsonl")).map((name) => readFile(join(out, name), "utf8")),
      );
    const before = await files();
    const second = await landscape(words, { terminal: true });
    expect(second.err).not.toContain("comparing with the Hessian");
    // The pairs of directions and the halves have files of their own.
    expect(second.err.split("points that were measured before are taken from ").length).toBe(2);
    expect([second.out, await files()]).toEqual([first.out, before]);
    const [name] = (await readdir(out)).filter((each) => each.startsWith("hessian-"));
    await writeFile(join(out, name), (await readFile(join(out, name), "utf8")).replace('"largest":', '"largest":1'));
    expect((await json(...words)).measures).toEqual((await json(runs.moons, ...whole, "--no-out")).measures);
  });

  test("the centre of the whole test set is what the run told of its test", async () => {
    const { result } = JSON.parse(await readFile(join(runs.moons, "summary.json"), "utf8"));
    const { centre } = await json(runs.moons, "--split", "test", "--limit", "all", "--line", "--grid", "2", "--no-out");
    expect(centre).toEqual(result.test);
  });

  test("keeps its points and its results in the run's folder; a finer grid takes the points of a coarser one", async () => {
    const out = join(await temporaryFolder(), "landscapes");
    await json(runs.moons, ...asked, "--out", out);
    const files = (await readdir(out)).filter((name) => name.startsWith("points-"));
    expect(files).toHaveLength(1);
    const [points] = files;
    const lines = async () => (await readFile(join(out, points), "utf8")).trimEnd().split("\n").length;
    expect(await lines()).toBe(25);
    const { folder } = await json(runs.moons, ...asked, "--out", out, "--grid", "9");
    expect(await lines()).toBe(81);
    const csv = await readFile(join(folder, "landscape.csv"), "utf8");
    expect(csv.split("\n").slice(0, 2)).toEqual(["x,y,loss,accuracy", expect.stringMatching(/^-1,-1,[\d.]+,[\d.]+$/)]);
    expect(csv.trimEnd().split("\n")).toHaveLength(82);
    const {
      folder: _,
      figure: __,
      beside: ___,
      ...kept
    } = await json(runs.moons, ...asked, "--out", out, "--grid", "9");
    expect(JSON.parse(await readFile(join(folder, "landscape.json"), "utf8"))).toEqual(kept);
  });

  test("goes on after an interruption, and passes over a line that was cut short", async () => {
    const out = join(await temporaryFolder(), "landscapes");
    const abort = new AbortController();
    const words = [runs.moons, ...asked, "--out", out, "--json"];
    const onError = (text: string) => text.includes(" of 25 points") && abort.abort(new Error("Ctrl-C"));
    const stopped = await landscape(words, { signal: abort.signal, onError, terminal: true });
    expect([stopped.code, stopped.out]).toEqual([130, ""]);
    expect(stopped.err).toContain("interrupted: start the same again to go on; what is measured is kept");
    const [name] = await readdir(out);
    const text = await readFile(join(out, name), "utf8");
    expect(text.split("\n").length).toBeLessThan(25);
    await writeFile(join(out, name), `${text.replace(/"loss":/, '"loss":-').slice(0, -20)}`);
    const { folder: _, ...whole } = await json(runs.moons, ...asked, "--no-out");
    const again = await landscape([runs.moons, ...asked, "--out", out, "--json"]);
    expect(JSON.parse(again.out)).toMatchObject({ loss: whole.loss, accuracy: whole.accuracy });
    expect(again.err).toMatch(
      / lines? that (was|were) cut short, changed, or another file's: measured again, and taken out of /,
    );
  });

  test("between two runs it is a line from -0.5 to 1.5 whose ends are theirs; through three a plane", async () => {
    const line = await json(runs.moons, runs.seed, "--grid", "5", "--no-out");
    expect([line.x, line.y, line.directions.length]).toEqual([[-0.5, 0, 0.5, 1, 1.5], [0], 1]);
    const other = await json(runs.seed, "--line", "--grid", "2", "--no-out");
    expect(line.loss[0][3]).toBe(other.centre.loss);
    const first = await json(runs.moons, "--line", "--grid", "2", "--no-out");
    const plane = await json(runs.moons, runs.seed, runs.third, "--grid", "5", "--no-out");
    expect([plane.directions.length, plane.loss[1]]).toEqual([2, line.loss[0]]);
    expect(plane.nets).toMatchObject([{ x: 0, y: 0 }, { x: 1, y: 0 }, { y: 1 }]);
    expect(plane.nets[2].name).toContain(runs.third);
    expect(Number.isFinite(plane.nets[2].x)).toBe(true);
    expect([line.measures.slice.barrierAlong, line.measures.pairs]).toEqual(["between", undefined]);
    const across = await json(runs.moons, runs.seed, "--grid", "5x3", "--no-out");
    expect([across.directions.map(({ kind }: { kind: string }) => kind), across.y.length]).toEqual([
      ["between", "filter"],
      3,
    ]);
    // Each net is told of, by its run, wherever the grid's points lie; measures around one of them are not.
    const nets = [runs.moons, runs.seed].map((run, x) => ({
      name: run,
      x,
      y: 0,
      measured: [first.centre, other.centre][x],
    }));
    const apart = await json(runs.moons, runs.seed, "--grid", "4", "--no-out");
    expect([line.nets, apart.nets, plane.nets.slice(0, 2)]).toEqual([nets, nets, nets]);
    const { centre } = await json(runs.third, "--line", "--grid", "2", "--no-out");
    expect(plane.nets[2]).toMatchObject({ name: runs.third, y: 1, measured: { loss: expect.closeTo(centre.loss, 5) } });
    for (const { slice } of [line.measures, plane.measures])
      expect([slice.sharpness, slice.lossAtRadius]).toEqual([null, null]);
    const { out } = await landscape([runs.moons, runs.seed, "--grid", "5", "--no-out"]);
    const lines = out.split("\n").slice(0, 3);
    for (const words of lines.slice(0, 2))
      expect(words).toMatch(/^mlp:2-8-2: loss [\d.]+, accuracy [\d.]+ % at x = [01]: /);
    expect(lines.slice(0, 2).map((words) => words.split(/ at x = /)[1])).toEqual([
      `0: ${runs.moons}`,
      `1: ${runs.seed}`,
    ]);
    expect((await json(runs.moons, "--grid", "3", "--no-out")).nets).toBeUndefined();
    expect(across.directions[1].length).toBe(across.directions[0].length);
  });

  test.each(["layer", "gaussian", "gradient", "hessian"])("has directions: %s", async (kind) => {
    const { directions, loss } = await json(
      runs.moons,
      "--directions",
      kind,
      "--grid",
      "3",
      "--range",
      "0.1",
      "--no-out",
    );
    expect(directions[0].kind).toBe(kind);
    expect(loss.flat().every(Number.isFinite)).toBe(true);
    if (kind === "hessian") expect(directions[0].eigenvalue).toBeGreaterThan(directions[1].eigenvalue);
  });

  test.each(["gradient", "hessian"])(
    "computes the direction %s on the 256 examples on which it is compared, and says so",
    async (kind) => {
      const words = [runs.moons, "--line", "--directions", kind, "--grid", "3", "--range", "0.1", "--no-out"];
      const { directions, measures } = await json(...words, "--limit", "400", "--trust", "all", "--pairs", "1");
      expect(directions[0].label).toMatch(/, on 256 of the examples$/);
      const [found] = measures.alignment.directions;
      expect(Math.abs(kind === "hessian" ? found.top : found.gradient)).toBeGreaterThan(0.999);
      const few = await json(...words, "--limit", "256");
      expect(few.directions[0]).toEqual({ ...directions[0], label: few.directions[0].label });
      expect(few.directions[0].label).not.toContain("of the examples");
    },
  );

  test("batch normalisation is frozen, or measured anew, and between nets always anew", async () => {
    const words = [runs.normal, "--grid", "3", "--no-out"];
    const [frozen, recomputed] = [await json(...words), await json(...words, "--batch-norm", "recomputed")];
    expect(recomputed.loss).not.toEqual(frozen.loss);
    expect([frozen.batchNorm, recomputed.batchNorm]).toEqual(["frozen", "recomputed"]);
    const between = await json(runs.normal, runs.normal2, "--grid", "3", "--no-out");
    expect(between).toMatchObject({ run: runs.normal, others: [runs.normal2], batchNorm: "recomputed" });
    expect((await landscape([runs.normal, runs.normal, "--batch-norm", "frozen"])).err).toContain(
      "barriers that are not there",
    );
  });

  test("a table's run tells how it was read, and a regression has no accuracy", async () => {
    const { accuracy, centre, examples } = await json(runs.table, "--grid", "3", "--no-out");
    expect([accuracy, Object.keys(centre)]).toEqual([undefined, ["loss"]]);
    expect(examples.count).toBeGreaterThan(30);
    const elsewhere = await temporaryFolder();
    await cp(join(root, "houses.csv"), join(elsewhere, "houses.csv"));
    expect((await json(runs.table, "--grid", "3", "--no-out", "--data-dir", elsewhere)).centre).toEqual(centre);
  });

  test("of two targets the loss at the centre is the run's own", async () => {
    const { result } = JSON.parse(await readFile(join(runs.two, "summary.json"), "utf8"));
    const { centre } = await json(runs.two, "--grid", "3", "--split", "test", "--limit", "all");
    expect(centre).toEqual({ loss: result.test.loss });
  });

  test("says in words what it found, and where it is", async () => {
    const { code, out } = await landscape([runs.moons, "--grid", "3", "--trust", "all", "--pairs", "5"]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^mlp:2-8-2: loss [\d.]+, accuracy [\d.]+ % at the centre\nThe loss is between [\d.]+ and [\d.]+\.\n/,
    );
    expect(out).toMatch(
      /\n3 × 3 points on [\d,]+ training examples of moons\nx: random, each filter as long as the net's; 1 on the axis is a distance of [\d.]+\n/,
    );
    expect(out).toMatch(/\nbasin: [\d.]+ %\. .* Along 5 pairs of directions: [\d.]+ % to [\d.]+ %\.\n/);
    expect(out).toMatch(/\nλmax: .*\n/);
    expect(out).toMatch(/\nin float64: .*\n/);
    expect(out).toMatch(/\nfolder: .*landscapes.filter-3x3-[0-9a-f]{8}\n$/);
  });
});

test("landscape says where the centre is not among the points", async () => {
  const between = async (...words: readonly string[]) =>
    /^The loss is between .*$/m.exec((await landscape([runs.moons, ...words, "--limit", "50", "--no-out"])).out)?.[0];
  for (const words of [
    ["--line", "--grid", "4"],
    ["--grid", "3x2"],
    ["--grid", "3", "--range", "0.5:1"],
  ])
    expect(await between(...words)).toMatch(
      /^The loss is between [\d.]+ and [\d.]+\. The centre is not among the points\.$/,
    );
  expect(await between("--line", "--grid", "3")).toMatch(/ and [\d.]+\.$/);
});

test("landscape says where fewer examples are there than --limit asks for", async () => {
  const words = [runs.moons, "--line", "--grid", "3", "--no-out"];
  const all = JSON.parse((await landscape([...words, "--limit", "all", "--json"])).out).examples.count;
  const note = `--limit 999,999: the training set has ${all} examples, and all are taken\n`;
  expect((await landscape([...words, "--limit", "999999"])).err).toContain(note);
  for (const fewer of [[], ["--limit", `${all}`]])
    expect((await landscape([...words, ...fewer])).err).not.toContain("and all are taken");
});

describe("landscape draws", () => {
  test("into its folder, and into the file that --figure names", async () => {
    const figure = join(await temporaryFolder(), "moons.svg");
    const { folder, figure: told } = await json(runs.moons, "--grid", "3", "--figure", figure);
    expect(told).toBe(figure);
    expect(await readFile(figure, "utf8")).toContain("Loss landscape of mlp:2-8-2");
    expect((await readdir(folder)).sort()).toEqual([
      "contour.svg",
      ...["csv", "html", "json", "vtp"].map((end) => `landscape.${end}`),
      "surface.svg",
    ]);
    expect((await landscape([runs.moons, "--figure", "moons.gif"])).err).toContain("nothing moves in this figure");
    expect((await landscape([runs.moons, "--figure", "moons.jpg"])).err).toContain("must end in .svg, .png or .html\n");
    expect((await downhill(["landscape", "--help"])).out).not.toContain(".gif");
  });

  test("nothing into a folder that cannot be written, but prints the result all the same before the error", async () => {
    const out = join(await temporaryFolder(), "landscapes");
    const words = [runs.moons, "--grid", "3", "--out", out];
    const { folder, loss } = await json(...words);
    await rm(join(folder, "surface.svg"));
    await mkdir(join(folder, "surface.svg"));
    const { code, out: printed, err } = await landscape([...words, "--json", "--quiet"]);
    expect([code, JSON.parse(printed)]).toEqual([1, expect.objectContaining({ loss, folder: null })]);
    expect(err).toContain("surface.svg: it is a folder; give a file");
    // What was never begun leaves no folder.
    const none = join(await temporaryFolder(), "none");
    const abort = AbortSignal.abort(new Error("Ctrl-C"));
    expect((await landscape([runs.moons, "--grid", "3", "--out", none], { signal: abort })).code).toBe(130);
    expect(existsSync(none)).toBe(false);
  });

  test("a page with a surface that a reader can turn, and with the measures", async () => {
    const file = join(await temporaryFolder(), "moons.html");
    const { folder } = await json(runs.moons, "--grid", "3", "--figure", file);
    const page = await readFile(file, "utf8");
    expect(page).toContain('<div class="stage"></div>');
    expect(page).toContain("How far the picture can be trusted");
    expect(page).toMatch(/>basin<\/th><td>[\d.]+\u00a0%<\/td><td>The share of the window with a loss below/);
    expect(await readFile(join(folder, "landscape.html"), "utf8")).toBe(page);
    const { folder: line } = await json(runs.moons, "--line", "--grid", "3");
    expect(await readdir(line)).toContain("line.svg");
  });

  test("two slices side by side with --beside, and refuses what cannot be", async () => {
    const [folder, file] = [await temporaryFolder(), join(await temporaryFolder(), "pair.html")];
    const other = await json(runs.seed, "--grid", "3");
    const beside = ["--beside", join(other.folder, "landscape.json")];
    const both = await json(runs.moons, "--grid", "3", "--figure", file, ...beside);
    const page = await readFile(file, "utf8");
    const [, data] = /<script type="application\/json">(.*)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(data).slices).toHaveLength(2);
    // Of each it is told how far it can be trusted, as it was measured, or by what it shows.
    expect(both.beside).toEqual([{ ...other, folder: undefined, figure: undefined, beside: undefined }]);
    const basins = (html: string): number =>
      />basin<\/th>(.*?)<\/tr>/.exec(html)?.[1].match(/<td[^>]*>[\d.]+\u00a0%<\/td>/g)?.length ?? 0;
    expect(basins(page)).toBe(2);
    const { measures, verdict: _, ...bare } = other;
    await writeFile(join(folder, "bare.json"), JSON.stringify(bare));
    const words = ["--grid", "3", "--figure", file, "--beside", join(folder, "bare.json")];
    expect((await json(runs.moons, ...words)).beside[0].measures.slice).toEqual(measures.slice);
    expect(basins(await readFile(file, "utf8"))).toBe(2);
    expect((await landscape([runs.moons, ...words])).out).toMatch(
      /\nbeside it: mlp:2-8-2: loss [\d.]+, accuracy [\d.]+ % at the centre, on [\d,]+ training examples of moons\n/,
    );
    // Unlike windows, examples and directions are told of, in words and on the page; like ones are not.
    const unlike = "It is not measured like the slice beside which it is shown: ";
    expect((await landscape([runs.moons, ...words])).out).not.toContain(unlike);
    expect(await readFile(file, "utf8")).not.toContain(unlike);
    const more = ["--range", "2", "--limit", "50", "--split", "test", "--directions", "layer"];
    const { out } = await landscape([runs.moons, ...words, ...more]);
    const [, count] = /beside it: .* on ([\d,]+) training/.exec(out) ?? [];
    const said = `${unlike}it covers x from −1 to 1 and y from −1 to 1, not x from −2 to 2 and y from −2 to 2; it was measured on ${count} training examples of moons, not on 50 test examples of moons; its directions are of the kind filter, not layer.`;
    expect(out).toContain(`\n${said}\n`);
    expect(await readFile(file, "utf8")).toContain(said);
    const refused = async (...words: readonly string[]) => (await landscape([runs.moons, ...words])).err;
    expect(await refused(...beside)).toContain("name its file by --figure");
    expect(await refused("--line", "--figure", file, ...beside)).toContain(
      "it is a slice along a plane, and this one is along a line",
    );
    const bad = async (text: string): Promise<string> => {
      await writeFile(join(folder, "bad.json"), text);
      return refused("--figure", file, "--beside", join(folder, "bad.json"));
    };
    const good = await readFile(join(other.folder, "landscape.json"), "utf8");
    expect(await bad("{")).toContain("it is not JSON");
    expect(await bad(good.replace('"title"', '"name"'))).toContain(
      "it.title is missing, expected a text; give a landscape.json",
    );
    expect(await bad(good.replace('"radius"', '"width"'))).toContain("it.measures.slice.radius is missing");
    expect(await bad(JSON.stringify({ ...JSON.parse(good), x: [0, 1] }))).toContain(
      "its loss is not 3 rows of 2 values",
    );
  });

  test("in a terminal, a plane and a line", async () => {
    const plane = await landscape([runs.moons, "--grid", "5", "--no-out"], { terminal: true });
    expect(plane.out.split("\n").length).toBeGreaterThan(15);
    const line = await landscape([runs.moons, "--line", "--grid", "5", "--no-out"], { terminal: true });
    expect(line.out.split("\n").length).toBeGreaterThan(15);
  });
});

describe("landscape refuses", () => {
  const refused = async (words: readonly string[], code: number, message: RegExp) => {
    const result = await landscape([...words, "--no-out"]);
    expect([result.code, result.out]).toEqual([code, ""]);
    expect(result.err).toMatch(message);
  };

  test("what is no run, and a run without weights, with what to do", async () => {
    await refused([join(root, "nowhere")], 1, /there is no such folder; give a run's folder/);
    await refused(
      [join(runs.moons, "model")],
      1,
      /it is a saved model, which does not tell its data; give the folder of the run/,
    );
    const [bare, empty] = [join(root, "bare"), join(root, "empty")];
    await cp(runs.moons, bare, { recursive: true });
    await rm(join(bare, "model"), { recursive: true });
    await refused(
      [bare],
      1,
      /it has no weights: the run ended before its net was kept; train it again: downhill train/,
    );
    await mkdir(empty);
    await refused([empty], 1, /it has no config.json; give the folder of the run/);
  });

  test("a model of another version, and damaged weights", async () => {
    const other = join(root, "other");
    await cp(runs.moons, other, { recursive: true });
    const file = join(other, "model", "model.json");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace('"dense"', '"hyperdense"'));
    await refused([other], 1, /hyperdense.*another version of Downhill wrote it, or it was changed: train it again/);
    await writeFile(file, text);
    const weights = join(other, "model", "weights.safetensors");
    await writeFile(weights, (await readFile(weights)).subarray(0, 200));
    await refused([other], 1, /weights\.safetensors/);
  });

  test("data that are not there any more, and others than those of the training", async () => {
    const gone = await temporaryFolder();
    await refused([runs.table, "--data-dir", gone], 1, /houses\.csv/);
    const text = await readFile(join(root, "houses.csv"), "utf8");
    await writeFile(join(gone, "houses.csv"), text.replace(/\n1,1,3\n/g, "\n1,9,3\n"));
    await refused(
      [runs.table, "--data-dir", gone],
      1,
      /its content is another than that which .* was trained on: it has other/,
    );
    await writeFile(join(gone, "houses.csv"), text.split("\n").slice(0, 40).join("\n"));
    await refused(
      [runs.table, "--data-dir", gone],
      1,
      /it has \d+ training.* but .* was trained with .*give the data that it was trained on/,
    );
  });

  test("nets of different layouts", async () => {
    await refused(
      [runs.moons, runs.wide],
      1,
      /layer1_weight of 2 × 9 here, layer1_weight of 2 × 8 there; give runs of one model/,
    );
    await refused([runs.moons, runs.tanh], 1, /other activations, losses or options of layers; give runs of one model/);
    await refused([runs.moons, runs.moons], 2, /the two nets are the same point/);
  });

  test.each<readonly [readonly string[], RegExp]>([
    [["--grid", "1"], /--grid is "1"; it must be a number of points along each axis, from 2 to 1001/],
    [["--grid", "5000"], /--grid is "5000"/],
    [["--range", "1e308"], /--range is "1e308"/],
    [["--range", "1:1.0000000000000002"], /--range is/],
    [["--threads", "0"], /--threads is "0"; it must be a whole number/],
    [["--grid", "5x1"], /--grid is "5x1"/],
    [["--range", "0"], /--range is "0"; it must be a number above 0/],
    [["--range", "1:0"], /--range is "1:0"/],
    [["--line", "--grid", "5x5"], /a line has no rows/],
    [["--batch-norm", "recomputed"], /has no batch normalisation/],
    [["--directions", "filters"], /did you mean filter/],
    [["--split", "dev"], /--split "dev" is not known/],
  ])("%j", async (words, message) => {
    await refused([runs.moons, ...words], 2, message);
  });

  test("directions and a line where the runs decide", async () => {
    await refused(
      [runs.moons, runs.seed, "--directions", "filter"],
      2,
      /2 runs decide the directions; leave the flag out/,
    );
    await refused([runs.moons, runs.seed, runs.third, "--line"], 2, /three runs make a plane/);
    await refused(
      Array.from({ length: 4 }, () => runs.moons),
      2,
      /4 runs/,
    );
    await refused([], 2, /run/);
  });
});
