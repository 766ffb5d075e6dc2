export * as surfaces from "./catalogue.ts";
export { type CriticalPoint, type Surface, type SurfaceSpec, surface } from "./surface.ts";
