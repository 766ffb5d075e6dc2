/** Red, green and blue, from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The ends of the ramp in OKLCh (Björn Ottosson, 2020): lightness, chroma, and hue in degrees. */
const FROM = { l: 0.22, c: 0.14, h: 270 };
const TO = { l: 0.93, c: 0.15, h: 465 };

/** What chroma the middle has more: as much as screens can show. */
const VIVID = 0.03;

/**
 * The colour of a share of the height, from 0 to 1: from dark blue over purple and red to bright yellow. Lightness rises evenly,
 * so that the order is seen by all eyes and in print, and equal steps look equal.
 */
export function rampAt(share: number): Rgb {
  const t = Math.max(0, Math.min(1, share));
  const between = (of: "l" | "c" | "h"): number => FROM[of] + t * (TO[of] - FROM[of]);
  return fromOklch(between("l"), between("c") + VIVID * Math.sin(Math.PI * t) ** 2, (between("h") * Math.PI) / 180);
}

/** The same as "#rrggbb": the colour that contours in colour and surfaces have at that share of their heights. */
export const rampHex = (share: number): string => hexOf(rampAt(share));

export const hexOf = (color: Rgb): string =>
  `#${color.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;

function fromOklch(l: number, c: number, h: number): Rgb {
  const [a, b] = [c * Math.cos(h), c * Math.sin(h)];
  const [long, medium, short] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  return [
    encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

/** Linear light as sRGB has it, from 0 to 255. */
function encoded(light: number): number {
  const within = Math.max(0, Math.min(1, light));
  return 255 * (within <= 0.0031308 ? 12.92 * within : 1.055 * within ** (1 / 2.4) - 0.055);
}
