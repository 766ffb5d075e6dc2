import { escapeText } from "../escape.ts";
import { type Attributes, element } from "./element.ts";

/** Words in a drawing. Raised digits are set from plain ones: many fonts have only some of them. */
export function words(attributes: Attributes, text: string): string {
  const parts = escapeText(text).split(/([⁻⁰¹²³⁴-⁹]+)/);
  const set = parts.map((part, i) => (i % 2 === 1 ? raised(part) : i > 0 && part !== "" ? lowered(part) : part));
  return element("text", attributes, ...set);
}

const raised = (digits: string): string =>
  `<tspan dy="-0.5em" font-size="75%">${Array.from(digits, (d) => "−0123456789"["⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(d)]).join("")}</tspan>`;

/** Back on the line: half an em of the smaller font. */
const lowered = (text: string): string => `<tspan dy="0.375em">${text}</tspan>`;
