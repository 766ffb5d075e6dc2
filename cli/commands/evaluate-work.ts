import { evaluate } from "../../src/metrics/index.ts";
import * as flags from "../flags/index.ts";
import { exitCode } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { metricsText } from "../print/metrics.ts";
import { jsonText } from "../print/result.ts";
import { testDataIn } from "../read/test-data.ts";
import { netIn, noteUnseen } from "../read/trained-net.ts";
import type { Read } from "./command.ts";

/** `downhill evaluate`: how good a trained model is. */
export const read: Read = async (settings, io) => {
  const path = settings.get(flags.data);
  if (path === undefined)
    throw new UsageError(
      "evaluate needs examples with their targets: give --data FILE, such as --data test.csv, or a data set, such as --data mnist",
    );
  const net = await netIn(settings, io);
  const data = await testDataIn(path, net, settings, io);
  return async () => {
    const metrics = await evaluate(net, data);
    if ("rows" in data) noteUnseen(data, net, settings, io);
    await net.dispose();
    io.out.write(settings.get(flags.json) ? jsonText(metrics) : metricsText(metrics));
    return exitCode.success;
  };
};
