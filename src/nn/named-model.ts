import { unknownName } from "../arguments/index.ts";
import type { ModelData, Shapes } from "./model-data.ts";
import { families } from "./models/index.ts";
import { textOptions } from "./text-options.ts";

/** The classes of MNIST and of CIFAR-10, on which the papers train. */
const CLASSES = 10;

/**
 * The model that a name stands for, `resnet-20`, perhaps with options after colons, `adam-cnn:16-16-32-128`: for these data, else for
 * images and classes as in its paper. Undefined for a text that is no such name. Throws a RangeError for options that are not
 * allowed, and for data that do not fit.
 */
export function namedModel(text: string, data?: Shapes): ModelData | undefined {
  const [word, ...parts] = text.split(":").map((part) => part.trim());
  const name = word.toLowerCase();
  const family = families.find(({ pattern }) => pattern.test(name));
  if (family === undefined) return undefined;
  const given = textOptions(name, parts, family.options);
  const other = Object.keys(given).find((option) => !family.options.includes(option));
  if (other !== undefined) throw new RangeError(unknownName(`${name}: option`, other, family.options));
  const said = family.said(family.pattern.exec(name)?.slice(1) ?? []);
  const inputShape = data?.inputShape ?? family.inputShape;
  const ends = { name, inputShape, classes: data === undefined ? CLASSES : undefined };
  const layers = family.layers({ ...said, ...given }, ends);
  return { format: "downhill-model 1", name: [name, ...parts].join(":"), inputShape, layers };
}
