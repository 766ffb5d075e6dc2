import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Io, Stream } from "../../cli/io.ts";
import { run } from "../../cli/run.ts";

/** What came of a command that ran inside this process. */
export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  /** Whether both streams are terminals. */
  readonly terminal?: boolean;
  readonly env?: Io["env"];
  readonly signal?: AbortSignal;
  /** Sees each piece of stderr as it comes. */
  readonly onError?: (text: string) => void;
  /** Sees each piece of stdout as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** Runs `downhill` with these words and keeps what it writes. */
export async function downhill(argv: readonly string[], around: Surroundings = {}): Promise<Result> {
  const { terminal = false, env = {}, signal = new AbortController().signal } = around;
  const [out, err]: string[][] = [[], []];
  const stream = (parts: string[], onPart?: (text: string) => void): Stream => ({
    isTTY: terminal,
    columns: 80,
    write: (text) => {
      parts.push(text);
      onPart?.(text);
    },
  });
  const io = { out: stream(out, around.onOutput), err: stream(err, around.onError), env, signal };
  const code = await run(argv, io);
  return { code, out: out.join(""), err: err.join("") };
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "downhill-cli-"));

/** The first escape sequence of a text, if there is one. */
export const escapes = (text: string): boolean => text.includes("\u001b");
