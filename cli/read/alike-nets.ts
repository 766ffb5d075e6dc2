import { DataError } from "../../src/files/index.ts";
import { layoutOf, type Model, modelToJson } from "../../src/nn/index.ts";
import type { SourceRun } from "./source-run.ts";

/** Throws a DataError unless the nets have the same layers, so that their weights lie in one space. */
export function checkAlike([first, ...others]: readonly SourceRun[]): void {
  for (const other of others) {
    const words = differenceOf(first.net.model, other.net.model);
    if (words === undefined) continue;
    throw new DataError(
      other.path,
      `its net is another than that of ${first.path}: ${words}`,
      "give runs of one model",
    );
  }
}

function differenceOf(a: Model, b: Model): string | undefined {
  const [first, second] = [a, b].map((model) => layoutOf(model));
  if (first.length !== second.length) return `${second.length} tensors here, ${first.length} there`;
  const at = first.findIndex(({ name, shape }, i) => name !== second[i].name || `${shape}` !== `${second[i].shape}`);
  if (at >= 0) {
    const [there, here] = [first[at], second[at]].map(({ name, shape }) => `${name} of ${shape.join(" × ")}`);
    return `${here} here, ${there} there`;
  }
  const [one, two] = [a, b].map((model) => JSON.stringify({ ...modelToJson(model), name: undefined }));
  return one === two ? undefined : "other activations, losses or options of layers";
}
