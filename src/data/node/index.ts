export { isArrays } from "../registry.ts";
export { assetPath } from "./asset.ts";
export { cacheFolder } from "./cache.ts";
export { fetchDataset, findDataset, loadDataset, loadTable } from "./load.ts";
export type { DataEvent, FetchOptions, LoadOptions } from "./options.ts";
export { loadTestData } from "./test-data.ts";
