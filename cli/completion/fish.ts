import type { CommandOffer, FlagOffer, Offer } from "./grammar.ts";

/** Completion for fish. */
export const fishScript = (commands: readonly CommandOffer[]): string =>
  [
    "# fish completion for downhill",
    "complete -c downhill -f",
    ...commands.map(
      ({ name, summary }) => `complete -c downhill -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ),
    ...commands.flatMap(linesOf),
    "",
  ].join("\n");

function linesOf({ name, flags, words }: CommandOffer): string[] {
  const here = `complete -c downhill -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
  return [
    ...flags.map((flag) => `${here} -l ${flag.name}${argumentOf(flag)} -d ${quoted(flag.help)}`),
    ...words.flatMap((word) => {
      const offered = offerOf(word);
      return offered === "" ? [] : [`${here}${offered}`];
    }),
  ];
}

const argumentOf = (flag: FlagOffer): string =>
  flag.takesValue ? (flag.paths === "files" ? " -r" : " -x") + offerOf(flag) : "";

/** Names, and paths: those of folders fish has a function for. */
function offerOf({ names, paths }: Offer): string {
  const folders = paths === "folders" ? ["(__fish_complete_directories)"] : [];
  const list = [...names.map(word), ...folders].join(" ");
  return `${paths === "files" ? " -F" : ""}${list === "" ? "" : ` -a ${quoted(list)}`}`;
}

/** As a word of a list that fish expands once more. */
const word = (name: string): string => name.replace(/[()$*?~#\\ ]/g, "\\$&");

const quoted = (text: string): string => `'${text.replace(/['\\]/g, "\\$&")}'`;
