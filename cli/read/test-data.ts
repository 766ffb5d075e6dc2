import type { Dataset } from "../../src/data/index.ts";
import { isArrays, loadTestData } from "../../src/data/node/index.ts";
import type { RawTable } from "../../src/data/table/index.ts";
import type { Net } from "../../src/nn/index.ts";
import { form } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { Progress } from "../print/progress.ts";
import type { Settings } from "../settings.ts";
import { tell } from "./data-set.ts";
import { rowsIn } from "./trained-net.ts";

/** What a net is evaluated on: all rows of a table, or the test set of any other data set, prepared as the net takes it. */
export async function testDataIn(name: string, net: Net, settings: Settings, io: Io): Promise<RawTable | Dataset> {
  const dir = settings.get(flags.dataDir);
  const limit = settings.get(flags.testLimit);
  if (!isArrays(name)) {
    if (limit !== undefined)
      throw new UsageError(`--limit is for images and data sets such as mnist; ${name} is a file of rows`);
    if (dir !== undefined) throw new UsageError(`--data-dir is for data sets such as mnist; ${name} is a file of rows`);
    return rowsIn(name, net, settings);
  }
  const flag = [...Object.values(form), flags.header, flags.noHeader].find((each) => settings.has(each));
  if (flag !== undefined) throw new UsageError(`--${flag.name} needs a table, and ${name} is none; give --data FILE`);
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const data = await loadTestData(name, net.preprocessing, {
    ...{ ...(dir !== undefined && { dir }), ...(limit !== undefined && { limit }) },
    ...{ signal: io.signal, onProgress: (event) => tell(event, progress) },
  });
  progress.clear();
  return data;
}
