import type { Device } from "../../src/device/device.ts";
import { nodeDevice } from "../../src/device/node/device.ts";
import * as flags from "../flags/index.ts";
import { type Io, warn } from "../io.ts";
import { asUsageLater } from "../mistakes/failure.ts";
import type { Settings } from "../settings.ts";

/** The device that `--device` or `--backend` asks for; a warning says where another one had to be taken. */
export const deviceFor = (settings: Settings, io: Io, threads = settings.get(flags.threads)): Promise<Device> =>
  asUsageLater(
    nodeDevice({
      ...{ device: settings.get(flags.device), backend: settings.get(flags.backend), threads },
      onWarning: (message) => warn(io, message),
    }),
  );
