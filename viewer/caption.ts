import { heightWords, type LiveLandscape } from "../src/report/index.ts";
import type { Choice } from "./surface.ts";

/** The words above a stage, which follow what a reader has chosen; `restore` puts back those of the drawing. */
export interface Caption {
  say(choice: Choice, landscape: LiveLandscape): void;
  restore(): void;
}

export function captionOf(figure: HTMLElement): Caption {
  const element = figure.querySelector("figcaption");
  const before = [...(element?.childNodes ?? [])];
  const title = element?.querySelector("strong");
  return {
    say: (choice, landscape) =>
      element?.replaceChildren(...(title ? [title] : []), ` ${landscape.range} ${heightWords(choice, landscape)}`),
    restore: () => element?.replaceChildren(...before),
  };
}
