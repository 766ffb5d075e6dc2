import type { Flag, Suggestions } from "../flags/flag.ts";
import type { Io } from "../io.ts";
import type { Settings } from "../settings.ts";

/** Does the work, and returns the exit code. An error here is a bug, unless its class says otherwise. */
export type Run = () => number | Promise<number>;

/**
 * Reads settings, data and devices before anything is computed. If the library throws a RangeError or a SyntaxError here,
 * the user's input is wrong.
 */
export type Read = (settings: Settings, io: Io) => Run | Promise<Run>;

/** A subcommand: what can be typed, and how to load its code. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** A longer description for the command's own help. */
  readonly about?: string;
  /** Arguments without a flag, such as `<surface>`, `[name]` or `<run...>`: their meaning, and what a shell may suggest. */
  readonly words?: readonly (readonly [syntax: string, help: string, suggests?: Suggestions])[];
  readonly flags: readonly Flag<unknown>[];
  /** Values of flags that are not given. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** What happens without a flag, in words, if that is not one value. */
  readonly otherwise?: Readonly<Record<string, string>>;
  /** Flags that are looked for here in vain, and where to find what they would do. */
  readonly without?: Readonly<Record<string, string>>;
  /** Example command lines, and what they do. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  /** Loads the code when the command is called, so that `downhill --help` need not wait for it. */
  readonly load: () => Promise<{ readonly read: Read }>;
}
