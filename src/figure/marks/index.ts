/** Every mark, a line each: the library has them by these names, and a mark's `kind` is the name of its function. */

export * from "./arrow.ts";
export * from "./band.ts";
export * from "./bar.ts";
export * from "./cell.ts";
export * from "./contour.ts";
export * from "./error-bar.ts";
export * from "./line.ts";
export * from "./marker.ts";
export * from "./rule.ts";
export * from "./surface.ts";
export * from "./text.ts";
export * from "./way.ts";
