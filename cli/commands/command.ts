import type { Flag, Suggestions } from "../flags/flag.ts";
import type { Io } from "../io.ts";
import type { Settings } from "../settings.ts";

/** Does the work that was read, and gives the exit code. An error here is a bug, unless it says what it is. */
export type Run = () => number | Promise<number>;

/**
 * Reads what was asked for, before anything is computed: settings, data, devices. What the library refuses here, by a
 * RangeError or a SyntaxError, the user has given.
 */
export type Read = (settings: Settings, io: Io) => Run | Promise<Run>;

/** A subcommand: what can be typed, and where the code is that does it. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** More words for the command's own help. */
  readonly about?: string;
  /** What stands without a flag: `<surface>`, `[name]`, `<run...>`, what it means, and what a shell may offer for it. */
  readonly words?: readonly (readonly [syntax: string, help: string, suggests?: Suggestions])[];
  readonly flags: readonly Flag<unknown>[];
  /** Values of flags that are not given. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** What happens without a flag, in words, where that is not one value. */
  readonly otherwise?: Readonly<Record<string, string>>;
  /** Lines as they are typed, and what they do. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  /** Loaded when it is called, so that `downhill --help` need not wait for it. */
  readonly load: () => Promise<{ readonly read: Read }>;
}
