import type { CommandOffer, Offer } from "./grammar.ts";
import { offering } from "./grammar.ts";

/**
 * Completion for bash, from 3.2 on. It reads the line itself, as bash parts words at `:` and `=`: what comes after the last
 * of these is what bash replaces. Quotes and backslashes are taken off, and bash puts them back where a path needs them.
 */
export const bashScript = (commands: readonly CommandOffer[]): string => `# bash completion for downhill
_downhill_offer() {
  names= longer= list= paths= befores=
  case "$1" in
${casesOf(commands).join("\n")}
    *) return 1 ;;
  esac
}

_downhill_words() {
  local line=$1 quote= word= some= c i
  words=()
  for ((i = 0; i < \${#line}; i++)); do
    c=\${line:i:1}
    if [ -n "$quote" ] && [ "$c" = "$quote" ]; then quote=
    elif [ "$c" = \\\\ ] && [ "$quote" != "'" ]; then i=$((i + 1)) word=$word\${line:i:1} some=1
    elif [ -n "$quote" ]; then word=$word$c
    else
      case "$c" in
        [\\"\\']) quote=$c some=1 ;;
        [[:blank:]]) if [ -n "$word$some" ]; then words+=("$word"); fi; word= some= ;;
        *) word=$word$c ;;
      esac
    fi
  done
  words+=("$word")
}

_downhill() {
  local command= flag= nth=0 names= longer= list= paths= befores= word i
  local -a words
  COMPREPLY=()
  _downhill_words "\${COMP_LINE:0:COMP_POINT}"
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
  names= longer= list= paths= befores=
  if [ -n "$flag" ]; then _downhill_offer "$command $flag"
  elif [ -z "$command" ]; then names='${[...commands.map(({ name }) => name), "--help", "--version"].join(" ")}'
  elif [ "\${cur:0:1}" = - ]; then _downhill_offer "$command -"
  else _downhill_offer "$command $nth"
  fi
  local before=
  if [ -n "$list" ]; then case "$cur" in *,*) before=\${cur%,*}, ;; esac; fi
  case "\${cur#"$before"}" in *[:+]*) names="$names $longer" ;; esac
  local IFS=$' \\n'
  for word in $befores; do
    case "$cur" in "$word"*) before=$word names= paths=files ;; esac
  done
  IFS=$'\\n'
  COMPREPLY=($(compgen -W "\${names// /$'\\n'}" -- "\${cur#"$before"}"))
  case "$paths" in
    files) COMPREPLY+=($(compgen -f -- "\${cur#"$before"}")); compopt -o filenames 2> /dev/null ;;
    folders) COMPREPLY+=($(compgen -d -- "$cur")); compopt -o filenames 2> /dev/null ;;
  esac
  if [ \${#COMPREPLY[@]} -eq 0 ]; then return; fi
  COMPREPLY=("\${COMPREPLY[@]/#/$before}")
  if [ \${#COMPREPLY[@]} -eq 1 ]; then
    case "\${COMPREPLY[0]}" in
      "$cur") case "$cur" in *[:=]) COMPREPLY=(); return ;; esac ;;
      *[:=]) compopt -o nospace 2> /dev/null ;;
    esac
  fi
  case "$COMP_WORDBREAKS" in
    *:*) case "$cur" in *[:=]*) before=\${cur##*[:=]} COMPREPLY=("\${COMPREPLY[@]#"\${cur%"$before"}"}") ;; esac ;;
  esac
}

complete -F _downhill downhill
`;

/** A case for each flag with a value, for the flags of a command, and for each of its words; alike ones together. */
function casesOf(commands: readonly CommandOffer[]): string[] {
  const places = new Map<string, string[]>();
  const add = (place: string, offer: Offer): void => {
    const { names, longer, list, paths, before } = offer;
    const body = [
      ...(names.length === 0 ? [] : [`names=${quoted(names.join(" "))}`]),
      ...(longer.length === 0 ? [] : [`longer=${quoted(longer.join(" "))}`]),
      ...(list ? ["list=1"] : []),
      ...(paths === undefined ? [] : [`paths=${paths}`]),
      ...(before.length === 0 ? [] : [`befores=${quoted(before.join(" "))}`]),
    ].join(" ");
    places.set(body, [...(places.get(body) ?? []), place]);
  };
  for (const { name, flags, words } of commands) {
    for (const flag of flags) if (flag.takesValue) add(`${name} --${flag.name}`, flag);
    add(`${name} -`, offering(flags.map((flag) => `--${flag.name}`)));
    words.forEach((word, i) => {
      add(`${name} ${i}`, word);
    });
  }
  return [...places].map(([body, where]) => `    ${where.map(quoted).join(" | ")}) ${body === "" ? ":" : body} ;;`);
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
