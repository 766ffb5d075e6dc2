import { round } from "./element.ts";
import { sizes, textWidth } from "./measure.ts";
import type { Box, Spot } from "./place.ts";

/** A line and the words to be written on it. */
export interface Titled {
  readonly line: readonly Spot[];
  readonly text: string;
}

/** Words on a line: their middle, and how far they are turned, in degrees; they are never on their head. */
export interface OnLine {
  readonly at: Spot;
  readonly turn: number;
}

/** Pixels from words to the edge of the plot, and to other words. */
const [EDGE, APART] = [14, 46];

/** How much shorter than its line the chord under some words may be: on a sharper bend they would leave it. */
const BENT = 0.95;

/** Finds places for words where lines are straight, far from each other; a line without such a place gets none. */
export function labelLines<T extends Titled>(lines: readonly T[], plot: Pick<Box, "width" | "height">): (T & OnLine)[] {
  const placed: (T & OnLine)[] = [];
  for (const titled of lines) {
    const free = places(titled.line, textWidth(titled.text, sizes.tick) + 6).filter(
      ({ at: [x, y] }) =>
        x > EDGE &&
        y > EDGE &&
        x < plot.width - EDGE &&
        y < plot.height - EDGE &&
        placed.every(({ at }) => Math.hypot(at[0] - x, at[1] - y) > APART),
    );
    const best = free.reduce<Place | undefined>(
      (a, b) => (a === undefined || b.straight > a.straight ? b : a),
      undefined,
    );
    if (best !== undefined) placed.push({ ...titled, at: best.at, turn: best.turn });
  }
  return placed;
}

interface Place extends OnLine {
  /** Chord divided by length, 1 at most; a little less where the words would stand upright. */
  readonly straight: number;
}

/** Where along a line words of this width would lie well. */
function places(line: readonly Spot[], width: number): Place[] {
  const found: Place[] = [];
  let from = 0;
  let length = 0;
  for (let to = 1; to < line.length; to++) {
    length += distance(line[to - 1], line[to]);
    while (from + 1 < to && length - distance(line[from], line[from + 1]) >= width) {
      length -= distance(line[from], line[from + 1]);
      from++;
    }
    const chord = distance(line[from], line[to]);
    if (length < width || chord < BENT * length) continue;
    const turn = upright((Math.atan2(line[to][1] - line[from][1], line[to][0] - line[from][0]) * 180) / Math.PI);
    const at: Spot = [(line[from][0] + line[to][0]) / 2, (line[from][1] + line[to][1]) / 2];
    found.push({ at, turn, straight: chord / length - Math.abs(turn) / 2000 });
  }
  return found;
}

const distance = (a: Spot, b: Spot): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
const upright = (turn: number): number => (turn > 90 ? turn - 180 : turn < -90 ? turn + 180 : turn);

/** The turn as an SVG attribute. */
export const turned = ({ at: [x, y], turn }: OnLine): string => `rotate(${round(turn)} ${round(x)} ${round(y)})`;
