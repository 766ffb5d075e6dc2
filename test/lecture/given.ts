import { loadDataset } from "../../src/data/node/index.ts";
import type { Given } from "../../src/lecture/index.ts";
import { nodeMeans } from "../../src/train/node/means.ts";

/** What experiments are run with on a data set of one's own choice. */
export const givenData = (name: string): Given => ({
  temperatures: [],
  data: () => loadDataset(name),
  means: () => nodeMeans(),
});
