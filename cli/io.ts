/** Something to write to: a terminal, a pipe or a file. */
export interface Stream {
  readonly isTTY: boolean;
  /** Characters in a line, where it is a terminal. */
  readonly columns: number;
  write(text: string): void;
}

/** All that a command sees of the process that it runs in. */
export interface Io {
  /** The result. */
  readonly out: Stream;
  /** Progress and errors. */
  readonly err: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts: the command ends at the next step and keeps what was done. */
  readonly signal: AbortSignal;
}

/** What the command itself draws with: the start of a line and its rest taken away, colours out of a table or by their parts. */
const OWN = String.raw`^\r|\x1b\[K|\x1b\[(?:0|[34]8;[25];[\d;]+)m`;
const FOREIGN = String.raw`[^\P{Cc}\n\t]`;
/** All that a terminal would obey: what the command itself draws with, caught, and what is foreign. */
export const onTerminal = new RegExp(`(${OWN})|${FOREIGN}`, "gu");
/** Control characters that JSON never holds as they are. */
const elsewhere = /[^\P{Cc}\n\t\x7f-\x9f]/gu;

/**
 * The same streams without what a terminal would take for orders: a model's name, a class and whatever was typed may hold
 * escape sequences. Into a file or a pipe a character of JSON goes as it is.
 */
export const printable = (io: Io): Io => ({
  out: printing(io.out),
  err: printing(io.err),
  env: io.env,
  get signal() {
    return io.signal;
  },
});

const printing = (stream: Stream): Stream => ({
  get isTTY() {
    return stream.isTTY;
  },
  get columns() {
    return stream.columns;
  },
  write: (text) =>
    stream.write(
      stream.isTTY
        ? text.replace(onTerminal, (_, own: string | undefined) => own ?? "\ufffd")
        : text.replace(elsewhere, "\ufffd"),
    ),
});

/** Whether a stream takes colours: a terminal that can show them, and nobody against it (https://no-color.org). */
export const takesColor = (stream: Stream, { env }: Io, wanted: boolean): boolean =>
  wanted && stream.isTTY && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";

/** Whether lines may be written over. */
export const takesAnimation = (stream: Stream, { env }: Io): boolean => stream.isTTY && env.TERM !== "dumb";

/** Says what the user has to know of, however quiet it is to be. */
export const warn = ({ err }: Io, message: string): void => err.write(`downhill: warning: ${message}\n`);

/** What the process says of how the command went; 128 and the signal's number where one ended it, as shells have it. */
export const exitCode = { success: 0, failure: 1, usage: 2, interrupted: 130, terminated: 143 } as const;
