import type { CommandOffer, Offer } from "./grammar.ts";

/**
 * Completion for bash, from 3.2 on. It reads the line itself, as bash parts words at `:` and `=`; what comes after the
 * last of these is what bash replaces. In a list of names with commas the last one is completed.
 */
export const bashScript = (commands: readonly CommandOffer[]): string => `# bash completion for downhill
_downhill_offer() {
  names= paths=
  case "$1" in
${casesOf(commands).join("\n")}
    *) return 1 ;;
  esac
}

_downhill() {
  local line=\${COMP_LINE:0:COMP_POINT} command= flag= nth=0 names= paths= word i
  local -a words
  COMPREPLY=()
  read -ra words <<< "$line"
  case "$line" in *[[:blank:]]) words+=("") ;; esac
  local last=$((\${#words[@]} - 1))
  local cur=\${words[last]}
  for ((i = 1; i < last; i++)); do
    word=\${words[i]}
    if [ -n "$flag" ]; then flag=; continue; fi
    case "$word" in
      --*=*) ;;
      -*) if _downhill_offer "$command $word"; then flag=$word; fi ;;
      *) if [ -z "$command" ]; then command=$word; else nth=$((nth + 1)); fi ;;
    esac
  done
  if [ -z "$flag" ]; then
    case "$cur" in --*=*) flag=\${cur%%=*} cur=\${cur#*=} ;; esac
  fi
  names= paths=
  if [ -n "$flag" ]; then _downhill_offer "$command $flag"
  elif [ -z "$command" ]; then names='${[...commands.map(({ name }) => name), "help", "--help", "--version"].join(" ")}'
  elif [ "\${cur:0:1}" = - ]; then _downhill_offer "$command -"
  else _downhill_offer "$command $nth"
  fi
  local before=
  case "$cur" in *:*) ;; *,*) before=\${cur%,*}, ;; esac
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "\${names// /$'\\n'}" -- "\${cur#"$before"}"))
  COMPREPLY=("\${COMPREPLY[@]/#/$before}")
  if [ \${#COMPREPLY[@]} -eq 1 ] && [ "\${COMPREPLY[0]}" = "$before" ]; then COMPREPLY=(); fi
  case "$paths" in
    files) COMPREPLY+=($(compgen -f -- "$cur")); compopt -o filenames 2> /dev/null ;;
    folders) COMPREPLY+=($(compgen -d -- "$cur")); compopt -o filenames 2> /dev/null ;;
  esac
  case "$cur" in
    *:*) case "$COMP_WORDBREAKS" in *:*) COMPREPLY=("\${COMPREPLY[@]#"\${cur%:*}:"}") ;; esac ;;
  esac
}

complete -F _downhill downhill
`;

/** A case for each flag with a value, for the flags of a command, and for each of its words; alike ones together. */
function casesOf(commands: readonly CommandOffer[]): string[] {
  const places = new Map<string, string[]>();
  const add = (place: string, offer: Offer): void => {
    const body = [
      ...(offer.names.length === 0 ? [] : [`names=${quoted(offer.names.join(" "))}`]),
      ...(offer.paths === undefined ? [] : [`paths=${offer.paths}`]),
    ].join(" ");
    places.set(body, [...(places.get(body) ?? []), place]);
  };
  for (const { name, flags, words } of commands) {
    for (const flag of flags) if (flag.takesValue) add(`${name} --${flag.name}`, flag);
    add(`${name} -`, { names: flags.map((flag) => `--${flag.name}`), paths: undefined });
    words.forEach((word, i) => {
      add(`${name} ${i}`, word);
    });
  }
  return [...places].map(([body, where]) => `    ${where.map(quoted).join(" | ")}) ${body === "" ? ":" : body} ;;`);
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
