import type { LiveLandscape } from "../src/report/index.ts";
import { make } from "./controls.ts";
import { drawSign, type SignKind, signWords } from "./signs.ts";
import { wayNames } from "./ways.ts";

/** What the colours of ways and the signs mean. */
export interface Legend {
  readonly element: HTMLElement;
  /** Tells the kinds of signs that are there, and of stems if there are some. */
  tell(kinds: readonly SignKind[], stems: boolean): void;
}

/** In this order. */
const KINDS = ["start", "end", "net", "above", "below"] as const;

export function makeLegend(landscape: LiveLandscape): Legend {
  const { slices } = landscape;
  const ways = wayNames(landscape).map((name, k) => item(`<i style="background: var(--figure-${k % 8})"></i>`, name));
  const element = make("ul", "names");
  const several = slices.some(({ places }) => places.filter(({ kind }) => kind === "net").length > 1);
  return {
    element,
    tell: (kinds, stems) => {
      const there = KINDS.filter((kind) => kinds.includes(kind));
      const words = (kind: SignKind): string => (kind === "net" && several ? "a net" : signWords[kind]);
      element.replaceChildren(
        ...ways,
        ...there.map((kind) => item(drawSign(kind, colorOf(kind)), words(kind))),
        ...(stems ? [item('<i class="stem"></i>', "gap between a way and the plane")] : []),
      );
    },
  };
}

/** Where a way leaves the box, the sign has the way's colour. */
const colorOf = (kind: SignKind): string | undefined =>
  kind === "above" || kind === "below" ? "var(--figure-muted)" : undefined;

function item(sample: string, words: string): HTMLElement {
  const element = document.createElement("li");
  element.innerHTML = sample;
  element.append(words);
  return element;
}
