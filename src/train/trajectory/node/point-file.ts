import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { whole } from "../../../arguments/index.ts";
import { DataError, parseJson } from "../../../files/index.ts";
import { errorCode, fileError } from "../../../files/node/index.ts";
import {
  type Check,
  fraction,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type Schema,
} from "../../../files/schema/index.ts";
import { type Model, parameterCount, stateCount } from "../../../nn/index.ts";
import { readWeights, writeWeights } from "../../../nn/node/index.ts";
import type { Measured } from "../../record.ts";
import { measured as plain } from "../../recorder.ts";
import type { TrajectoryPoint } from "../plan.ts";

/** A point of a trajectory as its file holds it. */
export interface SavedPoint extends Pick<TrajectoryPoint, "step" | "epoch" | "w" | "s"> {
  /** The mean over the training set at this point, where it is known. */
  readonly train?: Measured;
  /** The mean over the validation set at this point; missing in the middle of an epoch. */
  readonly validation?: Measured;
}

/** The metadata's key for all but the weights. */
const POINT = "downhill.point";

/** `step-00000050.safetensors`, so that names stand in the order of the steps. */
const nameOf = (step: number): string => `step-${String(step).padStart(8, "0")}.safetensors`;
const NAME = /^step-(\d{8,16})\.safetensors$/;

/** The step that a file's name tells; NaN for a file of another name. */
export const stepOf = (file: string): number => Number(NAME.exec(basename(file))?.[1]);

/** A safetensors file's header, about. */
const HEADER = 1024;

/** About how many bytes a point's file takes. */
export const pointBytes = (model: Model, dtype: "f32" | "f64"): number =>
  HEADER + (dtype === "f32" ? 4 : 8) * (parameterCount(model) + stateCount(model));

/** Writes a point to a file in a folder that exists, completely or not at all, and returns the file's path. */
export function writePoint(point: TrajectoryPoint, model: Model, folder: string): string {
  const file = join(folder, nameOf(point.step));
  const { w, s, train, validation, ...place } = point;
  const told = {
    ...place,
    ...(train && { train: plain(train) }),
    ...(validation && { validation: plain(validation) }),
  };
  writeWeights(file, { model, w, s }, new Map([[POINT, JSON.stringify(told)]]));
  return file;
}

/** The files of a folder's points, in the order of their steps; undefined if there is no such folder. */
export function pointFiles(folder: string): string[] | undefined {
  try {
    const names = readdirSync(folder).filter((name) => NAME.test(name));
    return names.sort((a, b) => stepOf(a) - stepOf(b)).map((name) => join(folder, name));
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return undefined;
    throw fileError(error, folder);
  }
}

/** Reads a point. Throws a DataError or SafetensorsError for anything else, and for a point of another model. */
export function readPoint(file: string, model: Model): SavedPoint {
  const { w, s, metadata } = readWeights(file, model);
  const told = toldIn(metadata.get(POINT));
  const problem = told === undefined ? "it has no step" : schema.problem(told, POINT);
  if (problem !== undefined || !isPoint(told))
    throw new DataError(file, `it is no point of a trajectory: ${problem}`, "leave the file out");
  const { step, epoch, train, validation } = told;
  if (stepOf(file) !== step)
    throw new DataError(
      file,
      `it holds the point of step ${step}, which its name does not say`,
      `name it ${nameOf(step)}, or leave it out`,
    );
  return { step, ...(epoch && { epoch }), ...(train && { train }), ...(validation && { validation }), w, s };
}

function toldIn(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : parseJson(text);
  } catch {
    return undefined;
  }
}

type Told = Omit<SavedPoint, "w" | "s">;

const measured = object<Measured>({
  loss: nullable(number),
  nonFinite: optional(oneOf("NaN", "Infinity", "-Infinity")),
  cutOff: optional(oneOf(true)),
  accuracy: optional(fraction),
});

const countFrom = (least: number): Schema<number> => {
  const { allows, words } = whole(least);
  return {
    problem: (value, path) => (typeof value === "number" && allows(value) ? undefined : `${path} must be ${words}`),
  };
};

const schema: Check = object<Told>({
  step: countFrom(0),
  epoch: optional(countFrom(1)),
  train: optional(measured),
  validation: optional(measured),
});

const isPoint = (value: unknown): value is Told => schema.problem(value, POINT) === undefined;
