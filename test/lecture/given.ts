import { loadDataset } from "../../src/data/node/index.ts";
import type { Given } from "../../src/lecture/index.ts";
import { readTemperatures } from "../../src/lecture/node/temperatures.ts";
import { nodeMeans } from "../../src/train/node/means.ts";

/** What experiments are run with here: the bundled temperatures, and a data set. */
export const givenData = (name: string): Given => ({
  temperatures: readTemperatures(),
  data: () => loadDataset(name),
  means: () => nodeMeans(),
});
