import type { Figure } from "./description.ts";

/** Figures of one size, one after the other. */
export interface Animation {
  /** How many frames there are. */
  readonly frames: number;
  /** Frames a second. */
  readonly rate: number;
  /** The frame with this number, from 0. */
  readonly frame: (index: number) => Figure;
}
