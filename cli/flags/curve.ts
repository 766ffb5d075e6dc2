import { isDecimal } from "../../src/arguments/index.ts";
import { between, type Flag, isOn, type Kind, oneOf, positive, text, whole } from "./flag.ts";

/** Settings of the fit of a formula to data. */

type ByName<T> = Readonly<Record<string, T>>;

export const curvePredict: Flag<string> = {
  name: "predict",
  value: "<column>",
  group: "Fit",
  kind: text,
  help: "column that the formula predicts, if y = … does not say it (default: the only one that the formula does not use)",
};
export const curveStart: Flag<ByName<number>> = {
  name: "start",
  value: "<a=1,b=2>",
  group: "Fit",
  kind: byName("numbers for parameters, such as a=1,b=2", numberOf),
  help: "values to start from (default: several starts are tried)",
};
export const bounds: Flag<ByName<readonly [number, number]>> = {
  name: "bounds",
  value: "<a=0:10>",
  group: "Fit",
  kind: byName("limits for parameters, the lower first, such as a=0:10,b=0: (no upper limit)", limitsOf),
  help: "lower and upper limits of parameters, such as a=0:10,b=0:",
};
export const fix: Flag<ByName<number>> = {
  name: "fix",
  value: "<c=0>",
  group: "Fit",
  kind: byName("numbers for parameters, such as c=0,d=1", numberOf),
  help: "parameters to leave at a value",
};
export const weights: Flag<string> = {
  name: "weights",
  value: "<column>",
  group: "Fit",
  kind: text,
  help: "column of factors for the squared residuals",
};
export const sigma: Flag<string> = {
  name: "sigma",
  value: "<column>",
  group: "Fit",
  kind: text,
  help: "column of the response's standard deviations; only their ratios count, unless --absolute-sigma is given",
};
export const absoluteSigma: Flag<boolean> = {
  name: "absolute-sigma",
  group: "Fit",
  kind: isOn,
  help: "take --sigma as known in the response's unit, for standard errors that do not depend on the residuals",
};
const losses = ["linear", "huber", "soft-l1", "cauchy"] as const;
export const curveLoss: Flag<(typeof losses)[number]> = {
  name: "loss",
  value: "<name>",
  group: "Fit",
  kind: oneOf(losses),
  help: `${losses.join(", ")}; all but linear, the sum of squares, give outliers less weight (default: linear)`,
};
export const scale: Flag<number> = {
  name: "scale",
  value: "<size>",
  group: "Fit",
  kind: positive,
  help: "size of a residual from which on a robust loss takes it for an outlier (default: 1)",
};
export const curveMissing: Flag<"refuse" | "drop"> = {
  name: "missing",
  value: "<how>",
  group: "Fit",
  kind: oneOf(["refuse", "drop"]),
  help: "rows that lack a value: refuse them, or drop (leave them out) (default: refuse)",
};
export const level: Flag<number> = {
  name: "level",
  value: "<fraction>",
  group: "Fit",
  kind: between,
  help: "probability of the intervals (default: 0.95)",
};
export const curveSeed: Flag<number> = {
  name: "seed",
  value: "<n>",
  group: "Fit",
  kind: whole(0),
  help: "seed of the starts that are tried (default: 1)",
};
export const at: Flag<string> = {
  name: "at",
  value: "<file>",
  group: "Fit",
  kind: text,
  suggests: { paths: "files" },
  help: "CSV file of rows to predict with the fitted curve",
};

/** Values by name: `a=1,b=2`. */
function byName<T>(allowed: string, read: (value: string) => T | undefined): Kind<ByName<T>> {
  return {
    allowed,
    read: (given) => {
      const parts = given.replace(/,\s*$/, "").split(",");
      const entries = parts.flatMap((part) => {
        const [, name, text] = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=\s*(\S+)\s*$/u.exec(part) ?? [];
        const value = text === undefined ? undefined : read(text);
        return name === undefined || value === undefined ? [] : [[name, value] as const];
      });
      return entries.length === parts.length ? Object.fromEntries(entries) : undefined;
    },
  };
}

function numberOf(text: string): number | undefined {
  return isDecimal(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

/** `0:10`; an end may be left out. */
function limitsOf(text: string): readonly [number, number] | undefined {
  const [low, high, ...more] = text.split(":");
  if (high === undefined || more.length > 0) return undefined;
  const ends = [
    low === "" ? Number.NEGATIVE_INFINITY : numberOf(low),
    high === "" ? Number.POSITIVE_INFINITY : numberOf(high),
  ];
  const [from, to] = ends;
  return from !== undefined && to !== undefined && from < to ? [from, to] : undefined;
}
