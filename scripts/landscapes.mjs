// Measures the landscapes of trained nets, and stores them as assets, which the lecture shows:
//
//     node scripts/landscapes.mjs --data cifar-10 --data-dir FOLDER --training "30 epochs of …" RUN…
//
// Each RUN is a folder with a saved net in `model/`, such as a run folder of `downhill train`. From it come a slice of 25 × 25 points on 1,000
// training images along two random directions, filter-normalised, and with --curvature 7 extreme eigenvalues on a grid of 7 × 7. Points that
// are measured are kept in RUN/landscape-points.jsonl, so that the work goes on where it was stopped. The results are rounded to six
// digits and written to assets/landscapes/NET.json, in the form of the command's landscape.json; a figure of all nets side by side goes to
// docs/landscapes.png.
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { nodeDevice } from "../dist/src/device/node/index.js";
import { toPng } from "../dist/src/figure/node/index.js";
import { curvatureMap, overParts, weightParts } from "../dist/src/landscape/index.js";
import { evenGrid, lossSlice, measuresOf, pointMeter, randomDirection } from "../dist/src/landscape/node/index.js";
import { parameterCount } from "../dist/src/nn/index.js";
import { load, loadDataset } from "../dist/src/node/index.js";
import { landscapeFigure } from "../dist/src/report/index.js";
import { NetObjective } from "../dist/src/solvers/index.js";

const { values, positionals: runs } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string", default: "cifar-10" },
    "data-dir": { type: "string" },
    training: { type: "string", default: "" },
    grid: { type: "string", default: "25" },
    images: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    curvature: { type: "string", default: "0" },
    threads: { type: "string", default: "2" },
  },
});
if (runs.length === 0 || values.training === "") {
  console.error(
    "give the folders of trained nets, and how they were trained: node scripts/landscapes.mjs --data-dir FOLDER --training WORDS RUN…",
  );
  process.exit(2);
}
const [columns, images, seed, coarse, threads] = ["grid", "images", "seed", "curvature", "threads"].map((name) =>
  Number(values[name]),
);
const FOLDER = "assets/landscapes";
/** Products of the Hessian at a point, and images on which they are taken. */
const [PRODUCTS, CURVED] = [60, 250];

const data = await loadDataset(values.data, values["data-dir"] === undefined ? {} : { dir: values["data-dir"] });
const device = await nodeDevice({ threads });
const first = ({ count, inputs, targets }, most) => {
  const taken = Math.min(most, count);
  const rows = (all) => all.subarray(0, (all.length / count) * taken);
  return { count: taken, inputs: rows(inputs), targets: rows(targets) };
};

/** What was measured before, by what it depends on. */
function shelf(run) {
  const file = join(run, "landscape-points.jsonl");
  const known = new Map();
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  for (const line of lines)
    try {
      const { key, value } = JSON.parse(line);
      known.set(key, value);
    } catch {
      // The last line of a run that was killed.
    }
  return {
    find: (key) => known.get(key),
    keep: (key, value) => {
      known.set(key, value);
      appendFileSync(file, `${JSON.stringify({ key, value })}\n`);
    },
  };
}

/** Six digits are more than a figure shows. */
const rounded = (value) =>
  JSON.parse(JSON.stringify(value, (_, each) => (typeof each === "number" ? Number(each.toPrecision(6)) : each)));

/** Loss and accuracy of a net over examples. */
async function fitOn(net, examples) {
  const meter = await pointMeter({ net, examples, device }, []);
  try {
    return await meter.measure(0, 0);
  } finally {
    await meter.dispose();
  }
}

async function landscapeOf(run) {
  const net = await load(existsSync(join(run, "model")) ? join(run, "model") : run);
  const title = net.model.name;
  const kept = shelf(run);
  const examples = first(data.train, images);
  const directions = [0, 1].map((index) => randomDirection(net.model, net.w, "filter", { seed, index }));
  const key = (x, y) => `loss ${title} ${values.data} ${examples.count} ${seed} ${x} ${y}`;
  const slice = await lossSlice({
    ...{ net, examples, device, directions, title },
    grid: evenGrid({ columns }),
    about: { data: data.name, split: "train" },
    workers: threads,
    finished: { find: (x, y) => kept.find(key(x, y)), keep: (x, y, measured) => kept.keep(key(x, y), measured) },
    onProgress: (done, total) => process.stderr.write(`\r${title}: ${done} of ${total} points `),
  });
  process.stderr.write("\n");
  const curvature = coarse > 1 ? await curvatureOf(net, directions, kept, title) : undefined;
  const test = await fitOn(net, data.test);
  const train = await fitOn(net, data.train);
  return {
    about: "made by scripts/landscapes.mjs",
    net: { model: title, parameters: parameterCount(net.model), training: values.training, train, test },
    seed,
    ...{ ...slice, ...(curvature && { curvature }) },
    measures: { slice: measuresOf(slice, { level: Math.log(data.outputs), radius: 0.5 }) },
  };
}

/** Extreme eigenvalues over the weights, without biases and normalisation, as Li et al. have them. */
async function curvatureOf(net, directions, kept, title) {
  const { model, w, s } = net;
  const objective = new NetObjective({
    model,
    examples: first(data.train, CURVED),
    device,
    state: s ?? [],
    dtype: "f32",
    chunk: 64,
  });
  const over = overParts(objective, w, weightParts(model));
  const key = ({ x, y }) => `curvature ${title} ${values.data} ${CURVED} ${PRODUCTS} ${seed} ${x} ${y}`;
  try {
    return await curvatureMap(
      over,
      over.from(w),
      directions.map(({ vector }) => over.from(vector)),
      evenGrid({ columns: coarse }),
      {
        ...{ steps: PRODUCTS, accuracy: 0.005 },
        known: (place) => kept.find(key(place)),
        onPoint: (place, found) => {
          kept.keep(key(place), found);
          process.stderr.write(`\r${title}: curvature at (${place.x.toFixed(2)}, ${place.y.toFixed(2)}) `);
        },
      },
    );
  } finally {
    await objective.dispose();
    process.stderr.write("\n");
  }
}

mkdirSync(FOLDER, { recursive: true });
for (const run of runs) {
  const landscape = rounded(await landscapeOf(run));
  const file = join(FOLDER, `${landscape.net.model.replace(/[^\w-]+/g, "-")}.json`);
  writeFileSync(file, `${JSON.stringify(landscape)}\n`);
  console.log(`${file}: from ${basename(run)}`);
}

// The figure shows all that are stored, in the order of their names: resnet-56, then its twin without skips.
const stored = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .reverse()
  .sort((a, b) => Number(b.startsWith("resnet")) - Number(a.startsWith("resnet")) || a.length - b.length)
  .map((name) => JSON.parse(readFileSync(join(FOLDER, name), "utf8")));
writeFileSync("docs/landscapes.png", await toPng(landscapeFigure(stored)));
console.log(`docs/landscapes.png: ${stored.map(({ net }) => net.model).join(", ")}`);
