import type { CommandOffer, FlagOffer, Offer } from "./grammar.ts";

/** Completion for fish. */
export const fishScript = (commands: readonly CommandOffer[]): string =>
  [
    "# fish completion for downhill",
    helpers,
    "complete -c downhill -f",
    ...commands.map(
      ({ name, summary }) => `complete -c downhill -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ),
    ...commands.flatMap(linesOf),
    "",
  ].join("\n");

/** They look at the word being typed, without the flag that it may begin with. */
const helpers = `function __downhill_word
  commandline -ct | string replace -r '^--[^=]*=' '' | string unescape
end
function __downhill_list
  set -l before (__downhill_word | string replace -r '[^,]*$' '')
  printf '%s\\n' $before$argv
end
function __downhill_longer
  string match -q -r '[:+]' -- (__downhill_word); and printf '%s\\n' $argv
end
function __downhill_files
  set -l word (__downhill_word)
  string match -q -- "$argv[1]*" "$word"; or return
  set -l path (string replace -- $argv[1] '' "$word")
  for file in $path*
    test -d $file; and set file $file/
    printf '%s\\n' $argv[1]$file
  end
end
function __downhill_command
  set -l words (commandline -opc)
  test (count $words) -gt 1; and test "$words[2]" = $argv[1]
end`;

function linesOf({ name, flags, words }: CommandOffer): string[] {
  const here = `complete -c downhill -n ${quoted(`__downhill_command ${name}`)}`;
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
function offerOf({ names, longer, list, paths, before }: Offer): string {
  const more = longer.length === 0 ? [] : [`(__downhill_longer ${longer.map(word).join(" ")})`];
  const own = [...names.map(word), ...more];
  const all = [
    ...(list ? [`(__downhill_list ${own.join(" ")})`] : own),
    ...before.map((text) => `(__downhill_files ${word(text)})`),
    ...(paths === "folders" ? ["(__fish_complete_directories)"] : []),
  ].join(" ");
  return `${paths === "files" ? " -F" : ""}${all === "" ? "" : ` -a ${quoted(all)}`}`;
}

/** As a word of a list that fish expands once more. */
const word = (name: string): string => name.replace(/[()$*?~#\\ ]/g, "\\$&");

const quoted = (text: string): string => `'${text.replace(/['\\]/g, "\\$&")}'`;
