import type { CommandOffer, FlagOffer, Offer } from "./grammar.ts";

/** Completion for zsh, by its `_arguments`, which calls `_downhill_offer` for each value. */
export const zshScript = (commands: readonly CommandOffer[]): string => {
  const places = new Places();
  const cases = commands.map((command) => caseOf(command, places));
  return `#compdef downhill
_downhill_offer() {
  local -a names longer befores
  local list= paths= before
  case $1 in
${places.cases().join("\n")}
  esac
  for before in $befores; do
    if compset -P $before; then _files; return; fi
  done
  [[ -n $list ]] && compset -P '*,'
  [[ $PREFIX == *[:+]* ]] && names+=($longer)
  compadd -S '' -- \${(M)names:#*[=:]}
  compadd -- \${names:#*[=:]}
  case $paths in
    files) _files ;;
    folders) _files -/ ;;
  esac
}

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
${cases.join("\n")}
  esac
}

if [ "$funcstack[1]" = _downhill ]; then
  _downhill "$@"
else
  compdef _downhill downhill
fi
`;
};

/** The different offers, by number. */
class Places {
  readonly #bodies: string[] = [];

  numberOf({ names, longer, list, paths, before }: Offer): number {
    const body = [
      ...(names.length === 0 ? [] : [`names=(${names.map(quoted).join(" ")})`]),
      ...(longer.length === 0 ? [] : [`longer=(${longer.map(quoted).join(" ")})`]),
      ...(before.length === 0 ? [] : [`befores=(${before.map(quoted).join(" ")})`]),
      ...(list ? ["list=1"] : []),
      ...(paths === undefined ? [] : [`paths=${paths}`]),
    ].join(" ");
    if (!this.#bodies.includes(body)) this.#bodies.push(body);
    return this.#bodies.indexOf(body);
  }

  cases = (): string[] => this.#bodies.map((body, i) => `    ${i}) ${body === "" ? ":" : body} ;;`);
}

const caseOf = ({ name, flags, words }: CommandOffer, places: Places): string => {
  const specs = [
    ...flags.map((flag) => flagSpec(flag, places)),
    ...words.map((word, i) => `${i + 1}:${name}:${actionOf(word, places)}`),
  ];
  return `    ${name}) _arguments ${specs.map((spec) => `\\\n      ${quoted(spec)}`).join(" ")} ;;`;
};

const flagSpec = (flag: FlagOffer, places: Places): string => {
  const help = flag.help.replace(/[[\]\\:]/g, "\\$&");
  return flag.takesValue ? `*--${flag.name}=[${help}]:value:${actionOf(flag, places)}` : `--${flag.name}[${help}]`;
};

/** The blank keeps `_arguments` from adding options of its own to the call. */
const actionOf = (offer: Offer, places: Places): string => ` _downhill_offer ${places.numberOf(offer)}`;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
