import { output, source, tableFlags } from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import type { Command } from "./command.ts";

export const data: Command = {
  name: "data",
  summary: "list the data sets, fetch one, or look at its samples",
  words: [
    ["[action]", "list, fetch or show", { names: async () => ["list", "fetch", "show"] }],
    ["[name]", "the data set to fetch or show", flags.data.suggests],
  ],
  flags: [...Object.values(source), ...tableFlags, flags.count, flags.json, ...output],
  defaults: { count: "5" },
  examples: [
    ["downhill data", "all of them, and where they are found"],
    ["downhill data fetch fashion-mnist", "download it into the cache"],
    ["downhill data show digits --count 3", "three samples"],
    ["downhill data show csv:houses.csv --predict price", "how a table of your own is read"],
    ["downhill data show csv:prices.csv --delimiter semicolon --decimal , --header", "the same, told what to expect"],
  ],
  load: () => import("./data-work.ts"),
};
