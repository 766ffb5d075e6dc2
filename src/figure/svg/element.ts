export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element as text; attributes without a value are left out, numbers are rounded to a tenth of a pixel. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? "" : ` ${key}="${attribute(value)}"`,
  );
  const inner = content.filter((text) => text !== "");
  const start = `<${name}${written.join("")}`;
  if (inner.length === 0) return `${start}/>`;
  return containers.has(name) ? `${start}>\n${inner.join("\n")}\n</${name}>` : `${start}>${inner.join("")}</${name}>`;
}

/** In these, white space means nothing: each child gets its line. */
const containers: ReadonlySet<string> = new Set(["svg", "g"]);

const attribute = (value: string | number): string => (typeof value === "number" ? round(value) : escapeText(value));

/** One decimal: finer than the eye, and the same text on every machine. */
export function round(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`svg: ${value} is not a place in a drawing`);
  return String(Math.round(value * 10) / 10 + 0);
}

/** Words for an attribute or for content, in XML and in HTML: characters with a meaning there are escaped, those that XML forbids are replaced. */
export function escapeText(text: string): string {
  return text
    .replace(FORBIDDEN, "\uFFFD")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

/** Characters that XML 1.0 does not allow: most control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
