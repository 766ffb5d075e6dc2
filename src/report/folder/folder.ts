import type { CompareResult, CompareSettings } from "../../compare/index.ts";
import type { ModelData } from "../../nn/index.ts";
import type { Noise } from "../../objective/index.ts";
import type { Surface } from "../../surfaces/index.ts";
import type { CrossValidation, Path, RunData, RunRecord } from "../../train/index.ts";
import type { CurveRecord } from "../curve/curve-record.ts";
import type { ReproductionRecord } from "../reproduction/reproduction-record.ts";
import type { FitRecord } from "../walk/fit.ts";

/** The kinds of runs. */
export type RunKind = "train" | "compare" | "minimize" | "fit" | "reproduce";

/** config.json: the settings, so that the run can be repeated. */
export interface RunConfig {
  /** The version of the file format. */
  readonly format: 1;
  readonly kind: RunKind;
  /** As in the folder's name: `adam-digits`, `digits`, `adam-beale`. */
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The command that repeats the run, `downhill train --data digits …`. */
  readonly command: string;
  /** The command's settings, with those defaults that do not depend on other settings; their names depend on `kind`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** For a training or a comparison: the library's plain data, with every default filled in. Old folders have none. */
  readonly plan?: RunPlan;
}

/** The data, the model and the options of a run. */
export interface RunPlan {
  /** The data set's name, and how it was read. */
  readonly data: { readonly name: string } & Readonly<Record<string, unknown>>;
  readonly model: ModelData;
  /** A training's `RunData`, or a comparison's settings. */
  readonly run: RunData | CompareSettings;
}

/** env.json: the software and hardware that computed the run. */
export interface Environment {
  readonly downhill: string;
  /** The backend that computed nets; null where there were none. Missing in old folders. */
  readonly backend?: RunRecord["backend"] | null;
  /** The device that computed nets. Missing in older folders. */
  readonly device?: RunRecord["device"] | null;
  /** The version of ONNX Runtime, if it was used. */
  readonly onnxruntime: string | null;
  readonly node: string;
  /** Operating system and architecture, `linux x64 6.1.0`. */
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  /** GiB of memory. */
  readonly memory: number;
}

/** A walk on a surface: the result of `minimize` in a form that JSON can hold, point by point. */
export interface MinimizeRecord extends Pick<Path, "outcome"> {
  readonly surface: string;
  readonly optimizer: string;
  readonly hyper: RunRecord["hyper"];
  /** The noise on its gradients, if any. */
  readonly noise?: Noise;
  /** The start, and the point after each step. */
  readonly points: readonly (readonly number[])[];
  /** null where the value is not finite. */
  readonly values: readonly (number | null)[];
  /** Only where a model was fitted to data. */
  readonly fit?: FitRecord;
}

/** summary.json: the result. A training of the kind "train" whose rows were divided into folds has one of the kind "folds". */
export type Summary =
  | { readonly kind: "train"; readonly result: RunRecord }
  | { readonly kind: "folds"; readonly result: CrossValidation }
  | { readonly kind: "compare"; readonly result: CompareResult }
  | { readonly kind: "minimize"; readonly result: MinimizeRecord }
  | { readonly kind: "fit"; readonly result: CurveRecord }
  | { readonly kind: "reproduce"; readonly result: ReproductionRecord };

/** A line of metrics.jsonl: an event with its kind. */
export interface MetricsLine {
  readonly kind: string;
  readonly [key: string]: unknown;
}

/** The contents of a run folder. `summary` is null where a killed run has left too little. */
export interface RunFolder {
  readonly path: string;
  readonly config: RunConfig;
  readonly environment: Environment | null;
  readonly metrics: readonly MetricsLine[];
  readonly summary: Summary | null;
  /** The surface of a walk that has just been made; for one read from a file it is found by name. */
  readonly surface?: Surface;
}
