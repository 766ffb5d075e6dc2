import type { Color } from "../look.ts";
import { type Attributes, element, escapeText } from "./element.ts";
import { sizes } from "./measure.ts";
import type { Spot } from "./place.ts";
import type { Paint } from "./theme.ts";

/** Words in a drawing. Raised digits are set from plain ones: many fonts have only some of them. */
export function words(attributes: Attributes, text: string): string {
  const parts = escapeText(text).split(/([⁻⁰¹²³⁴-⁹]+)/);
  const set = parts.map((part, i) => (i % 2 === 1 ? raised(part) : i > 0 && part !== "" ? lowered(part) : part));
  return element("text", attributes, ...set);
}

/** Which end of the words is at their place. */
export type Anchor = "start" | "middle" | "end";

/** Words with a rim of paper, so that they can be read on any ground. */
export function rimmed(text: string, [x, y]: Spot, anchor: Anchor, color: Color, paint: Paint): string {
  const rim = { stroke: paint("paper"), "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" };
  const set = { "font-size": sizes.label, "text-anchor": anchor === "start" ? undefined : anchor };
  return words({ x, y, fill: paint(color), ...set, ...rim }, text);
}

const raised = (digits: string): string =>
  `<tspan dy="-0.5em" font-size="75%">${Array.from(digits, (d) => "−0123456789"["⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(d)]).join("")}</tspan>`;

/** Back on the line: half an em of the smaller font. */
const lowered = (text: string): string => `<tspan dy="0.375em">${text}</tspan>`;
