import { type ModelSpec, parseModel } from "../src/compare/index.ts";
import { asUsage } from "./failure.ts";
import * as flags from "./flags/index.ts";
import type { Settings } from "./settings.ts";

/** The network that the settings ask for. */
export function modelSpec(settings: Settings): ModelSpec {
  const dropout = settings.get(flags.dropout) ?? 0;
  const spec = asUsage(() => parseModel(settings.value(flags.model), { dropout }));
  return { ...spec, activation: settings.get(flags.activation) ?? spec.activation };
}
