/** The data sets that are generated, a line each: the library has them by these names, the list and the command by their own. */

export { blobs } from "./blobs.ts";
export { moons } from "./moons.ts";
export { spirals } from "./spirals.ts";
