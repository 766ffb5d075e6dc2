import { parseJson } from "../../files/index.ts";
import { readText } from "../../files/node/index.ts";
import { checkModelData, type ModelData } from "../model-data.ts";
import { parseModel, type TextOptions } from "../model-text.ts";

/** The most bytes of a model's file; a layer takes a line. */
const LARGEST = 2 ** 20;

/** Whether a model's text is the path of a JSON file. */
export const isModelFile = (text: string): boolean => /\.json$/i.test(text.trim());

/**
 * Reads a model's text as `parseModel` does, or the JSON file that it names. Throws a RangeError, a TypeError or a JsonError for
 * anything but a model, and the system's error for a file that cannot be read.
 */
export function readModel(text: string, options: TextOptions = {}): ModelData {
  if (!isModelFile(text)) return parseModel(text, options);
  if ((options.dropout ?? 0) > 0 || options.activation !== undefined)
    throw new RangeError(`a model's file describes each layer; set activation and dropout there`);
  return checkModelData(parseJson(readText(text.trim(), LARGEST)));
}
