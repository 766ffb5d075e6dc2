import { readDeepLandscapes } from "../../cli/read/deep-landscapes.ts";
import { readTemperatures } from "../../cli/read/temperatures.ts";
import type { Given } from "../../lecture/index.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import { nodeDevice } from "../../src/device/node/device.ts";

/** What experiments are run with here: the bundled temperatures, and a data set. */
export const givenData = (name: string): Given => ({
  temperatures: readTemperatures(),
  landscapes: readDeepLandscapes(),
  data: () => loadDataset(name),
  device: () => nodeDevice(),
});
