import { arrival, type CompareResult, type TargetUsed } from "../../compare/index.ts";
import { bar, type Figure, figure, type Mark, marker, panel } from "../../figure/index.ts";
import * as format from "../format.ts";
import { several } from "../phrases.ts";
import { type Series, seriesOf } from "./curve-figures.ts";

/** Steps and seconds to the target: a bar for the median, a dot for each seed. */
export function arrivalFigure(result: CompareResult, description: string): Figure | null {
  const { target, ranking } = result;
  if (target === null || ranking.every(({ steps }) => steps === null)) return null;
  const names = ranking.map(({ optimizer }) => optimizer);
  const all = seriesOf(result).filter(({ label }) => names.includes(label));
  const strip = (measure: "steps" | "seconds") =>
    panel({
      title: measure === "steps" ? "Steps" : "Seconds",
      x: { label: measure },
      y: { scale: "band", domain: names },
      marks: all.flatMap((each) => arrivals(each, target, measure, ranking)),
    });
  return figure({
    title: "Steps and seconds to the target",
    description,
    legend: "none",
    height: 120 + 26 * names.length,
    panels: [strip("steps"), strip("seconds")],
  });
}

function arrivals(
  { label, series, runs }: Series,
  target: TargetUsed,
  measure: "steps" | "seconds",
  ranking: CompareResult["ranking"],
): Mark[] {
  const middle = ranking.find(({ optimizer }) => optimizer === label)?.[measure] ?? null;
  const reached = runs.flatMap((run) => {
    const value = arrival(run, target)?.[measure];
    return value === undefined ? [] : [{ value, seed: run.seed }];
  });
  const write = (value: number): string => (measure === "steps" ? several(value, "step") : format.duration(value));
  return [
    ...(middle === null ? [] : [bar({ points: [[middle, label]], series, label })]),
    marker({
      points: reached.map(({ value }) => [value, label] as const),
      titles: reached.map(({ value, seed }) => `${label}, seed ${seed}: ${write(value)}`),
      color: "ink",
      shape: "circle",
      size: 4,
    }),
  ];
}
