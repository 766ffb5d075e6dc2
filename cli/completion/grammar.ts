import type { Command } from "../commands/command.ts";
import { type Flag, isOptional, type Suggestions } from "../flags/flag.ts";

/** What a shell may offer at a place. */
export interface Offer {
  readonly names: readonly string[];
  readonly paths: Suggestions["paths"];
}

export interface FlagOffer extends Offer {
  readonly name: string;
  readonly help: string;
  /** Whether a value must follow; a switch has none. */
  readonly takesValue: boolean;
}

/** What may be typed after a command's name. */
export interface CommandOffer {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly FlagOffer[];
  /** What stands without a flag, in its order. */
  readonly words: readonly Offer[];
}

/** All that may be typed, from the descriptions that the command line is read by. */
export const grammarOf = (commands: readonly Command[]): Promise<CommandOffer[]> =>
  Promise.all(
    commands.map(async ({ name, summary, flags, words = [] }) => ({
      ...{ name, summary },
      flags: [...(await Promise.all(flags.filter(({ hidden }) => !hidden).map(flagOffer))), help],
      words: await Promise.all(words.map(([, , suggests]) => offerOf(suggests))),
    })),
  );

const help: FlagOffer = { name: "help", help: "print this help", takesValue: false, names: [], paths: undefined };

async function flagOffer(flag: Flag<unknown>): Promise<FlagOffer> {
  const { name, kind, suggests } = flag;
  const { names, paths } = await offerOf(suggests);
  const own = kind.words ?? (await kind.names?.()) ?? [];
  return { name, help: brief(flag), takesValue: !isOptional(flag), names: [...own, ...names], paths };
}

const offerOf = async (suggests: Suggestions = {}): Promise<Offer> => ({
  // What follows csv: is the user's to type.
  names: ((await suggests.names?.()) ?? []).map((name) => name.replace(/FILE$/, "")),
  paths: suggests.paths,
});

/** A flag's help up to its first list or clause: a shell has a line for it. */
const brief = ({ help }: Flag<unknown>): string => help.split(/[:;(]/, 1)[0].trim();
