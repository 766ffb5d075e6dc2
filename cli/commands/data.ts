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
    ["downhill data", "the list of all data sets, and where their files are"],
    ["downhill data fetch fashion-mnist", "download it into the cache"],
    ["downhill data show digits --count 3", "three samples of the handwritten digits"],
    ["downhill data show csv:houses.csv --predict price", "see how a table of your own is read"],
    [
      "downhill data show csv:prices.csv --delimiter semicolon --decimal , --header",
      "the same, for a table whose format you know",
    ],
  ],
  load: () => import("./data-work.ts"),
};
