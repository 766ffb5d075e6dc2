import type { Dash } from "./look.ts";

/** The colours of a figure on light or on dark paper. */
export interface Palette {
  readonly paper: string;
  /** Words, and marks without a series. */
  readonly ink: string;
  /** Tick labels and axis names: at least 4.5 : 1 against the paper. */
  readonly muted: string;
  readonly grid: string;
  /** The tint of high ground in a contour plot. */
  readonly ground: string;
  /**
   * Eight hues, found by a search for the largest least difference (OKLab) to normal, protan, deutan and tritan eyes
   * (Machado, Oliveira and Fernandes 2009) with a contrast of at least 3 : 1 against the paper.
   */
  readonly series: readonly string[];
}

export const palettes: Readonly<Record<"light" | "dark", Palette>> = {
  light: {
    paper: "#ffffff",
    ink: "#1c2330",
    muted: "#5b6474",
    grid: "#e4e7ec",
    ground: "#33658a",
    series: ["#004fb0", "#e8741a", "#2e8a6b", "#b665b7", "#875c11", "#3e96f6", "#613877", "#920d3b"],
  },
  dark: {
    paper: "#12161d",
    ink: "#e7eaf0",
    muted: "#9aa4b4",
    grid: "#272d38",
    ground: "#8fc3ea",
    series: ["#4ba6fa", "#c75621", "#2a8d6c", "#d675bd", "#f5e96b", "#86dafb", "#8e61d3", "#fbaeaf"],
  },
};

/** Lengths of stroke and gap in pixels; five patterns against eight hues: forty series before a pair repeats. */
export const dashLengths: Readonly<Record<Dash, readonly number[]>> = {
  solid: [],
  dashed: [7, 3],
  dotted: [2, 2.5],
  "dash-dot": [9, 3, 2, 3],
  "long-dash": [14, 4],
};
