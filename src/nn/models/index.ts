import type { ModelFamily } from "../model-family.ts";
import { adamCnnFamily } from "./adam-cnn.ts";
import { twoConvTwoDenseFamily } from "./deepobs.ts";
import { densenetFamily } from "./densenet.ts";
import { lenetFamily } from "./lenet.ts";
import { resnetFamily } from "./resnet.ts";
import { vggFamily } from "./vgg.ts";
import { wrnFamily } from "./wrn.ts";

export type { ModelFamily } from "../model-family.ts";
export { type AdamCnnOptions, adamCnn } from "./adam-cnn.ts";
export { twoConvTwoDense } from "./deepobs.ts";
export { type DenseNetOptions, densenet } from "./densenet.ts";
export { lenet } from "./lenet.ts";
export { type ResNetOptions, resnet } from "./resnet.ts";
export { vgg9 } from "./vgg.ts";
export { type WideResNetOptions, wideResnet } from "./wrn.ts";

/** All families of published models. */
export const families: readonly ModelFamily[] = [
  lenetFamily,
  twoConvTwoDenseFamily,
  adamCnnFamily,
  vggFamily,
  resnetFamily,
  wrnFamily,
  densenetFamily,
];

/** The names of published models, as `--model` takes them. Others are possible, such as resnet-26. */
export const names: readonly string[] = families.flatMap((family) => family.names);
