/** Throws a TypeError for an argument that is not what it must be, in calls without types: `what` it is, and what to give. */
export function need(holds: boolean, what: string, given: unknown, give: string): void {
  if (!holds) throw new TypeError(`${what} is ${shown(given)}; give ${give}`);
}

export const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value has all these fields. */
export const has = (value: unknown, ...fields: readonly string[]): boolean =>
  isObject(value) && fields.every((field) => field in value);

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 50));
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object that lacks something";
  return typeof value === "function" ? "a function" : String(value);
}
