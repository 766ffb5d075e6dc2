import { type Shape, sizeOf } from "../../../expr/index.ts";

/** A number as Python's source has it, from which it reads the same bits. */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return "math.nan";
  if (!Number.isFinite(value)) return value < 0 ? "-math.inf" : "math.inf";
  return Object.is(value, -0) ? "-0.0" : String(value);
}

/** A tensor's elements as nested lists. */
export function pythonList(shape: Shape, data: ArrayLike<number>, at = 0): string {
  if (shape.length === 0) return pythonNumber(data[at]);
  const [length, ...rest] = shape;
  const size = sizeOf(rest);
  return `[${Array.from({ length }, (_, i) => pythonList(rest, data, at + i * size)).join(", ")}]`;
}

/** Plain data as a literal of Python's. */
export function pythonLiteral(value: unknown): string {
  if (typeof value === "number") return pythonNumber(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return pythonText(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  if (typeof value !== "object" || value === null) return "None";
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `${pythonText(name)}: ${pythonLiteral(field)}`).join(", ")}}`;
}

/** JSON's escapes are Python's, too; what does not print is escaped. */
export const pythonText = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
