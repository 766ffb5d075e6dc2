import type { Point } from "../axis.ts";
import type { Color } from "../look.ts";
import { range } from "../points.ts";
import { rampHex } from "../ramp.ts";
import { element } from "./element.ts";
import type { Land, Sight, Space } from "./place.ts";
import { type Placed, type Spot, spotOf, written } from "./place.ts";
import { simplify } from "./simplify.ts";
import type { Paint } from "./theme.ts";

/** Ways over a landscape: seen from above, and in space. */

interface Way {
  readonly points: readonly Point[];
  readonly z: readonly (number | null)[];
}

type Draw = (color: Color, paint: Paint) => string;

/** Pixels of a way seen from above, from its rim of paper to the middle, which has the colours of its heights. */
const ABOVE = { rim: 7.4, way: 5, middle: 2.2 };

/** Pixels of a way in space, of stems, of the parts that are hidden, and across the dots above stems. */
const SPACE = { rim: 5.4, way: 3, stem: 1.1, dot: 2.4, hidden: 1.6 };

const round = { fill: "none", "stroke-linejoin": "round", "stroke-linecap": "round" };

/** Seen from above: in its colour, and where there is coloured ground, in the middle in that of its own heights. */
export function drawAbove({ points, z }: Way, placed: Placed): Draw {
  const { land } = placed;
  const spots = points.map((point) => spotOf(point, placed));
  const d = pathOf(stretchesOf(spots, (spot) => spot));
  return (color, paint) => {
    const stroke = (width: number, of: string) => element("path", { d, stroke: of, "stroke-width": width, ...round });
    if (d === "") return "";
    return element(
      "g",
      { class: "way" },
      stroke(ABOVE.rim, paint("paper")),
      stroke(ABOVE.way, paint(color)),
      land ? middleOf(spots, z, land) : "",
    );
  };
}

/** Piece by piece in the colour of the mean of its ends' shares. */
function middleOf(spots: readonly (Spot | null)[], z: Way["z"], { share }: Land): string {
  const shares = z.map((height) => (height === null ? null : share(height)));
  const pieces = range(Math.max(0, spots.length - 1)).map((i) => {
    const [[from, to], [a, b]] = [spots.slice(i, i + 2), shares.slice(i, i + 2)];
    if (from === null || to === null || a === null || b === null) return "";
    return element("path", { d: `M${written(from)}L${written(to)}`, stroke: rampHex((a + b) / 2) });
  });
  return element("g", { "stroke-width": ABOVE.middle, ...round }, ...pieces.filter((piece) => piece !== ""));
}

/** A place of a way in the box: its share of the height, that of the surface below, and where it is seen. */
interface Step {
  readonly share: number;
  readonly sight: Sight | null;
}

/** In space: at its heights, and between the points as high above the surface as between them; hidden parts are pale. */
export function drawInSpace(self: Way, land: Land, space: Space): Draw {
  const steps = stepsOf(self, land, space);
  const of = (hidden: boolean): string =>
    pathOf(stretchesOf(steps, ({ sight }) => sight !== null && sight.hidden === hidden && sight.spot));
  const [seen, hidden] = [of(false), of(true)];
  const stems = stemsOf(self, land, space);
  return (color, paint) => {
    const ink = paint(color);
    const line = (d: string, look: Readonly<Record<string, string | number>>): string =>
      d === "" ? "" : element("path", { d, stroke: ink, ...round, ...look });
    return element(
      "g",
      { class: "way" },
      line(hidden, { "stroke-width": SPACE.hidden, "stroke-opacity": 0.4 }),
      line(stems.map(({ top, foot }) => `M${written(top.spot)}L${written(foot.spot)}`).join(""), {
        "stroke-width": SPACE.stem,
        "stroke-opacity": 0.8,
      }),
      line(seen, { "stroke-width": SPACE.rim, stroke: paint("paper"), "stroke-opacity": 0.85 }),
      line(seen, { "stroke-width": SPACE.way }),
      ...stems.flatMap(({ top: { spot, hidden } }) =>
        hidden ? [] : element("circle", { cx: spot[0], cy: spot[1], r: SPACE.dot, fill: ink }),
      ),
    );
  };
}

/** The way in steps of about a facet. A hole in it, and what lies above the ceiling, is a step that is not seen. */
function stepsOf({ points, z }: Way, { share }: Land, space: Space): Step[] {
  const nodes = points.map((point, i) => {
    const height = z[i];
    const at = height === null ? null : share(height);
    return at === null ? null : { point, share: at, ground: space.ground(point) };
  });
  const hole: Step = { share: Number.NaN, sight: null };
  return nodes.flatMap((to, i) => {
    const from = nodes[i - 1] ?? null;
    if (to === null) return [hole];
    const last: Step = { share: to.share, sight: space.see(to.point, to.share) };
    if (from === null) return [last];
    const count = Math.max(1, Math.ceil(space.facets(from.point, to.point)));
    const between = range(count - 1).map((k): Step => {
      const t = (k + 1) / count;
      const point = mixed(from.point, to.point, t);
      const gaps = [from.share - from.ground, to.share - to.ground];
      const over = space.ground(point) + gaps[0] * (1 - t) + gaps[1] * t;
      const height = Number.isNaN(over) ? from.share * (1 - t) + to.share * t : over;
      return { share: height, sight: space.see(point, height) };
    });
    return [...between, last];
  });
}

const mixed = ([x, y]: Point, [u, v]: Point, t: number): Point =>
  typeof x === "number" && typeof y === "number" && typeof u === "number" && typeof v === "number"
    ? [x + t * (u - x), y + t * (v - y)]
    : [u, v];

/** A stem that is shorter than this share of the box shows nothing. */
const SHORT = 0.015;

/** From each point straight to the surface, as far as that is below the ceiling. */
function stemsOf({ points, z }: Way, { share }: Land, { ground, see }: Space): { top: Sight; foot: Sight }[] {
  return points.flatMap((point, i) => {
    const height = z[i];
    const at = height === null ? null : share(height);
    const surface = ground(point);
    if (at === null || !(Math.abs(at - surface) > SHORT)) return [];
    const [top, foot] = [see(point, Math.min(1, at)), see(point, Math.min(1, surface))];
    return top === null || foot === null ? [] : [{ top, foot }];
  });
}

/** The parts of a way between the places that are not there. */
function stretchesOf<T>(all: readonly T[], spotIn: (each: T) => Spot | null | false): Spot[][] {
  const stretches: Spot[][] = [[]];
  for (const each of all) {
    const spot = spotIn(each);
    if (spot) stretches[stretches.length - 1].push(spot);
    else stretches.push([]);
  }
  return stretches.filter(({ length }) => length > 1);
}

const pathOf = (stretches: readonly (readonly Spot[])[]): string =>
  stretches.map((stretch) => `M${simplify(stretch).map(written).join("L")}`).join("");
