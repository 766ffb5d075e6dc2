import { describe, expect, test } from "vitest";
import { toSvg } from "../../src/figure/index.ts";
import type { LossSlice, PlanePath } from "../../src/landscape/index.ts";
import {
  type Coloring,
  heightWords,
  landscapeFigure,
  landscapePage,
  liveLandscape,
  type MeasureLine,
  sliceCsv,
  sliceVtk,
} from "../../src/report/index.ts";
import { heightsOf, smoothGrid } from "../../src/report/landscape/heights.ts";
import { placesOf, placesWords } from "../../src/report/landscape/places.ts";
import { distinctlyTitled } from "../../src/report/landscape/titles.ts";
import { lineOf, sliceOf } from "./slices.ts";

const bowl = sliceOf((x, y) => 0.01 + 4 * (x * x + y * y));
const holed = sliceOf((x, y) => (x === 1 && y === 1 ? Infinity : 1 + x + 10 * y * y));

describe("CSV", () => {
  test("has a line for each point, all digits, and nothing where a value is missing", () => {
    const lines = sliceCsv(holed).split("\n");
    expect(lines.slice(0, 2)).toEqual(["x,y,loss,accuracy", `-1,-1,10,${1 / 11}`]);
    expect(lines[3]).toBe(`0,-1,11,${1 / 12}`);
    expect(lines[25]).toBe("1,1,,");
    expect(lines).toHaveLength(27);
    const third = sliceOf(() => 1 / 3, { accuracy: undefined });
    expect(sliceCsv(third).split("\n")[1]).toBe("-1,-1,0.3333333333333333");
  });
});

/** The numbers of an array in a file of VTK: base64, behind their length in bytes. */
function array(vtk: string, name: string, section = ""): number[] {
  const text = new RegExp(`${section}[^]*?<DataArray type="(\\w+)" Name="${name}"[^>]*>([^<]*)<`).exec(vtk);
  if (text === null) return [];
  const bytes = Buffer.from(text[2], "base64");
  expect(bytes.readUInt32LE(0)).toBe(bytes.length - 4);
  const [size, read] = text[1] === "Float64" ? [8, bytes.readDoubleLE] : [4, bytes.readInt32LE];
  return Array.from({ length: (bytes.length - 4) / size }, (_, k) => read.call(bytes, 4 + size * k));
}

describe("VTK", () => {
  test("has each measured point at its place, with what was measured there", () => {
    const vtk = sliceVtk(holed);
    expect(vtk).toContain(
      'NumberOfPoints="24" NumberOfVerts="0" NumberOfLines="0" NumberOfStrips="0" NumberOfPolys="15"',
    );
    expect(array(vtk, "Points").slice(0, 6)).toEqual([-1, -1, 10, -0.5, -1, 10.5]);
    expect(array(vtk, "loss")).toEqual(holed.loss.flat().filter((value) => value !== null));
    expect(array(vtk, "log10_loss")[0]).toBe(1);
    expect(array(vtk, "accuracy")[0]).toBe(1 / 11);
  });

  test("joins neighbours against the clock, and leaves a hole where one is missing", () => {
    const vtk = sliceVtk(holed);
    const corners = array(vtk, "connectivity", "<Polys>");
    expect(corners.slice(0, 4)).toEqual([0, 1, 6, 5]);
    expect(array(vtk, "offsets", "<Polys>")).toEqual(Array.from({ length: 15 }, (_, k) => 4 * (k + 1)));
    expect(Math.max(...corners)).toBe(23);
  });

  test("cuts heights at a ceiling, and has them as logarithms, but never the values", () => {
    const zs = (vtk: string): number[] => array(vtk, "Points").filter((_, k) => k % 3 === 2);
    const cut = sliceVtk(holed, { ceiling: 5 });
    expect(Math.max(...zs(cut))).toBe(5);
    expect(Math.max(...array(cut, "loss"))).toBe(12);
    expect(zs(sliceVtk(holed, { scale: "log", ceiling: 10 }))[1]).toBe(1);
    const zero = sliceVtk(
      sliceOf((x) => x * x),
      { scale: "log" },
    );
    expect(Math.min(...zs(zero))).toBe(Math.log10(0.25));
  });

  test("has arrays in the same base64 as other programs write, of any length", () => {
    for (const count of [5, 6, 7, 400]) {
      const vtk = sliceVtk(lineOf((x) => 1 + x * x, count));
      for (const [, text] of vtk.matchAll(/format="binary">([^<]*)</g))
        expect(text).toBe(Buffer.from(text, "base64").toString("base64"));
      expect(array(vtk, "loss")).toHaveLength(count);
    }
  });

  test("has lines and paths as polylines", () => {
    const line = sliceVtk(lineOf((x) => x * x));
    expect(array(line, "connectivity", "<Lines>")).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const path = {
      ...{ name: "adam", x: [1, 0.5, 0], y: [1, 0.5, 0], steps: [0, 10, 20] },
      ...{ loss: [9, null, 0.1], onPlane: [8, 2, 0.1], distance: [0, 1, 0] },
    };
    const walked = sliceVtk({ ...bowl, paths: [path] });
    expect(array(walked, "connectivity", "<Lines>")).toEqual([25, 26]);
    expect(array(walked, "Points").slice(75)).toEqual([1, 1, 9, 0, 0, 0.1]);
    expect(array(walked, "accuracy").slice(25)).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("heights", () => {
  test("are linear with lines at every half from 0.1 on, as Li et al. draw them, where losses are ordinary", () => {
    const heights = heightsOf([bowl]);
    expect(heights.scale).toBe("linear");
    expect(heights.domain[0]).toBe(0);
    expect(heights.levels.slice(0, 4)).toEqual([0.1, 0.6, 1.1, 1.6]);
  });

  test("are logarithms where the range is wide, with lines at round losses", () => {
    const steep = (rise: number) =>
      heightsOf([sliceOf((x, y) => 0.1 * Math.exp(rise * (x * x + y * y)))], { scale: "log" });
    const { scale, domain, levels } = heightsOf([sliceOf((x, y) => 0.1 * Math.exp(7 * (x * x + y * y)))]);
    expect([scale, domain[0]]).toEqual(["log", 0.1]);
    expect(domain[1]).toBeCloseTo(0.1 * Math.exp(14), 8);
    expect(levels.slice(0, 7)).toEqual([0.2, 0.5, 1, 2, 5, 10, 20]);
    expect(steep(10).levels.slice(0, 3)).toEqual([1, 10, 100]);
    expect(steep(60).levels.slice(0, 2)).toEqual([1, 1e4]);
    expect(steep(1).levels).toEqual([0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7]);
  });

  test("of logarithms are powers of ten, and where they are close, 2 and 5 times them", () => {
    const levels = (low: number, high: number) =>
      heightsOf([sliceOf((x) => low * (high / low) ** ((x + 1) / 2))]).levels;
    expect(levels(0.05, 7)).toEqual(expect.arrayContaining([0.1, 0.2, 0.5, 1, 2, 5]));
    expect(levels(1e-3, 1e3).slice(0, 6)).toEqual([0.002, 0.005, 0.01, 0.02, 0.05, 0.1]);
    for (const [low, high] of [
      [0.05, 7],
      [1e-3, 1e3],
      [1e-8, 1e5],
    ])
      expect(levels(low, high).length).toBeGreaterThan(7);
  });

  test("cut off peaks that are much higher than the rest, or at a ceiling that is given", () => {
    const spiked = sliceOf((x, y) => (x === 1 && y === 1 ? 20 : 1 + x * x), { count: 9 });
    expect(heightsOf([spiked]).domain[1]).toBe(2);
    expect(heightsOf([bowl], { ceiling: 3 }).domain[1]).toBe(3);
    expect(heightsOf([bowl], { scale: "log", ceiling: 3 }).domain).toEqual([0.01, 3]);
  });

  test("hold the barrier between two nets, though the most of the plane lies lower", () => {
    // Two valleys at x = 0 and 1 with a narrow ridge between them, 5 high at y = 0.
    const ridge = (x: number, y: number): number =>
      0.1 + 5 * Math.exp(-(((x - 0.5) / 0.2) ** 2)) * Math.exp(-((y / 0.2) ** 2));
    const third = { name: "runs/c", x: 0.4, y: 1 };
    const nets = [{ name: "runs/a", x: 0, y: 0 }, { name: "runs/b", x: 1, y: 0 }, third];
    expect(placesOf({ ...bowl, nets })).toEqual([
      { kind: "net", x: 0, y: 0, loss: 0.01, title: "a" },
      { kind: "net", x: 1, y: 0, title: "b" },
      { kind: "net", x: 0.4, y: 1, title: "c" },
    ]);
    const between = { kind: "between", length: 2, label: "from one net to the other" } as const;
    const slice = sliceOf(ridge, { count: 41, directions: [between, between] });
    const around = sliceOf(ridge, { count: 41 });
    expect(heightsOf([around], { scale: "linear" }).domain[1]).toBeLessThan(5);
    expect(heightsOf([slice], { scale: "linear" }).domain[1]).toBeCloseTo(5.1, 2);
    expect(heightsOf([around, slice], { scale: "linear" }).domain[1]).toBeCloseTo(5.1, 2);
    expect(heightsOf([slice], { scale: "linear", ceiling: 3 }).domain[1]).toBe(3);
  });

  test("hold ways, unless they lead far out of the picture", () => {
    const spiked = sliceOf((x, y) => (x === 1 && y === 1 ? 20 : 1 + x * x), { count: 9 });
    const way = (loss: readonly (number | null)[]): LossSlice => {
      const zeros = loss.map(() => 0);
      const path = { name: "sgd", x: zeros, y: zeros, steps: zeros, loss, onPlane: loss, distance: zeros };
      return { ...spiked, paths: [path] };
    };
    const linear = { scale: "linear" } as const;
    expect(heightsOf([way([2.5, null, 0.4])], linear)).toMatchObject({ domain: [0, 2.5], highest: 20 });
    expect(heightsOf([way([900, 2.5, 1])], linear)).toMatchObject({ domain: [1, 2.5], highest: 900 });
    expect(heightsOf([way([30, 0.2])], { scale: "log" }).domain).toEqual([0.2, 30]);
    expect(heightsOf([way([1e6, 1e-9])], { scale: "log" })).toMatchObject({ domain: [1, 20], highest: 1e6 });
  });

  test("are there for a flat slice, a slice without any value, and losses below zero", () => {
    for (const f of [() => 2, () => Number.NaN, () => 0, (x: number) => x - 3]) {
      const { domain, levels } = heightsOf([sliceOf(f)]);
      expect(domain[1]).toBeGreaterThan(domain[0]);
      for (const level of levels) expect(level > domain[0] && level < domain[1]).toBe(true);
      expect(toSvg(landscapeFigure([sliceOf(f)]))).not.toMatch(/NaN|Infinity/);
      expect(toSvg(landscapeFigure([sliceOf(f)], { view: "contour" }))).not.toMatch(/NaN|Infinity/);
    }
  });

  test("between measured points are smooth, and the points keep their values", () => {
    for (const scale of ["linear", "log"] as const) {
      const { x, y, values } = smoothGrid(bowl, bowl.loss, scale);
      const at = (column: number): number => Number(values[8 * 4 * x.length + column]);
      expect([x.length, y.length]).toEqual([33, 33]);
      expect(x[8]).toBe(-0.5);
      expect(at(0)).toBeCloseTo(bowl.loss[4][0] ?? 0, 12);
      expect(at(4)).toBeGreaterThan(at(8));
    }
  });
});

describe("marked places", () => {
  const path = (x: readonly number[], loss: readonly number[]): PlanePath => ({
    ...{ name: "adam", x, y: x, steps: x, loss, onPlane: loss, distance: x },
  });

  test("are the nets, or both ends of each way in the plane of ways", () => {
    expect(placesOf(bowl)).toEqual([{ kind: "net", x: 0, y: 0, loss: 0.01 }]);
    const component = { kind: "trajectory", length: 1, label: "1st principal component" } as const;
    const paths = [path([1, 0], [8, 0.01]), path([], [])];
    const walked = { ...bowl, directions: [component, component], paths };
    expect(placesOf(walked)).toEqual([
      { kind: "start", x: 1, y: 1, loss: 8, title: "adam, step 1: loss 8.000" },
      { kind: "end", x: 0, y: 0, loss: 0.01, title: "adam, step 0: loss 0.01000" },
    ]);
    const between = { kind: "between", length: 2, label: "from one net to the other" } as const;
    const connected = { ...bowl, directions: [between, between], paths: [path([0, 1], [1, 2])] };
    expect(placesOf(connected)).toEqual([
      { kind: "net", x: 0, y: 0, loss: 0.01 },
      { kind: "net", x: 1, y: 0 },
    ]);
    expect(placesWords([connected])).toBe("The diamonds are the nets.");
    expect(placesWords([bowl])).toBe("The diamond is the net.");
    expect(placesWords([bowl, bowl])).toBe("The diamonds are the nets.");
    expect(placesWords([walked])).toBe("An open circle is where a way starts, a filled one where it ends.");
  });
});

describe("a landscape's figure", () => {
  test("has slices side by side, with one scale of heights and colours", () => {
    const steep = sliceOf((x, y) => 0.2 + 9 * (x * x + y * y), { title: "steep" });
    const { panels, title, columns } = landscapeFigure([bowl, steep]);
    expect([title, columns]).toEqual(["Loss landscape of net and steep", 2]);
    const [a, b] = panels.map(({ marks }) => marks[0]);
    expect(a).toMatchObject({ kind: "surface", z: { scale: "linear" } });
    if (a.kind === "surface" && b.kind === "surface") expect(a.z).toEqual(b.z);
    expect(panels[0].title).toContain("loss 0.01000, accuracy 99.0 % at the centre");
  });

  test("tells nets of one model apart by their runs", () => {
    const [one, other] = ["runs/one", "runs/other"].map((run) => ({ ...bowl, run }));
    const { panels, title } = landscapeFigure([one, other]);
    expect(title).toBe("Loss landscape of net (one) and net (other)");
    expect(panels.map((each) => each.title?.split(":")[0])).toEqual(["net (one)", "net (other)"]);
    const lines = landscapeFigure([lineOf((x) => x * x), lineOf((x) => x)]);
    expect(lines.panels[1].marks.map(({ kind, ...mark }) => "label" in mark && mark.label)).toEqual([
      "net (1)",
      "net (2)",
    ]);
  });

  test("says in words what is to be seen", () => {
    expect(landscapeFigure([holed]).description).toContain("At 1 of 25 points it is not finite.");
    expect(landscapeFigure([bowl]).description).toContain("The loss is between 0.01000 and 8.010.");
    expect(landscapeFigure([bowl]).description).toContain("Measured on 256 training examples of digits.");
  });

  const path = {
    ...{ name: "adam", x: [1, 0], y: [1, 0], steps: [0, 10], loss: [9, 0.1], onPlane: [8, 0.1], distance: [1, 0] },
  };
  const trajectory = { kind: "trajectory", length: 1, label: "1st principal component" } as const;
  const between = { kind: "between", length: 1, label: "from one net to the other" } as const;

  test.each(["surface", "contour"] as const)("as a %s has ways at their true losses, their starts and ends", (view) => {
    const journey = { ...bowl, directions: [trajectory, trajectory], paths: [path] };
    const [{ marks, note }] = landscapeFigure([journey], { view }).panels;
    expect(marks.map(({ kind }) => kind)).toEqual([view, "way", "marker", "marker"]);
    expect(marks[1]).toMatchObject({ label: "adam", z: [9, 0.1] });
    expect(marks[2]).toMatchObject({ label: "start", open: true, points: [[1, 1]], z: [9] });
    expect(marks[3]).toMatchObject({ label: "end", points: [[0, 0]], z: [0.1] });
    // They are off the plane, which is said.
    expect(note).toContain("true loss");
    const near = { ...journey, paths: [{ ...path, onPlane: path.loss }] };
    expect(landscapeFigure([near], { view, ceiling: 10 }).panels[0].note).toBeUndefined();
  });

  test.each(["surface", "contour"] as const)("as a %s has a diamond for each net", (view) => {
    const nets = (slice: LossSlice) => landscapeFigure([slice], { view }).panels[0].marks.at(-1);
    expect(nets(bowl)).toMatchObject({ label: "net", shape: "diamond", points: [[0, 0]] });
    const connected = { ...bowl, directions: [between, between], paths: [{ ...path, name: "curve" }] };
    expect(nets(connected)).toMatchObject({
      label: "net",
      points: [
        [0, 0],
        [1, 0],
      ],
    });
  });

  test("says at which loss it is cut off", () => {
    const [{ note }] = landscapeFigure([bowl], { ceiling: 3 }).panels;
    expect(note).toBe("The surface is cut off at a loss of 3.000; the highest is 8.010.");
    expect(toSvg(landscapeFigure([bowl], { ceiling: 3 }))).toContain("The surface is cut off at a loss of 3.000");
    expect(landscapeFigure([bowl], { ceiling: 3, view: "contour" }).panels[0].note).toContain("end at a loss of 3.000");
    expect(landscapeFigure([bowl], { ceiling: 9 }).panels[0].note).toBeUndefined();
  });

  test("along a line is loss above accuracy", () => {
    const { panels } = landscapeFigure([lineOf((x) => x * x)]);
    expect(panels.map(({ y }) => y.label)).toEqual(["loss", "accuracy"]);
    expect(panels[0].marks[0]).toMatchObject({ kind: "line", points: { 0: [-1, 1], 64: [1, 1] } });
    expect(toSvg(landscapeFigure([lineOf((x) => x * x), lineOf((x) => x)]))).toContain("Loss along a line");
  });

  test("along a line is smooth through the measured points, and has the nets at their losses", () => {
    const between = { kind: "between", length: 2, label: "from one net to the other" } as const;
    const nets = { ...lineOf((x) => 1 + x * x), directions: [between] };
    const { panels } = landscapeFigure([nets]);
    expect(panels.map(({ x }) => "domain" in x && x.domain)).toEqual([
      [-1, 1],
      [-1, 1],
    ]);
    const [curve, net] = panels[0].marks;
    expect(net).toMatchObject({ kind: "marker", shape: "diamond", points: { 0: [0, 1], 1: [1, 2], length: 2 } });
    if (curve.kind !== "line") throw new Error("there is no curve");
    const at = (place: number): number => Number(curve.points.find(([x]) => x === place)?.[1]);
    nets.x.forEach((x, k) => void expect(at(x)).toBeCloseTo(nets.loss[0][k] ?? 0, 12));
    expect(at(0.625)).toBeCloseTo(1 + 0.625 ** 2, 2);
  });

  test("needs slices, all of one kind", () => {
    expect(() => landscapeFigure([])).toThrow("landscapeFigure: there are no slices; give at least one");
    expect(() => landscapeFigure([bowl, lineOf((x) => x)])).toThrow("some slices are lines and some are planes");
  });
});

describe("a landscape's page", () => {
  const measures = [[{ label: "cosine", value: "0.01", sentence: "The directions are nearly at right angles." }]];

  test("has the surfaces, as data and as a drawing, the lines from above, and how far all can be trusted", () => {
    const verdicts = [["It says nothing of sharpness."]];
    const html = landscapePage([bowl], { measures, verdicts, footer: "Made for a test." });
    expect(html.match(/<h2[^>]*>[^<]*/g)?.map((heading) => heading.replace(/.*>/, ""))).toEqual([
      "From above",
      "How far the picture can be trusted",
      "How it was made",
    ]);
    const [, data] = /<script type="application\/json">(.*)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(data)).toEqual(JSON.parse(JSON.stringify(liveLandscape([bowl]))));
    expect(landscapePage([bowl], { measures: [[{ label: "basin", value: "12 %" }]] })).not.toContain("what it says");
    for (const words of [
      "nearly at right angles",
      "first direction",
      "5 × 5",
      "<p>It says nothing of sharpness.</p>",
      "Made for a test.",
    ])
      expect(html).toContain(words);
  });

  test("says how high the loss rises between two nets, on the line and on the curve, and draws both", () => {
    const at = (...losses: readonly (number | null)[]) => losses.map((loss) => ({ loss }));
    const connection = { positions: [0, 0.5, 1], line: at(0.1, 2.345678, 0.2), curve: at(0.1, 0.25, 0.2) };
    const html = landscapePage([bowl], { connection });
    const words = "From one net to the other the loss rises to 2.346 on the straight line, and to 0.2500 on the curve.";
    expect(/<p class="lead">([^<]*)/.exec(html)?.[1]).toContain(words);
    expect(html).toContain(">Between the nets</h2>");
    for (const label of ["curve", "straight line"]) expect(html).toContain(`data-series="${label}"`);
    const diverged = { ...connection, line: at(0.1, null, 0.2) };
    expect(landscapePage([bowl], { connection: diverged })).toContain("on the straight line");
    expect(landscapePage([bowl])).not.toContain("From one net to the other");
  });

  test("says what each slice was measured on, once if it is the same", () => {
    const other = { ...bowl, examples: { data: "moons", split: "test", count: 9 } as const };
    expect(landscapePage([bowl, bowl])).toContain("at the centre. Measured on 256 training examples of digits.</p>");
    expect(landscapePage([bowl, other])).toContain("at the centre, on 9 test examples of moons.</p>");
  });

  test("tells net, data and run of a slice once, not above each picture again", () => {
    const html = landscapePage([{ ...bowl, title: "lenet", run: "runs/2026-train-adam-digits" }]);
    expect(/<h1[^>]*>([^<]*)/.exec(html)?.[1]).toBe("Loss landscape of lenet, on digits");
    expect(/<p class="lead">(.*?)<\/p>/.exec(html)?.[1]).toMatch(
      /^Loss 0.01000, accuracy [\d.]+ % at the centre, the net of the run <code>2026-train-adam-digits<\/code>. Measured on 256 training examples of digits.$/,
    );
    expect(html).not.toMatch(/<text[^>]*>lenet/);
    const two = landscapePage([
      { ...bowl, title: "lenet" },
      { ...bowl, title: "vgg" },
    ]);
    for (const name of ["lenet", "vgg"]) expect(two.match(new RegExp(`<text[^>]*>${name}`))).not.toBeNull();
    const moons = { ...bowl, title: "vgg", examples: { data: "moons", split: "test", count: 9 } as const };
    expect(landscapePage([bowl, moons])).toMatch(/<h1[^>]*>Loss landscape of net and vgg<\/h1>/);
  });

  test("says what is cut off", () => {
    expect(landscapePage([bowl], { ceiling: 3 })).toContain("What is above 3.000 is cut off.");
    expect(landscapePage([bowl], { ceiling: 9 })).not.toContain("is cut off.");
    expect(landscapePage([bowl], { scale: "log" })).toContain("Height and colour are the loss, on a log scale.");
    expect(landscapePage([bowl, bowl])).toContain("The surfaces share one scale of heights and colours.");
  });

  test("says what height and colour are, and what is cut off, by what a reader has chosen", () => {
    const path = {
      ...{ name: "adam", x: [1, 0], y: [1, 0], steps: [0, 10], loss: [30, 0.1], onPlane: [8, 0.1], distance: [0, 0] },
    };
    const words = (shown: { scale: "linear" | "log"; ceiling: number; coloring: Coloring }, paths = [path]): string =>
      heightWords(shown, liveLandscape([{ ...bowl, paths }]));
    expect(words({ scale: "linear", ceiling: 40, coloring: "loss" })).toBe("Height and colour are the loss.");
    expect(words({ scale: "log", ceiling: 9, coloring: "accuracy" })).toBe(
      "Height is the loss, on a log scale; colour is the accuracy. What is above 9.000 is cut off: ways lead there.",
    );
    expect(words({ scale: "linear", ceiling: 5, coloring: "curvature" })).toBe(
      "Height is the loss; colour is |λmin ÷ λmax| of the Hessian, which is near 0 where the loss is nearly convex. What is above 5.000 is cut off, and so are the ways that lead there.",
    );
    expect(words({ scale: "linear", ceiling: 5, coloring: "loss" }, [])).toContain("What is above 5.000 is cut off.");
  });

  test("tells nets of one model apart by the names of their runs, or numbers them", () => {
    const titles = (...runs: readonly (string | undefined)[]): string[] =>
      liveLandscape(distinctlyTitled(runs.map((run) => ({ ...bowl, ...(run !== undefined && { run }) })))).slices.map(
        ({ title }) => title,
      );
    expect(titles("runs/a")).toEqual(["net"]);
    expect(titles("runs/a", "C:\\runs\\b\\")).toEqual(["net (a)", "net (b)"]);
    expect(titles("runs/a", undefined)).toEqual(["net (a)", "net"]);
    expect(titles("x/a", "y/a", undefined, undefined)).toEqual(["net (a) (1)", "net (a) (2)", "net (1)", "net (2)"]);
    const [day, adam] = ["runs/2026-11-28", "train-adam-digits"];
    expect(titles(`${day}T21-12-42-${adam}`, `${day}T21-12-42-train-sgd-digits`)).toEqual([
      "net (adam-digits)",
      "net (sgd-digits)",
    ]);
    expect(titles(`${day}T21-12-42-${adam}`, `${day}T21-12-43-${adam}`)).toEqual(["net (21:12:42)", "net (21:12:43)"]);
    expect(titles(`${day}T21-12-42-${adam}`, `runs/2025-01-01T21-12-42-${adam}`)).toEqual([
      "net (2026-11-28 21:12:42)",
      "net (2025-01-01 21:12:42)",
    ]);
    expect(titles(`${day}T21-12-42-${adam}`, "runs/best")).toEqual([`net (2026-11-28T21-12-42-${adam})`, "net (best)"]);
    expect(landscapePage([{ ...bowl, run: "runs/a" }, bowl])).toContain("<dd>a</dd>");
    expect(landscapePage([{ ...bowl, run: "runs/a" }, bowl])).toContain(
      "<h1>Loss landscape of net (a) and net, on digits</h1>",
    );
  });

  test("has the measures of both slices side by side, and says once what is said of both", () => {
    const of = (value: string, low: string, more: string): MeasureLine[] => [
      { label: "radius", value, sentence: `The mean at 0.5. The lowest there is ${low}.` },
      { label: more, value: "1 %", sentence: "Some." },
    ];
    const html = landscapePage([bowl, { ...bowl, title: "steep" }], {
      measures: [of("0.3 %", "0.1", "one"), of("0.4 %", "0.2", "other")],
    });
    const headings = [...html.matchAll(/<th scope="col"[^>]*>([^<]*)/g)].map(([, name]) => name);
    expect(headings.slice(0, 4)).toEqual(["measure", "net", "steep", "what it says"]);
    expect(html).toMatch(
      /radius<\/th><td data-name="net">0.3.%<\/td><td data-name="steep">0.4.%<\/td><td>The mean at 0.5. net: The lowest there is 0.1. steep: The lowest there is 0.2.<\/td>/,
    );
    expect(html).toMatch(/other<\/th><td data-name="net">–<\/td><td data-name="steep">1.%<\/td><td>steep: Some.<\/td>/);
  });

  test("of a line has curves, and no surface", () => {
    const html = landscapePage([lineOf((x) => x * x)]);
    expect(html).not.toContain('class="stage"');
    expect(html).not.toContain("From above");
  });

  test("gives the viewer both scales, or the linear one alone where no loss is positive", () => {
    const { scale, linear, log, slices } = liveLandscape([bowl]);
    expect([scale, linear.scale, log?.scale]).toEqual(["linear", "linear", "log"]);
    expect(log?.domain[0]).toBe(0.01);
    expect(slices[0].loss[2][2]).toBe(0.01);
    expect(liveLandscape([sliceOf((x) => -1 - x * x)]).log).toBeNull();
    expect(liveLandscape([sliceOf(() => 2 / 3)]).slices[0].loss[0][0]).toBe(0.666667);
  });

  test("gives |λmin ÷ λmax| of each place, as the landscape has it", () => {
    const grid = { x: [-1, 1], y: [0] };
    const curvature = { ...grid, largest: [[10, null]], smallest: [[-4, -1]] };
    expect(liveLandscape([{ ...bowl, curvature }]).slices[0].curvature).toEqual({ ...grid, ratio: [[0.4, null]] });
  });
});
