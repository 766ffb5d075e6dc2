import { describe, expect, test } from "vitest";
import type { RunFolder, Summary } from "../../src/report/index.ts";
import { cellText, rankingColumns, rankingNotes, reportHtml, tableLines } from "../../src/report/index.ts";
import { run, smallComparison, walk } from "./small.ts";

const environment = {
  downhill: "0.1.0",
  onnxruntime: null,
  node: "20.19.0",
  platform: "linux x64",
  cpu: "a processor",
  cores: 2,
  memory: 8,
};

const folder = (summary: Summary | null, path = "runs/a"): RunFolder => ({
  path,
  config: {
    format: 1,
    kind: summary === null || summary.kind === "folds" ? "train" : summary.kind,
    name: "n",
    startedAt: "2026-11-22T15:04:05.000Z",
    command: "downhill again --seed 1",
    settings: {},
  },
  environment,
  metrics: [],
  summary,
});

const VOID = new Set(["meta", "br", "hr", "img", "link", "input", "!doctype"]);

/** The document without the page's own style and script. */
const bodyOf = (html: string): string => html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, "");

/** The text of a document, its tags checked: each is closed, in order. */
function checked(html: string): string {
  const open: string[] = [];
  const body = bodyOf(html);
  for (const [, end, name, own] of body.matchAll(/<(\/?)([a-z!][a-z0-9]*)(?:\s[^<>]*?)?(\/?)>/gi)) {
    if (end === "/") expect(open.pop()).toBe(name);
    else if (own !== "/" && !VOID.has(name.toLowerCase())) open.push(name);
  }
  expect(open).toEqual([]);
  return body.replace(/<[^>]*>/g, " ");
}

/** What every report has to be. */
function expectWhole(html: string): string {
  const text = checked(html);
  expect(html).not.toMatch(/\b(?:src|srcset|action|poster|xlink:href)=|<link|<img|<iframe|@import|url\(/i);
  expect(bodyOf(html)).not.toMatch(/\bNaN\b|\bundefined\b|\bInfinity\b|\[object/);
  expect(text).toContain("downhill again --seed 1");
  expect(html).toMatch(/^<!doctype html>/);
  return text;
}

describe("the report of a comparison", () => {
  test("is a whole page with all its figures, and tells who diverged", async () => {
    const result = await smallComparison();
    const text = expectWhole(reportHtml([folder({ kind: "compare", result })]));
    for (const title of [
      "3 optimizers on moons",
      "Training loss by epoch",
      "Validation loss by epoch",
      "Validation accuracy by epoch",
      "Steps and seconds to the target",
      "Validation loss by learning rate",
      "full batch against mini-batches",
      "What makes it fair",
      "2 of 2 diverged",
      "Diverged: momentum lr=1e+30 in all 2 runs",
      "Licence: none needed",
    ])
      expect(text).toContain(title);
  });

  test("stands when all diverged, when nothing was tuned, and when it was interrupted at once", async () => {
    const result = await smallComparison();
    const lost = result.runs.filter(({ optimizer }) => optimizer.startsWith("momentum"));
    const settings = { ...result.settings, optimizers: result.settings.optimizers.slice(2) };
    const ranking = result.ranking.filter(({ optimizer }) => optimizer.startsWith("momentum"));
    const none = { ...result, settings, runs: lost, ranking, sensitivity: [], fullBatch: null, target: null };
    const text = expectWhole(reportHtml([folder({ kind: "compare", result: none })]));
    expect(text).toContain("all runs diverged");
    const nothing = { ...result, runs: [], ranking: [], sensitivity: [], fullBatch: null, target: null };
    expectWhole(reportHtml([folder({ kind: "compare", result: nothing })]));
  });

  test("writes names that come from outside as text", async () => {
    const result = await smallComparison();
    const name = "<script>alert(1)</script>&\"'";
    const hostile = JSON.parse(JSON.stringify(result).replaceAll('"adam"', JSON.stringify(name)));
    const labelled = {
      ...hostile,
      data: name,
      settings: {
        ...hostile.settings,
        optimizers: result.settings.optimizers.map((each) => (each.rule === "adam" ? { ...each, label: name } : each)),
      },
    };
    const html = reportHtml([folder({ kind: "compare", result: labelled })]);
    expect(html).not.toContain("<script>alert");
    expectWhole(html);
  });
});

describe("the report of a run", () => {
  test("has loss, accuracy, batches, gradient and update", () => {
    const text = expectWhole(reportHtml([folder({ kind: "train", result: run })]));
    for (const title of ["adam on digits", "Loss by epoch", "Accuracy by epoch", "Loss by batch", "‖Δw‖", "90.0 %"])
      expect(text).toContain(title);
    expect(text).toContain("CC BY 4.0");
  });

  test("says how a run ended that has nothing to draw", () => {
    const outcome = { kind: "diverged", step: 0, reason: "the loss is Infinity at step 1" } as const;
    const result = { ...run, epochs: [], batches: { every: 1, losses: [] }, test: { loss: null }, outcome };
    const html = reportHtml([folder({ kind: "train", result })]);
    expect(checked(html)).toMatch(/The run\s+diverged\s*: the loss is Infinity at step 1/);
  });

  test("of several runs lays them over each other, by names that tell them apart", () => {
    const other = { ...run, hyper: { lr: 0.01 }, seed: 2 };
    const folders = [run, other, run].map((result, i) => folder({ kind: "train", result }, `runs/${i}`));
    const text = expectWhole(reportHtml(folders));
    expect(text).toContain("3 runs on digits");
    for (const label of ["adam, lr 0.001, seed 1", "adam, lr 0.01, seed 2", "adam, lr 0.001, seed 1 (2)"])
      expect(text).toContain(label);
  });
});

describe("the report of a walk", () => {
  test.each([
    ["beale", "Beale"],
    ["x^2 + 3*sin(y)", "x^2 + 3*sin(y)"],
    ["no such surface", "no such surface"],
  ])("on %s", (surface, title) => {
    const text = expectWhole(reportHtml([folder({ kind: "minimize", result: { ...walk, surface } })]));
    expect(text).toContain(title);
    expect(text).toContain("From (1, 1.6), value 14.2");
  });
});

test("runs of all kinds go on one page", async () => {
  const result = await smallComparison();
  const summaries: Summary[] = [
    { kind: "train", result: run },
    { kind: "compare", result },
    { kind: "minimize", result: walk },
  ];
  const text = expectWhole(reportHtml(summaries.map((summary, i) => folder(summary, `runs/${i}`))));
  for (const title of ["3 runs", "adam on digits", "3 optimizers on moons", "adam on beale"])
    expect(text).toContain(title);
});

test("the ranking has a line for each optimizer, and notes that say what its numbers mean", async () => {
  const result = await smallComparison();
  const columns = rankingColumns(result);
  const heads = columns.map(({ head }) => head);
  expect(heads).toEqual([
    ...["optimizer", "lr", "steps", "time", "final loss", "over seeds", "lowest loss", "test accuracy", "arrived"],
  ]);
  const rows = result.ranking.map((line) => columns.map(({ value }) => cellText(value(line))));
  expect(rows.map(([optimizer]) => optimizer)).toEqual(result.ranking.map(({ optimizer }) => optimizer));
  expect(rows[2].slice(4, 6)).toEqual(["diverged", "2 of 2 diverged"]);
  expect(rankingNotes(result)[0]).toContain(String(result.target?.value));
  expect(JSON.stringify(rows)).not.toMatch(/NaN|undefined|null|Infinity/);
  // The page and the terminal say the same.
  const page = checked(reportHtml([folder({ kind: "compare", result })]));
  const lines = tableLines(columns, result.ranking).slice(-rows.length);
  for (const [i, row] of rows.entries())
    for (const cell of row) expect([page, lines[i]].map((text) => text.includes(cell))).toEqual([true, true]);
});
