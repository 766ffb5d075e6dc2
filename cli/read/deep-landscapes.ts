import type { DeepLandscape } from "../../lecture/index.ts";
import { assetPath } from "../../src/data/node/index.ts";
import { DataError, parseJson } from "../../src/files/index.ts";
import { readText } from "../../src/files/node/index.ts";
import { count, fits, fraction, number, object, text } from "../../src/files/schema/index.ts";
import { parseSlice } from "../../src/report/index.ts";

type About = Omit<DeepLandscape, "slice">;

const fit = object<About["train"]>({ loss: number, accuracy: fraction });

const about = object<{ readonly net: About }>({
  net: object<About>({ model: text, parameters: count, training: text, train: fit, test: fit }),
});

/** The nets whose landscapes are inside the package, in the order in which they are shown. */
const NETS = ["resnet-56", "resnet-56-noshort"] as const;

/** Bytes: a grid of a thousand by a thousand. */
const LARGEST = 2 ** 26;

/** Landscapes of deep nets, which take hours to train and to measure: those inside the package. */
export const readDeepLandscapes = (): DeepLandscape[] =>
  NETS.map((net) => {
    const file = assetPath(`landscapes/${net}.json`);
    const content = readText(file, LARGEST);
    const slice = parseSlice(content, file);
    const value = parseJson(content);
    if (!fits(about, value))
      throw new DataError(file, about.problem(value, "it") ?? "it is no landscape", "install the package again");
    return { slice, ...value.net };
  });
