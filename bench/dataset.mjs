import { findDataset } from "../dist/src/node/index.js";

/** Options for `loadDataset`, or why the data are not there. Nothing is downloaded. */
export function locate(name, { DOWNHILL_DATA: dir } = process.env) {
  const place = { ...(dir ? { dir } : {}), download: false };
  for (const options of [place, { download: false }]) if (findDataset(name, options.dir) !== undefined) return options;
  return { skipped: `${name} was not found: downhill data fetch ${name}, or name its folder in DOWNHILL_DATA` };
}
