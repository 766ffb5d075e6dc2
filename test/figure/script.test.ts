import { expect, test } from "vitest";
import { script } from "../../src/figure/page/script.ts";

/** As much of a document as the page's script touches. */
class Part {
  readonly classes = new Set<string>();
  readonly attributes = new Map<string, string>();
  onclick: () => void = () => {};
  readonly dataset: { series?: string };
  readonly parts: readonly Part[];
  constructor(dataset: { series?: string }, parts: readonly Part[] = []) {
    this.dataset = dataset;
    this.parts = parts;
  }
  readonly classList = {
    toggle: (name: string, on: boolean) => void (on ? this.classes.add(name) : this.classes.delete(name)),
  };
  setAttribute(name: string, value: unknown) {
    this.attributes.set(name, String(value));
  }
  querySelector = () => this.parts.find(({ classes }) => classes.has("hot")) ?? null;
  closest = () => (this.dataset.series === undefined ? null : this);
}

/** A chart with two curves and their entries, and another with the first curve only. */
function page() {
  const [a, b, a2] = ["a", "b", "a"].map((series) => new Part({ series }));
  const [forA, forB] = ["a", "b"].map((series) => new Part({ series }));
  const charts = [new Part({}, [a, b]), new Part({}, [a2])];
  const found: Readonly<Record<string, readonly Part[]>> = {
    "[data-series]": [a, b, a2, forA, forB],
    ".chart": charts,
    ".legend button": [forA, forB],
  };
  const heard = new Map<string, (event: { target: Part; key?: string }) => void>();
  const listen = { addEventListener: (type: string, hear: () => void) => heard.set(type, hear) };
  const document = { ...listen, documentElement: listen, querySelectorAll: (query: string) => found[query] ?? [] };
  new Function("document", "addEventListener", "navigator", "getSelection", script)(
    document,
    () => {},
    {},
    () => {},
  );
  const tell = (type: string, target: Part, key?: string) => heard.get(type)?.({ target, key });
  const hot = () => [a, b].filter(({ classes }) => classes.has("hot")).map(({ dataset }) => dataset.series);
  const fading = () => charts.map(({ classes }) => classes.has("fading"));
  return { a, forA, forB, tell, hot, fading, pressed: (part: Part) => part.attributes.get("aria-pressed") };
}

test("resting on an entry, or coming to it by keyboard, singles its curve out while it lasts", () => {
  for (const [enter, leave] of [
    ["pointerover", "pointerleave"],
    ["focusin", "focusout"],
  ]) {
    const { forB, tell, hot, fading } = page();
    tell(enter, forB);
    expect([hot(), fading()]).toEqual([["b"], [true, false]]);
    tell(leave, forB);
    expect([hot(), fading()]).toEqual([[], [false, false]]);
  }
});

test("a click keeps a curve singled out in all charts, another click or Escape ends it", () => {
  const { a, forA, forB, tell, hot, fading, pressed } = page();
  forA.onclick();
  tell("pointerleave", a);
  expect([hot(), fading(), pressed(forA)]).toEqual([["a"], [true, true], "true"]);
  forB.onclick();
  tell("focusout", a);
  expect(hot()).toEqual(["a", "b"]);
  forA.onclick();
  expect([hot(), pressed(forA)]).toEqual([["b"], "false"]);
  tell("keydown", a, "Escape");
  expect([hot(), fading(), pressed(forB)]).toEqual([[], [false, false], "false"]);
});
