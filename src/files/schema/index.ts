import { cut, type Domain, domains, quoteValue } from "../../arguments/index.ts";

/** Checks a value read from a file. */
export interface Check {
  /** What is wrong with the value, and where; undefined if nothing is. */
  problem(value: unknown, path: string): string | undefined;
}

/**
 * A check that exactly the values of type T pass: a schema that allows more words than its type, or fewer, does not compile.
 */
export interface Schema<T> extends Check {
  /** Never present: it ties the type to the schema, in both directions. */
  readonly of?: (value: T) => T;
}

const wanted = (value: unknown, path: string, words: string): string =>
  `${path} is ${value === undefined ? "missing" : quoteValue(value)}, expected ${words}`;

const simple = <T>(words: string, holds: (value: unknown) => boolean): Schema<T> => ({
  problem: (value, path) => (holds(value) ? undefined : wanted(value, path, words)),
});

const numberIn = ({ words, allows }: Domain): Schema<number> =>
  simple(words, (value) => typeof value === "number" && allows(value));

/** A finite number: JSON cannot write others, but reads 1e999 as ∞. */
export const number = simple<number>("a number", Number.isFinite);
/** A count of something of which there is at least one. */
export const count = numberIn(domains.count);
/** Above 0. */
export const positive = numberIn(domains.positive);
/** From 0 to 1. */
export const fraction = numberIn(domains.unit);
export const text = simple<string>("a text", (value) => typeof value === "string");
export const truth = simple<boolean>("true or false", (value) => typeof value === "boolean");
export const anything: Schema<unknown> = { problem: () => undefined };

export const oneOf = <const T extends string | number | boolean>(...values: readonly T[]): Schema<T> =>
  simple(`${values.length === 1 ? "" : "one of "}${values.join(", ")}`, (value) =>
    values.some((each) => each === value),
  );

export const nullable = <T>(schema: Schema<T>): Schema<T | null> => ({
  problem: (value, path) => (value === null ? undefined : schema.problem(value, path)),
});

export const optional = <T>(schema: Schema<T>): Schema<T | undefined> => ({
  problem: (value, path) => (value === undefined ? undefined : schema.problem(value, path)),
});

export const list = <T>(schema: Schema<T>): Schema<readonly T[]> => ({
  problem: (value, path) =>
    Array.isArray(value)
      ? firstProblem(value.map((each, i) => [each, `${path}[${i}]`, schema]))
      : wanted(value, path, "a list"),
});

export const record = <T>(schema: Schema<T>): Schema<Readonly<Record<string, T>>> => ({
  problem: (value, path) =>
    isObject(value)
      ? firstProblem(Object.entries(value).map(([name, each]) => [each, `${path}.${cut(name)}`, schema]))
      : wanted(value, path, "an object"),
});

/** An object with these fields; others are ignored. */
export const object = <T>(fields: { readonly [K in keyof T]-?: Schema<T[K]> }): Schema<T> => ({
  problem: (value, path) =>
    isObject(value)
      ? firstProblem(
          Object.entries<Check>(fields).map(([name, schema]) => [
            Object.hasOwn(value, name) ? value[name] : undefined,
            `${path}.${name}`,
            schema,
          ]),
        )
      : wanted(value, path, "an object"),
});

/** An object of one of several kinds, which its field `kind` names. */
export const kinds = <T extends { readonly kind: string }>(
  schemas: {
    readonly [K in T["kind"]]: Schema<Extract<T, { readonly kind: K }>>;
  },
): Schema<T> => ({
  problem: (value, path) => {
    const kind = isObject(value) && Object.hasOwn(value, "kind") ? value.kind : undefined;
    const found = Object.entries<Check>(schemas).find(([name]) => name === kind)?.[1];
    if (found !== undefined) return found.problem(value, path);
    return isObject(value)
      ? wanted(kind, `${path}.kind`, `one of ${Object.keys(schemas).join(", ")}`)
      : wanted(value, path, "an object");
  },
});

/** A list with at least one element. */
export const filled = <T>(schema: Schema<T>): Schema<readonly T[]> => ({
  problem: (value, path) =>
    Array.isArray(value) && value.length === 0
      ? `${path} is empty, expected at least one`
      : list(schema).problem(value, path),
});

/** Two values. */
export const pair = <T>(schema: Schema<T>): Schema<readonly [T, T]> => ({
  problem: (value, path) =>
    Array.isArray(value) && value.length !== 2
      ? `${path} has ${value.length} values, expected 2`
      : list(schema).problem(value, path),
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function firstProblem(fields: readonly (readonly [unknown, string, Check])[]): string | undefined {
  for (const [value, path, schema] of fields) {
    const problem = schema.problem(value, path);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Whether a value fits the schema. */
export const fits = <T>(schema: Schema<T>, value: unknown): value is T => schema.problem(value, "it") === undefined;
