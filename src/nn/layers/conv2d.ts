import { checkOptions } from "../../arguments/index.ts";
import { input, type Shape, sizeOf } from "../../expr/index.ts";
import { add, conv2d as convolve, reshape } from "../../expr/operators/index.ts";
import { type Activation, type ActivationName, identity } from "../activations.ts";
import { biasOf } from "../bias.ts";
import { type ImagePadding, windowOptions } from "../image-windows.ts";
import { glorotUniform, type Initializer, type InitializerName } from "../initializers.ts";
import { type LayerBuilder, layer } from "../layer.ts";
import type { Written } from "../named.ts";

/** The parts of a convolution besides the number and the size of its filters. */
export interface Conv2dOptions {
  /** A name, a name with settings, or a function of your own. Default: none. */
  readonly activation?: ActivationName | Activation | Written;
  /** Steps from one window to the next. Default: 1. */
  readonly stride?: number;
  /** Rows and columns of zeros around the image, or "same": then the outputs have ⌈length / stride⌉ rows and columns. Default: 0. */
  readonly padding?: ImagePadding;
  /** Steps from one element of the kernel to the next. Default: 1. */
  readonly dilation?: number;
  /** Channels are divided into this many groups, each with its own filters. Default: 1. */
  readonly groups?: number;
  /** Whether a bias is added for each filter. Default: true. */
  readonly bias?: boolean;
  /** The initializer of the kernels. Default: He's for ReLU and its kin, LeCun's for SELU, Glorot's otherwise. */
  readonly weights?: InitializerName | Initializer | Written;
  /** The initializer of the biases. Default: zeros. */
  readonly biases?: InitializerName | Initializer | Written;
}

/**
 * The convolution of images with filters, plus a bias for each, then the activation: from [batch, channels, height, width] to
 * [batch, filters, …, …]. Its tensors are `weight` [filters, channels / groups, kernel, kernel] and `bias` [filters].
 */
export const conv2dKind = layer({
  kind: "conv2d",
  title: "x ∗ W + b over images, then an activation",
  options: ["filters", "kernel", "activation", "stride", "padding", "dilation", "groups", "bias", "weights", "biases"],
  inputs: "image",
  outputs: null,
  read: (given) => ({
    filters: given.count("filters"),
    kernel: given.count("kernel"),
    activation: given.activation("activation", identity),
    stride: given.count("stride", 1),
    padding: given.wholeOr("padding", ["same"], 0),
    dilation: given.count("dilation", 1),
    groups: given.count("groups", 1),
    bias: given.flag("bias", true),
    weights: given.initializer("weights"),
    biases: given.initializer("biases"),
  }),
  build: (options, [channels, ...image]) => {
    const { filters, kernel, groups, bias, activation, weights = activation.weights ?? glorotUniform } = options;
    if (channels % groups !== 0 || filters % groups !== 0)
      throw new RangeError(
        `conv2d: ${channels} channels and ${filters} filters do not divide into ${groups} groups; take a number of groups that divides both`,
      );
    const shape = [filters, channels / groups, kernel, kernel];
    const laid = { ...windowOptions(image, options), groups };
    const one = convolve(input("image", [1, channels, ...image]), input("kernels", shape), laid);
    return {
      outputShape: one.shape.slice(1),
      parameters: {
        weight: { shape, initialize: forKernels(weights) },
        ...biasOf("conv2d", options, [filters]),
      },
      state: {},
      multiplyAdds: sizeOf(one.shape) * sizeOf(shape.slice(1)),
      role: { kind: "convolution" },
      forward: (x, w) => {
        const sums = convolve(x, w.weight, laid);
        return activation(bias ? add(sums, reshape(w.bias, [filters, 1, 1])) : sums);
      },
    };
  },
});

/** An initializer, which knows a tensor as […, inputs, outputs], for kernels [outputs, inputs, height, width]. */
function forKernels(initialize: Initializer): Initializer {
  const draw = ([outputs, inputs, ...kernel]: Shape, random: Parameters<Initializer>[1]): Float64Array => {
    const values = initialize([...kernel, inputs, outputs], random);
    const size = sizeOf(kernel);
    return Float64Array.from({ length: values.length }, (_, at) => {
      const [output, rest] = [Math.floor(at / (inputs * size)), at % (inputs * size)];
      return values[((rest % size) * inputs + Math.floor(rest / size)) * outputs + output];
    });
  };
  return Object.defineProperty(draw, "name", { value: initialize.name });
}

/**
 * The convolution of images with this many filters, whose kernels have as many rows as columns, plus biases, then the activation.
 * Throws a RangeError or TypeError for a value that is not allowed.
 */
export function conv2d(filters: number, kernel: number, options: Conv2dOptions = {}): LayerBuilder {
  const names = ["activation", "stride", "padding", "dilation", "groups", "bias", "weights", "biases"];
  checkOptions("conv2d", options, names, 'conv2d(32, 3, { activation: "relu", padding: "same" })');
  return conv2dKind.with({ ...options, filters, kernel });
}
