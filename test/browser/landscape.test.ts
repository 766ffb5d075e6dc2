import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LossSlice } from "../../src/landscape/index.ts";
import { landscapePage } from "../../src/report/index.ts";
import { viewerProgram } from "../../src/report/node/index.ts";
import { sliceOf } from "../report/slices.ts";
import { findChromium } from "./chromium.ts";

const executablePath = findChromium();
if (executablePath === undefined)
  console.warn("SKIPPED: landscapes in motion, since there is no Chromium; name one in CHROMIUM, or install Debian's");

const bowl = sliceOf((x, y) => 0.01 + 4 * (x * x + y * y), { title: "bowl", count: 9 });
const peaks = sliceOf((x, y) => 0.1 + 3 * Math.sin(4 * x) ** 2 + y * y, { title: "peaks", count: 9 });
const walked: LossSlice = {
  ...bowl,
  curvature: {
    x: [-1, 1],
    y: [-1, 1],
    largest: [
      [8, 8],
      [8, 8],
    ],
    smallest: [
      [-2, -2],
      [-2, 1],
    ],
  },
  paths: [
    {
      ...{ name: "adam", x: [1, 0.5, 0], y: [1, 0.5, 0], steps: [0, 5, 10] },
      ...{ loss: [8, 4, 0.01], onPlane: [8, 2, 0.01], distance: [0, 1, 0] },
    },
  ],
};

/** A way in a plane with a spike that is much higher than the rest. */
const component = { kind: "trajectory", length: 1, label: "1st principal component" } as const;
const journey: LossSlice = {
  ...sliceOf((x, y) => (x === 1 && y === 1 ? 30 : 1 + x * x), { title: "journey", count: 9 }),
  directions: [component, component],
  paths: [
    {
      ...{ name: "adam", x: [0.9, 0.5, 0], y: [0.1, 0.5, 0], steps: [0, 5, 10] },
      ...{ loss: [2.5, 1.5, 1], onPlane: [1.8, 1.25, 1], distance: [1, 1, 0] },
    },
  ],
};

/** A GPU made of software, and none at all. */
const withWebGl = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const without = ["--no-sandbox", "--disable-3d-apis"];

/** Software draws a frame in a second where others use the processors, too. */
const soon = { timeout: 15_000 };

const folder = mkdtempSync(join(tmpdir(), "downhill-landscape-"));
let browser: Browser | undefined;

beforeAll(async () => {
  if (executablePath === undefined) return;
  const made = spawnSync(process.execPath, ["scripts/viewer.mjs"], { stdio: "inherit" });
  expect(made.status).toBe(0);
  browser = await chromium.launch({ executablePath, args: withWebGl });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a page from a file, as a reader does; nothing may go wrong in it, and nothing may be asked for. */
async function opened(
  slices: readonly LossSlice[],
  read: (page: Page) => Promise<void>,
  by = browser,
  width = 1000,
): Promise<void> {
  const program = viewerProgram();
  if (by === undefined || program === undefined) throw new Error("no browser, or no viewer");
  const file = join(folder, "landscape.html");
  writeFileSync(file, landscapePage(slices, { program }));
  const page = await by.newPage({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
  const [errors, requests]: [string[], string[]] = [[], []];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  await read(page);
  await page.close();
  expect(requests).toEqual([pathToFileURL(file).href]);
  expect(errors.filter((error) => !/WebGL/.test(error))).toEqual([]);
}

/** How many different colours a part of the page shows, coarsely. */
async function colorsOf(page: Page, selector: string): Promise<number> {
  const { data } = PNG.sync.read(await page.locator(selector).first().screenshot());
  const colors = new Set<number>();
  for (let at = 0; at < data.length; at += 4)
    colors.add((data[at] >> 4) * 256 + (data[at + 1] >> 4) * 16 + (data[at + 2] >> 4));
  return colors.size;
}

const label = (page: Page, text: string) => page.locator(".view .label", { hasText: new RegExp(`^${text}$`) });

describe.skipIf(executablePath === undefined)("a landscape in motion", () => {
  test("shows surfaces in colour, side by side, and hides the drawing", async () => {
    await opened([bowl, peaks], async (page) => {
      await page.waitForSelector("figure.running");
      await page.waitForFunction("document.querySelectorAll('.view .label').length > 10");
      expect(await page.locator(".view").count()).toBe(2);
      expect(await page.locator(".still").isVisible()).toBe(false);
      expect(await colorsOf(page, ".view")).toBeGreaterThan(60);
    });
  });

  test("turns both by the keyboard and by dragging", async () => {
    await opened([bowl, peaks], async (page) => {
      await page.waitForFunction("document.querySelectorAll('.view .label').length > 10");
      const places = async (): Promise<string[]> =>
        page
          .locator(".view")
          .evaluateAll((views) => views.map((view) => view.querySelector(".label")?.getAttribute("style") ?? ""));
      const before = await places();
      await page.locator(".view").first().focus();
      await page.keyboard.press("ArrowLeft");
      await expect.poll(places, soon).not.toEqual(before);
      const [a, b] = await places();
      expect([a === before[0], b === before[1]]).toEqual([false, false]);
      await page.keyboard.press("Home");
      await expect.poll(places, soon).toEqual(before);
      await page.mouse.move(300, 600);
      await page.mouse.down();
      await page.mouse.move(380, 610);
      await page.mouse.up();
      await expect.poll(places, soon).not.toEqual(before);
    });
  });

  test("says what was measured at the place that is pointed at", async () => {
    await opened([bowl, peaks], async (page) => {
      await page.waitForFunction("document.querySelectorAll('.view .label').length > 10");
      const box = await page.locator(".view").first().boundingBox();
      await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) * 0.6);
      const said = /^x (−?[\d.]+), y (−?[\d.]+): bowl loss ([\d.]+), accuracy [\d.]+ % · peaks loss ([\d.]+)/;
      await expect.poll(() => page.locator(".reading").textContent(), soon).toMatch(said);
      const [, x, y, loss] = said.exec((await page.locator(".reading").textContent()) ?? "") ?? [];
      const [px, py] = [x, y].map((text) => Number(text.replace("−", "-")));
      expect(Number(loss)).toBeCloseTo(0.01 + 4 * (px * px + py * py), 2);
    });
  });

  test.each([390, 1280])("%s pixels wide, has surface, controls and reading on the screen together", async (width) => {
    await opened(
      [bowl],
      async (page) => {
        await page.waitForFunction("document.querySelectorAll('.view .label').length > 10");
        await page.locator(".stage").evaluate((stage) => stage.scrollIntoView({ block: "end" }));
        const box = async (selector: string) => {
          const found = await page.locator(selector).first().boundingBox();
          if (found === null) throw new Error(`no ${selector}`);
          return { ...found, bottom: found.y + found.height, right: found.x + found.width };
        };
        const [stage, view] = [await box(".stage"), await box(".view")];
        expect(stage.y).toBeGreaterThanOrEqual(0);
        expect(view.height).toBeLessThanOrEqual(0.65 * 900 + 1);
        const [x, y] = [view.x + view.width / 2, view.y + view.height * 0.6];
        await page.mouse.move(x, y);
        await expect.poll(() => page.locator(".reading").isVisible(), soon).toBe(true);
        const reading = await box(".reading");
        expect([reading.x >= view.x, reading.right <= view.right, reading.y >= view.y]).toEqual([true, true, true]);
        expect(y - reading.bottom).toBeCloseTo(16, 0);
        await page.mouse.move(x, stage.y - 20);
        await expect.poll(() => page.locator(".reading").isVisible(), soon).toBe(false);
      },
      browser,
      width,
    );
  });

  test("changes the scale of heights, what is coloured, and where surfaces are cut off", async () => {
    await opened([walked], async (page) => {
      await page.waitForFunction("document.querySelectorAll('.view .label').length > 10");
      expect(await label(page, "0.1").count()).toBe(0);
      await page.getByRole("button", { name: "log" }).click();
      await expect.poll(() => label(page, "0.1").count(), soon).toBe(1);
      await page.getByLabel("Colour").selectOption("curvature");
      expect(await page.locator(".bar").textContent()).toContain("|λmin ÷ λmax| 0");
      await page.getByLabel("Cut at").fill("0.5");
      await expect.poll(() => page.locator("output").textContent(), soon).toBe("0.283");
      expect(await page.locator("figcaption").first().textContent()).toBe(
        "As a surface The loss is between 0.01000 and 8.010. Height is the loss, on a log scale; colour is |λmin ÷ λmax| of the Hessian, which is near 0 where the loss is nearly convex. What is above 0.2830 is cut off, and so are the ways that lead there.",
      );
      await page.getByRole("button", { name: "Reset" }).click();
      await expect.poll(() => page.locator("output").textContent(), soon).toBe("8.01");
      expect(await page.locator("figcaption").first().textContent()).not.toContain("cut off");
    });
  });

  test("lets a way end where the surface is cut off, and says what its signs mean", async () => {
    await opened([journey], async (page) => {
      const legend = (): Promise<string[]> => page.locator(".names li").allTextContents();
      const signs = () => page.locator(".view .sign").count();
      await expect
        .poll(legend, soon)
        .toEqual(["adam", "start of a way", "end of a way", "gap between a way and the plane"]);
      expect(await signs()).toBe(2);
      await page.getByLabel("Cut at").fill("0.4");
      await expect
        .poll(legend, soon)
        .toEqual(["adam", "end of a way", "a way goes on above the cut", "gap between a way and the plane"]);
      expect(await signs()).toBe(2);
      await page.getByLabel("Cut at").fill("1");
      await expect.poll(() => page.locator("output").textContent(), soon).toBe("30");
      expect(await legend()).toContain("start of a way");
    });
  });

  test("shows all its words whole, or not at all", async () => {
    await opened(
      [walked],
      async (page) => {
        await page.waitForFunction("document.querySelectorAll('.view .label').length > 10");
        await page.locator(".view").focus();
        for (const key of ["", "+", "+", "+", "ArrowLeft", "ArrowLeft"]) {
          if (key !== "") await page.keyboard.press(key);
          await page.waitForTimeout(150);
          const beyond = await page.locator(".view").evaluate((view) => {
            const box = view.getBoundingClientRect();
            return [...view.querySelectorAll(".label:not([hidden])")].flatMap((label) => {
              const { left, right, top, bottom } = label.getBoundingClientRect();
              const isWhole = left >= box.left && right <= box.right && top >= box.top && bottom <= box.bottom;
              return isWhole || /visibility: hidden/.test(label.getAttribute("style") ?? "") ? [] : [label.textContent];
            });
          });
          expect(beyond).toEqual([]);
        }
      },
      browser,
      390,
    );
  });

  test("fits a phone", async () => {
    await opened(
      [bowl, peaks],
      async (page) => {
        await page.waitForSelector("figure.running");
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
        const boxes = await page
          .locator(".view")
          .evaluateAll((views) => views.map((view) => view.getBoundingClientRect().top));
        expect(boxes[1]).toBeGreaterThan(boxes[0] + 100);
      },
      browser,
      390,
    );
  });

  test("without WebGL stays a drawing, and says why", async () => {
    const plain = await chromium.launch({ executablePath, args: without });
    try {
      await opened(
        [bowl],
        async (page) => {
          await page.waitForSelector(".note");
          expect(await page.locator(".note").textContent()).toContain("it has no WebGL");
          expect(await page.locator(".still").isVisible()).toBe(true);
        },
        plain,
      );
    } finally {
      await plain.close();
    }
  });
});
