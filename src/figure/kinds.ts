import { show } from "./check.ts";
import type { MarkKind } from "./mark.ts";
import * as marks from "./marks/index.ts";

/** Any mark of a panel, as data: a line, a bar, a contour and so on. */
export type Mark = ReturnType<(typeof marks)[keyof typeof marks]>;

type Kind = Mark["kind"];
type MarkOf<K extends Kind> = Extract<Mark, { readonly kind: K }>;

/** All marks, by their `kind`. A function that is listed under another name than its marks' kind does not compile. */
export const kinds: { readonly [K in Kind]: MarkKind<MarkOf<K>> } = marks;

/** The kind of a mark, or of marks of several kinds. */
export function kindOf<K extends Kind>({ kind }: { readonly kind: K }): MarkKind<MarkOf<K>> {
  if (!Object.hasOwn(kinds, kind))
    throw new RangeError(`figure: ${show(kind)} is not a mark; there are ${Object.keys(kinds).join(", ")}`);
  return kinds[kind];
}
