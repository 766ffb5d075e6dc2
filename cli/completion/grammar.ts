import type { Command } from "../commands/command.ts";
import { type Flag, isOptional, type Suggestions } from "../flags/flag.ts";

/** What a shell may offer at a place. */
export interface Offer {
  readonly names: readonly string[];
  /** Longer names, for a word that has a `:` or `+`. */
  readonly longer: readonly string[];
  /** Whether a word may be several names with commas between them. */
  readonly list: boolean;
  readonly paths: Suggestions["paths"];
  /** What stands before the path of a file, such as `csv:`. */
  readonly before: readonly string[];
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
export const grammarOf = async (commands: readonly Command[]): Promise<CommandOffer[]> => [
  ...(await Promise.all(
    commands.map(async ({ name, summary, flags, words = [] }) => ({
      ...{ name, summary },
      flags: [...(await Promise.all(flags.filter(({ hidden }) => !hidden).map(flagOffer))), help],
      words: await Promise.all(words.map(([, , suggests]) => offerOf(suggests))),
    })),
  )),
  { name: "help", summary: "print a command's help", flags: [], words: [offering(commands.map(({ name }) => name))] },
];

/** An offer of these names and nothing else. */
export const offering = (names: readonly string[]): Offer => ({
  ...{ names, longer: [], list: false, paths: undefined, before: [] },
});

const help: FlagOffer = { name: "help", help: "print this help", takesValue: false, ...offering([]) };

async function flagOffer(flag: Flag<unknown>): Promise<FlagOffer> {
  const { name, kind, suggests } = flag;
  const offer = await offerOf(suggests);
  const own = kind.words ?? (await kind.names?.()) ?? [];
  return { name, help: brief(flag), takesValue: !isOptional(flag), ...offer, names: [...own, ...offer.names] };
}

async function offerOf({ names, longer, list = false, paths }: Suggestions = {}): Promise<Offer> {
  const all = (await names?.()) ?? [];
  // What follows csv: is the path of a file.
  const before = all.filter((name) => name.endsWith(FILE)).map((name) => name.slice(0, -FILE.length));
  const own = all.map((name) => (name.endsWith(FILE) ? name.slice(0, -FILE.length) : name));
  return { names: own, longer: (await longer?.()) ?? [], list, paths, before };
}

const FILE = "FILE";

/** A flag's help up to its first list or clause: a shell has a line for it. */
const brief = ({ help }: Flag<unknown>): string => help.split(/[:;(]/, 1)[0].trim();
