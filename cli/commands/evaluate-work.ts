import { evaluate } from "../../src/metrics/index.ts";
import * as flags from "../flags/index.ts";
import { exitCode } from "../io.ts";
import { metricsText } from "../print/metrics.ts";
import { jsonText } from "../print/result.ts";
import { netIn, noteUnseen, rowsIn } from "../read/trained-net.ts";
import type { Read } from "./command.ts";

/** `downhill evaluate`: how good a trained model is. */
export const read: Read = async (settings, io) => {
  const path = settings.value(flags.data);
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
