import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compare, createTraining, loadDataset, mlp, moons } from "../../src/node/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { findChromium } from "./chromium.ts";
import { serve } from "./site.ts";

const executablePath = findChromium();
if (executablePath === undefined)
  console.warn("SKIPPED: training in a browser, since there is no Chromium; name one in CHROMIUM, or install Debian's");

const built = mkdtempSync(join(tmpdir(), "downhill-page-"));
let browser: Browser | undefined;
let digits = "";

beforeAll(async () => {
  if (executablePath === undefined) return;
  // `import "downhill"` in the page finds this package by its own name, compiled, by the condition "browser".
  const page = join(import.meta.dirname, "page");
  await build({ root: page, configFile: false, logLevel: "error", build: { outDir: built, emptyOutDir: true } });
  const data = await loadDataset("digits");
  const part = ({ count, inputs, targets }: typeof data.train) => ({
    count,
    inputs: Array.from(inputs),
    targets: Array.from(targets),
  });
  digits = JSON.stringify({
    ...data,
    ...{ train: part(data.train), validation: part(data.validation), test: part(data.test) },
  });
  // As root, in a container, Chromium has no sandbox. SwiftShader is a GPU made of software.
  const args = ["--no-sandbox", "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];
  browser = await chromium.launch({ executablePath, args });
});

afterAll(async () => {
  await browser?.close();
  rmSync(built, { recursive: true, force: true });
});

/** Opens the page and computes something in it. */
async function inPage<T>(call: string, isolated: boolean): Promise<T> {
  const { url, close } = await serve(built, { "/digits.json": digits }, isolated);
  try {
    const page = await browser?.newPage();
    const errors: string[] = [];
    page?.on("pageerror", (error) => errors.push(error.message));
    await page?.goto(url);
    const result = await page?.evaluate(`(async () => ({ isolated: crossOriginIsolated, value: await ${call} }))()`);
    await page?.close();
    expect(errors).toEqual([]);
    expect(result).toMatchObject({ isolated });
    return Object(result).value;
  } finally {
    await close();
  }
}

async function inNode(): Promise<number[]> {
  const data = await loadDataset("digits");
  const losses: number[] = [];
  const model = mlp([64, 32, 10]);
  for await (const event of await createTraining({ model, data, optimizer: adam(), epochs: 2, seed: 1 }))
    if (event.kind === "epoch") losses.push(event.train.loss, event.validation.loss);
    else if (event.kind === "end") losses.push(event.test.loss);
  return losses;
}

function expectAlike(given: readonly number[], expected: readonly number[]): void {
  expect(given).toHaveLength(expected.length);
  given.forEach((loss, i) => {
    expect(Math.abs(loss / expected[i] - 1)).toBeLessThan(1e-4);
  });
}

describe.skipIf(executablePath === undefined)("in a browser", () => {
  test("the bundle has one copy of the WebAssembly build beside the script", () => {
    const names = readdirSync(join(built, "assets"));
    expect(names.filter((name) => name.endsWith(".wasm")).length).toBeGreaterThan(0);
  });

  test.each([false, true])("train gives Node's losses; cross-origin isolated, with threads: %s", async (isolated) => {
    expectAlike(await inPage<number[]>('train("auto")', isolated), await inNode());
  });

  test("train gives them by WebGPU, too", async (context) => {
    const losses = await inPage<number[] | string>('train("webgpu")', false);
    if (typeof losses === "string" && /DeviceError.*adapter/is.test(losses)) return context.skip(losses);
    expectAlike(Array.isArray(losses) ? losses : [], await inNode());
  });

  test("a page that looks at weights on the GPU is told to wait for them", async (context) => {
    const seen = await inPage<{ before: string } | string>('look("webgpu")', false);
    if (typeof seen === "string" && /DeviceError.*adapter/is.test(seen)) return context.skip(seen);
    expect(seen).toEqual({
      before: expect.stringContaining("call await training.settle() first"),
      ...{ step: 3, finite: true },
    });
    expect(await inPage('look("wasm")', false)).toEqual({ before: "", step: 3, finite: true });
  });

  test("a device that only Node has is refused, with those that there are", async () => {
    expect(await inPage<string>('train("cpu")', false)).toContain("use wasm or webgpu");
  });

  test("compare gives Node's losses", async () => {
    const { runs } = await compare({
      data: moons({ count: 200, seed: 1 }),
      model: "mlp:8",
      optimizers: [{ rule: "adam" }, { rule: "momentum" }],
      ...{ epochs: 2, seeds: [1], trials: 0, fullBatch: false, workers: 0 },
    });
    const given = await inPage<Record<string, number>>("compare()", false);
    expect(Object.keys(given)).toEqual(runs.map(({ optimizer }) => optimizer));
    expectAlike(
      Object.values(given),
      runs.map(({ test }) => test.loss ?? Number.NaN),
    );
  });
});
