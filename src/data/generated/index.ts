/** The generated data sets. The library exports them by these names; the list and the command use their own. */

export { blobs } from "./blobs.ts";
export { moons } from "./moons.ts";
export { spirals } from "./spirals.ts";
