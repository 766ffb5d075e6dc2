import { type Flag, oneOf } from "./flag.ts";

/** How much of a publication is made again. */

export const reproductionScale: Flag<"quick" | "full"> = {
  name: "scale",
  value: "<scale>",
  group: "Comparison",
  kind: oneOf(["quick", "full"]),
  help: "quick: a part of the work, in minutes; full: all of it",
};
