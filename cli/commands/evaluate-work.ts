import { evaluate } from "../../src/metrics/index.ts";
import * as flags from "../flags/index.ts";
import { exitCode } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { metricsText } from "../print/metrics.ts";
import { jsonText } from "../print/result.ts";
import { netIn, noteUnseen, rowsIn } from "../read/trained-net.ts";
import type { Read } from "./command.ts";

/** `downhill evaluate`: how good a trained model is. */
export const read: Read = async (settings, io) => {
  const path = settings.get(flags.data);
  if (path === undefined)
    throw new UsageError("evaluate needs rows with their targets: give --data FILE, such as --data test.csv");
  const net = await netIn(settings, io);
  const table = await rowsIn(path, net, settings);
  return async () => {
    const metrics = await evaluate(net, table);
    noteUnseen(table, net, settings, io);
    await net.dispose();
    io.out.write(settings.get(flags.json) ? jsonText(metrics) : metricsText(metrics));
    return exitCode.success;
  };
};
