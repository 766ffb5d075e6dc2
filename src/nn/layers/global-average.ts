import { mean } from "../../expr/operators/index.ts";
import { type LayerBuilder, layer } from "../layer.ts";

/** The mean of each channel: from [batch, channels, height, width] to [batch, channels] (Lin, Chen & Yan 2014). */
export const globalAverageKind = layer({
  kind: "global-average",
  title: "the mean of each channel",
  options: [],
  inputs: "image",
  outputs: null,
  read: () => ({}),
  build: (_, [channels]) => ({
    outputShape: [channels],
    parameters: {},
    state: {},
    multiplyAdds: 0,
    role: { kind: "other" },
    forward: (x) => mean(x, { axes: [2, 3] }),
  }),
});

/** The mean of each channel: from [batch, channels, height, width] to [batch, channels]. */
export const globalAverage = (): LayerBuilder => globalAverageKind.with({});
