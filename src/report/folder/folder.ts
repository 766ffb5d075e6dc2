import type { CompareResult, CompareSettings } from "../../compare/index.ts";
import type { ModelData } from "../../nn/index.ts";
import type { Noise } from "../../objective/index.ts";
import type { Surface } from "../../surfaces/index.ts";
import type { Path, RunData, RunRecord } from "../../train/index.ts";
import type { FitRecord } from "../walk/fit.ts";

/** What a run folder can hold. */
export type RunKind = "train" | "compare" | "minimize";

/** config.json: what was asked for, so that it can be asked for again. */
export interface RunConfig {
  /** The version of this file's form. */
  readonly format: 1;
  readonly kind: RunKind;
  /** What it is about, as in the folder's name: `adam-digits`, `digits`, `adam-beale`. */
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The command that makes the same run again, `downhill train --data digits …`. */
  readonly command: string;
  /** Every setting, with the defaults that do not depend on other settings: plain data of the kind's own. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Of a training or a comparison: the same as plain data of the library, every default in its place. Folders of old have none. */
  readonly plan?: RunPlan;
}

/** What was done on which data with which model. */
export interface RunPlan {
  /** The data set's name, and how it was read. */
  readonly data: { readonly name: string } & Readonly<Record<string, unknown>>;
  readonly model: ModelData;
  /** Of a training, a `RunData`; of a comparison, its settings. */
  readonly run: RunData | CompareSettings;
}

/** env.json: with what it was computed. */
export interface Environment {
  readonly downhill: string;
  /** What computed nets; null where none was computed. Folders of old don't say. */
  readonly backend?: RunRecord["backend"] | null;
  /** Which device did; older folders don't say. */
  readonly device?: RunRecord["device"] | null;
  /** The version of ONNX Runtime, where it computed. */
  readonly onnxruntime: string | null;
  readonly node: string;
  /** Operating system and architecture, `linux x64 6.1.0`. */
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  /** GiB of memory. */
  readonly memory: number;
}

/** A walk on a surface: what `minimize` gives, its points one by one, as JSON can hold them. */
export interface MinimizeRecord extends Pick<Path, "outcome"> {
  readonly surface: string;
  readonly optimizer: string;
  readonly hyper: RunRecord["hyper"];
  /** What its gradients were seen through. */
  readonly noise?: Noise;
  /** One for each step, the start first. */
  readonly points: readonly (readonly number[])[];
  /** null where the value is not finite. */
  readonly values: readonly (number | null)[];
  /** Where a model was fitted to data. */
  readonly fit?: FitRecord;
}

/** summary.json: the result. */
export type Summary =
  | { readonly kind: "train"; readonly result: RunRecord }
  | { readonly kind: "compare"; readonly result: CompareResult }
  | { readonly kind: "minimize"; readonly result: MinimizeRecord };

/** A line of metrics.jsonl: an event as it came, with its kind. */
export interface MetricsLine {
  readonly kind: string;
  readonly [key: string]: unknown;
}

/** A run folder that was read back. `summary` is missing where the run was killed. */
export interface RunFolder {
  readonly path: string;
  readonly config: RunConfig;
  readonly environment: Environment | null;
  readonly metrics: readonly MetricsLine[];
  readonly summary: Summary | null;
  /** The surface of a walk that was just made; one that was read back is found by its name. */
  readonly surface?: Surface;
}
