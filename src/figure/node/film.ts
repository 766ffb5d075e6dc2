import type { Animation, Figure } from "../description.ts";
import type { Mark } from "../kinds.ts";
import { drawPart } from "../svg/svg.ts";
import { type Image, imageOf, type PngOptions, rasterizer } from "./png.ts";

/** The picture behind all that moves, and the words and marks it was drawn from. */
interface Ground {
  readonly key: string;
  readonly image: Image;
}

/**
 * Draws the frames of an animation, by their numbers. Marks that are the same object in the first and in the last frame
 * are taken to stand still: they are drawn once, with the axes and the words, and all other marks are laid over them.
 */
export async function filmer(animation: Animation, options: PngOptions): Promise<(index: number) => Image> {
  const { width, theme = "light" } = options;
  const rasterize = await rasterizer(options);
  const standing = standingMarks(animation);
  let ground: Ground | undefined;
  return (index) => {
    const frame = animation.frame(index);
    const draw = (setting: boolean, shows: (mark: Mark) => boolean): string =>
      drawPart(frame, { setting, shows }, { width, theme, id: "frame" });
    const stands = (mark: Mark): boolean => standing.includes(mark);
    const marks = marksOf(frame);
    // Axes and words are quickly written: whether they have changed is seen by writing them again.
    const key = draw(true, () => false) + standing.map((mark) => marks.includes(mark));
    if (ground?.key !== key) ground = { key, image: imageOf(rasterize(draw(true, stands))) };
    return over(ground.image, imageOf(rasterize(draw(false, (mark) => !stands(mark)))));
  };
}

const marksOf = ({ panels }: Figure): Mark[] => panels.flatMap(({ marks }) => marks);

function standingMarks({ frames, frame }: Animation): Mark[] {
  const last = new Set(marksOf(frame(frames - 1)));
  return marksOf(frame(0)).filter((mark) => last.has(mark));
}

/** One image laid over an opaque one. The upper one's colours are already multiplied by its opacity. */
function over(below: Image, above: Image): Image {
  const pixels = below.pixels.slice();
  const covered = new Uint32Array(above.pixels.buffer);
  for (let i = 0; i < covered.length; i++) {
    if (covered[i] === 0) continue;
    const through = 1 - above.pixels[4 * i + 3] / 255;
    for (let k = 4 * i; k < 4 * i + 4; k++) pixels[k] = above.pixels[k] + through * pixels[k];
  }
  return { ...below, pixels };
}
