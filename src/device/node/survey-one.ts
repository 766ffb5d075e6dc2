import { deviceNames } from "../device.ts";
import { tryDevice } from "./survey.ts";

/** A process that tries the device in its first argument, and prints the result as JSON on its last line. */
const name = deviceNames.find((each) => each === process.argv[2]);
if (name === undefined) throw new RangeError(`name a device: ${deviceNames.join(", ")}`);
process.stdout.write(`${JSON.stringify(await tryDevice(name))}\n`);
