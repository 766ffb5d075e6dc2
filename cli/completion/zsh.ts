import type { CommandOffer, FlagOffer, Offer } from "./grammar.ts";

/** Completion for zsh, by its `_arguments`. */
export const zshScript = (commands: readonly CommandOffer[]): string => `#compdef downhill
_downhill() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join("\n")}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${commands.map(caseOf).join("\n")}
  esac
}

if [ "$funcstack[1]" = _downhill ]; then
  _downhill "$@"
else
  compdef _downhill downhill
fi
`;

const caseOf = ({ name, flags, words }: CommandOffer): string => {
  const specs = [...flags.map(flagSpec), ...words.map((word, i) => `${i + 1}:${name}:${actionOf(word)}`)];
  return `    ${name}) _arguments ${specs.map((spec) => `\\\n      ${quoted(spec)}`).join(" ")} ;;`;
};

const flagSpec = (flag: FlagOffer): string => {
  const help = flag.help.replace(/[[\]\\:]/g, "\\$&");
  return flag.takesValue ? `*--${flag.name}=[${help}]:value:${actionOf(flag)}` : `--${flag.name}[${help}]`;
};

/** What completes a value: names, paths, or either. */
function actionOf({ names, paths }: Offer): string {
  const list = names.length === 0 ? [] : [`compadd -- ${names.map(word).join(" ")}`];
  const files = paths === undefined ? [] : [paths === "files" ? "_files" : "_files -/"];
  const all = [...list, ...files];
  return all.length === 0 ? " " : `{${all.join("; ")}}`;
}

/** As a word of zsh, in a specification, whose colons are its own. */
const word = (name: string): string => `"${name.replace(/["\\$`]/g, "\\$&").replaceAll(":", "\\:")}"`;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
