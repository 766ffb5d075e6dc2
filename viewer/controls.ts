import { formatNumber, rampHex } from "../src/figure/surface/index.ts";
import type { Coloring, LiveLandscape } from "../src/report/index.ts";
import { ceilingAt, floorOf, sliderAt, usualCeiling } from "./ceiling.ts";
import type { Choice } from "./surface.ts";

/** What the controls of a stage do. */
export interface Wishes {
  readonly choose: (choice: Choice, settled: boolean) => void;
  readonly reset: () => void;
  readonly spin: (on: boolean) => void;
}

/** The controls below the views, and what they say. */
export interface Controls {
  readonly element: HTMLElement;
  /** Shows whether the views turn by themselves. */
  spinning(on: boolean): void;
}

const names: Readonly<Record<Coloring, string>> = { loss: "loss", accuracy: "accuracy", curvature: "curvature" };

/** The least share of the slider. */
const LEAST = 0.03;

export function makeControls(landscape: LiveLandscape, start: Choice, wishes: Wishes): Controls {
  let choice = start;
  const wish = (part: Partial<Choice>, settled = true): void => {
    choice = { ...choice, ...part };
    wishes.choose(choice, settled);
    say();
  };
  const element = make("div", "under");
  const slider = input("range", { min: "0", max: "1", step: "0.005" });
  const output = document.createElement("output");
  const bar = make("span", "bar");
  const spin = button("Turn", () => wishes.spin(spin.getAttribute("aria-pressed") !== "true"));
  slider.addEventListener("input", () =>
    // At the foot of a log scale nothing is left.
    wish({ ceiling: ceilingAt(Math.max(LEAST, Number(slider.value)), choice.scale, landscape) }, false),
  );
  slider.addEventListener("change", () => wish({}));
  slider.value = String(sliderAt(choice.ceiling, choice.scale, landscape));
  const lines = input("checkbox", {});
  lines.checked = choice.lines;
  lines.addEventListener("change", () => wish({ lines: lines.checked }));
  const say = (): void => {
    output.textContent = formatNumber(choice.ceiling, 3);
    slider.setAttribute("aria-valuetext", `loss ${output.textContent}`);
    for (const each of scales?.querySelectorAll("button") ?? [])
      each.setAttribute("aria-pressed", String(each.value === choice.scale));
    bar.replaceChildren(...barOf(choice, landscape));
  };
  const rescale = (scale: Choice["scale"]): void => {
    const ceiling = usualCeiling(scale, landscape);
    slider.value = String(sliderAt(ceiling, scale, landscape));
    wish({ scale, ceiling });
  };
  const buttons = make("span", "choice");
  const reset = (): void => {
    rescale(choice.scale);
    wishes.reset();
  };
  buttons.append(button("Reset", reset), spin);
  const scales = landscape.log === null ? null : scaleChoice(rescale);
  element.append(
    ...(scales ? [scales] : []),
    labelled("Cut at", slider, output),
    ...coloringChoice(landscape, (coloring) => wish({ coloring })),
    labelled("Lines", lines),
    bar,
    buttons,
  );
  say();
  return { element, spinning: (on) => spin.setAttribute("aria-pressed", String(on)) };
}

function scaleChoice(choose: (scale: Choice["scale"]) => void): HTMLElement {
  const group = make("fieldset", "choice");
  const legend = document.createElement("legend");
  legend.textContent = "Height";
  group.append(
    legend,
    ...(["linear", "log"] as const).map((scale) => {
      const each = button(scale, () => choose(scale));
      each.value = scale;
      return each;
    }),
  );
  return group;
}

/** Nothing where there is only the loss to colour by. */
function coloringChoice({ slices }: LiveLandscape, choose: (coloring: Coloring) => void): HTMLElement[] {
  const has = { loss: true, accuracy: slices.some((s) => s.accuracy), curvature: slices.some((s) => s.curvature) };
  const there = (["loss", "accuracy", "curvature"] as const).filter((coloring) => has[coloring]);
  if (there.length === 1) return [];
  const select = document.createElement("select");
  select.append(...there.map((coloring) => new Option(names[coloring], coloring)));
  select.addEventListener("change", () => choose(there.find((coloring) => coloring === select.value) ?? "loss"));
  return [labelled("Colour", select)];
}

/** What the colours mean. */
function barOf({ coloring, ceiling, scale }: Choice, landscape: LiveLandscape): Node[] {
  const ends: Readonly<Record<Coloring, readonly [string, string]>> = {
    loss: [formatNumber(floorOf(scale, landscape), 3), formatNumber(ceiling, 3)],
    accuracy: ["100 %", "0 %"],
    curvature: [
      "|λmin ÷ λmax| 0",
      `${formatNumber(landscape.mostCurved, 3)}${landscape.mostCurved < 0.5 ? "" : " or more"}`,
    ],
  };
  const stops = Array.from({ length: 9 }, (_, k) => rampHex(k / 8));
  const gradient = document.createElement("i");
  gradient.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
  const [low, high] = ends[coloring];
  return [
    document.createTextNode(`${coloring === "curvature" ? "" : `${names[coloring]} `}${low}`),
    gradient,
    document.createTextNode(high),
  ];
}

export function make(tag: string, className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

function button(text: string, act: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.addEventListener("click", act);
  return element;
}

const input = (type: string, attributes: Readonly<Record<string, string>>): HTMLInputElement =>
  Object.assign(document.createElement("input"), { type, ...attributes });

function labelled(text: string, ...controls: readonly HTMLElement[]): HTMLElement {
  const label = document.createElement("label");
  label.append(text, ...controls);
  return label;
}
