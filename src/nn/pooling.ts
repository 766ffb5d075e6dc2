import { type Expr, input } from "../expr/index.ts";
import type { PoolingOptions } from "../expr/operators/index.ts";
import { type ImagePadding, windowOptions } from "./image-windows.ts";
import { type LayerKind, layer } from "./layer.ts";

/** How the windows of a pooling lie. */
export interface PoolOptions {
  /** Steps from one window to the next. Default: the window's length, so that windows do not overlap. */
  readonly stride?: number;
  /** Rows and columns around the image, which do not count, or "same": as many as it takes for ⌈length / stride⌉ windows. Default: 0. */
  readonly padding?: ImagePadding;
}

/** A kind of layer that pools windows. */
export const pooling = (
  kind: string,
  title: string,
  pool: (images: Expr, options: PoolingOptions) => Expr,
): LayerKind =>
  layer({
    ...{ kind, title, options: ["kernel", "stride", "padding"], inputs: "image", outputs: null },
    read: (given) => {
      const kernel = given.count("kernel");
      return { kernel, stride: given.count("stride", kernel), padding: given.wholeOr("padding", ["same"], 0) };
    },
    build: (options, [channels, ...image]) => {
      const laid = { ...windowOptions(image, options), kernel: options.kernel };
      return {
        outputShape: pool(input("image", [1, channels, ...image]), laid).shape.slice(1),
        ...{ parameters: {}, state: {}, multiplyAdds: 0 },
        role: { kind: "other" },
        forward: (x) => pool(x, laid),
      };
    },
  });

/** The names of the options. */
export const poolOptions: readonly (keyof PoolOptions)[] = ["stride", "padding"];
