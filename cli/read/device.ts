import type { Device } from "../../src/device/index.ts";
import { chosenDevice } from "../../src/device/index.ts";
import { nodeDevice } from "../../src/device/node/index.ts";
import * as bundles from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { type Io, warn } from "../io.ts";
import type { Settings } from "../settings.ts";

/** The device that `--device` or `--backend` asks for; a warning says where another one had to be taken. */
export const deviceFor = (settings: Settings, io: Io, threads = settings.get(flags.threads)): Promise<Device> =>
  nodeDevice({ ...settings.options(bundles.device), threads, onWarning: (message) => warn(io, message) });

/** Looks at the choice alone, for commands that may do without a device. Throws a RangeError where the two flags disagree. */
export function checkDevice(settings: Settings): void {
  chosenDevice(settings.options(bundles.device));
}
