import { expect, test } from "vitest";
import { fits, object, oneOf, optional, type Schema, text } from "../../src/files/schema/index.ts";

test("a schema says all words of its type, or does not compile", () => {
  const both: Schema<"won" | "lost"> = oneOf("won", "lost");
  // @ts-expect-error: files with "lost" would be refused
  const one: Schema<"won" | "lost"> = oneOf("won");
  // @ts-expect-error: what is read would be no such thing
  const three: Schema<"won" | "lost"> = oneOf("won", "lost", "drawn");
  expect([both, one, three].map((schema) => fits(schema, "lost"))).toEqual([true, false, true]);
});

test("a schema asks for every field of its type", () => {
  interface Named {
    readonly name: string;
    readonly title?: string;
  }
  const all = object<Named>({ name: text, title: optional(text) });
  // @ts-expect-error: a title that is no text would pass
  const some = object<Named>({ name: text });
  expect([all, some].map((schema) => fits(schema, { name: "n", title: 1 }))).toEqual([false, true]);
});
