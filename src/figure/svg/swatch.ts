import type { Sample } from "../mark.ts";
import { element } from "./element.ts";

/** Length of a sample in a legend, in pixels. */
export const SWATCH = 22;

/** The sample of bands and bars. */
export const areaSample: Sample = {
  role: "area",
  svg: (color, paint) => element("rect", { x: 3, y: -5, width: SWATCH - 6, height: 10, rx: 2, fill: paint(color) }),
  sign: () => "",
};
