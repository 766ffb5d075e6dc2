import type { LiveLandscape } from "../src/report/index.ts";
import { captionOf } from "./caption.ts";
import { Stage } from "./stage.ts";
import { style } from "./style.ts";

/** Shows the live figures of a page; where that cannot be done, their drawings stay, with a line that says why. */
function start(): void {
  const sheet = document.createElement("style");
  sheet.textContent = style;
  document.head.append(sheet);
  for (const figure of document.querySelectorAll<HTMLElement>("figure.live")) show(figure);
}

function show(figure: HTMLElement): void {
  const [stage, data] = [figure.querySelector<HTMLElement>(".stage"), figure.querySelector("script")];
  if (stage === null || data === null) return;
  const caption = captionOf(figure);
  try {
    const landscape: LiveLandscape = JSON.parse(data.textContent);
    new Stage(stage, landscape, caption);
    figure.classList.add("running");
    stage.querySelector("canvas")?.addEventListener("webglcontextlost", () => {
      caption.restore();
      stay(figure, stage);
    });
  } catch {
    caption.restore();
    stay(figure, stage);
  }
}

function stay(figure: HTMLElement, stage: HTMLElement): void {
  figure.classList.remove("running");
  stage.classList.remove("shown");
  stage.replaceChildren();
  const note = document.createElement("p");
  note.className = "note";
  note.textContent =
    "This browser draws nothing in 3-D (it has no WebGL, or it is turned off), so here is a still picture.";
  stage.after(note);
}

start();
