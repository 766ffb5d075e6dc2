import { curve, form, output, settings } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

export const fit: Command = {
  name: "fit",
  summary: "fit a formula to your data, with standard errors",
  about:
    "Names in the formula that are columns of the file are data, all others are parameters, which the fit finds by least squares. " +
    "Write y = … before it, or give --predict. A column such as Body mass (g) is Body_mass_g in the formula. " +
    "(In TypeScript this is fitCurve. To train a net, use downhill train.)",
  words: [
    ["<formula>", "such as 'y = a*exp(-b*x) + c'"],
    ["<file>", "a CSV file, or - for standard input", { paths: "files" }],
  ],
  flags: [
    ...[...Object.values(curve), flags.at, ...Object.values(form), flags.header, flags.noHeader],
    ...[flags.stillFigureFile, flags.out, flags.noOut, flags.json, ...output],
    ...settings,
  ],
  otherwise: { out: "no run folder is written" },
  examples: [
    ["downhill fit 'y = a*exp(-b*x) + c' decay.csv", "a decay, from starts that it tries by itself"],
    ["downhill fit 'a*x^n' data.csv --predict y --start a=1,n=2", "from a start of your own"],
    ["downhill fit 'y = a + b*x' data.csv --loss huber --scale 0.5", "a line that outliers hardly move"],
    ["downhill fit 'y = v*x/(k + x)' data.csv --bounds v=0:,k=0: --figure fit.svg", "within bounds, with a figure"],
    ["downhill fit 'y = a + b*x' data.csv --sigma error --at new.csv --json", "weighted, with predictions, as JSON"],
  ],
  load: () => import("./fit-work.ts"),
};
