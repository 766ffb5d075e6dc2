import { checkChoice, checkNumber, checkOptions, domains, whole } from "../arguments/index.ts";
import type { Examples, Source } from "../data/index.ts";
import type { Device, DeviceOptions } from "../device/index.ts";
import type { DType } from "../expr/index.ts";
import type { Trained } from "../nn/index.ts";
import { NetObjective } from "../objective/index.ts";
import { checkExamples, checkNet } from "./checks/nets.ts";
import { type Connection, type ConnectOptions, connect, connectOptions } from "./journeys/connect.ts";
import { type PointMeter, pointMeter } from "./slices/point-meter.ts";
import { type MeterOptions, meterOptions, type WeightsMeter, weightsMeter } from "./slices/weights-meter.ts";

/** The device that measures, by its name or your own, its threads, and who hears of a slower one. */
export interface DeviceSettings extends Pick<DeviceOptions, "device" | "threads" | "onWarning"> {}

/** A net, and on what it is measured. */
export interface MeterRequest extends Omit<MeterOptions, "device">, DeviceSettings {}

/** Two solutions, and how the curve between them is trained and measured. */
export interface ConnectRequest extends Omit<ConnectOptions, "device">, DeviceSettings {}

/** A net, and the examples over which its loss is a function of the weights. */
export interface NetObjectiveRequest extends DeviceSettings {
  /** A trained net, or a model with weights of any kind; a state, such as the means of batch normalisation, stays as it is. */
  readonly net: Pick<Trained, "model" | "w" | "s">;
  readonly examples: Examples | Source;
  /** The type that the net is computed in. Default "f64", as curvature is a difference of nearly equal numbers. A GPU may have "f32" only. */
  readonly dtype?: DType;
  /** The strength of a term ½·l2·‖w‖² in the loss, over all parameters. Default 0. */
  readonly l2?: number;
  /** Examples computed at a time, which bounds the memory. Default 2,000. */
  readonly chunk?: number;
  /** Seed of the random gradients for Kronecker factors. Default 1. */
  readonly seed?: number;
}

/** Measurements on the devices of one platform, Node or a browser; the docstrings of its members are in `node/measuring.ts`. */
export interface Measuring {
  readonly netObjective: (options: NetObjectiveRequest) => Promise<NetObjective>;
  readonly weightsMeter: (options: MeterRequest) => Promise<WeightsMeter>;
  readonly pointMeter: (options: MeterRequest, directions: readonly Float64Array[]) => Promise<PointMeter>;
  readonly connect: (options: ConnectRequest) => Promise<Connection>;
}

/** What is said of a device beside its name. */
const ofDevice = ["threads", "onWarning"] as const;
const ofObjective = ["net", "examples", "device", ...ofDevice, "dtype", "l2", "chunk", "seed"] as const;

export function measuringOn(deviceFor: (options: DeviceOptions) => Promise<Device>): Measuring {
  /** The options with their device in the place of its name. */
  async function withDevice<Request extends DeviceSettings>({
    device,
    threads,
    onWarning,
    ...others
  }: Request): Promise<Omit<Request, keyof DeviceSettings> & { readonly device: Device }> {
    const settings = {
      ...(device !== undefined && { device }),
      ...(threads !== undefined && { threads }),
      ...(onWarning !== undefined && { onWarning }),
    };
    return { ...others, device: await deviceFor(settings) };
  }
  return {
    netObjective: async (options) => {
      checkObjectiveOptions(options);
      const { net, ...others } = await withDevice(options);
      return new NetObjective({ ...others, model: net.model, ...(net.s && { state: net.s }) });
    },
    weightsMeter: async (options) => {
      checkOptions(
        "weightsMeter",
        options,
        [...meterOptions, ...ofDevice],
        "weightsMeter({ net, examples: data.train })",
      );
      return weightsMeter(await withDevice(options));
    },
    pointMeter: async (options, directions) => {
      const example = "pointMeter({ net, examples: data.train }, directions)";
      checkOptions("pointMeter", options, [...meterOptions, ...ofDevice], example);
      return pointMeter(await withDevice(options), directions);
    },
    connect: async (options) => {
      const example = "connect({ model, data, ends: [a.w, b.w], optimizer: adam() })";
      checkOptions("connect", options, [...connectOptions, ...ofDevice], example);
      return connect(await withDevice(options));
    },
  };
}

function checkObjectiveOptions(options: NetObjectiveRequest): void {
  checkOptions("netObjective", options, ofObjective, "netObjective({ net, examples: data.train })");
  const { net, examples, dtype, l2, chunk, seed } = options;
  checkNet("netObjective", net);
  checkExamples("netObjective", examples);
  if (dtype !== undefined) checkChoice("netObjective: dtype", dtype, ["f64", "f32"]);
  if (l2 !== undefined) checkNumber("netObjective: l2", l2, domains.notNegative);
  if (chunk !== undefined) checkNumber("netObjective: chunk", chunk, domains.count);
  if (seed !== undefined) checkNumber("netObjective: seed", seed, whole(0));
}
