#!/usr/bin/env node
import { exitCode, type Io, type Stream } from "./io.ts";

const interruption = new AbortController();

// The first Ctrl-C, or SIGTERM, as a container or a batch system sends it, lets the command end in order and keep what was
// done; the second ends it at once. A command that does not listen, as its work is short, is ended by the first.
const codes = { SIGINT: exitCode.interrupted, SIGTERM: exitCode.terminated } as const;
let endedBy: keyof typeof codes | undefined;
let endedAt = 0;

/** Milliseconds in which a signal is the same once more: timeout and npm send theirs to the process and to its group. */
const ECHO = 500;

function listen(): AbortSignal {
  for (const name of ["SIGINT", "SIGTERM"] as const)
    if (process.listenerCount(name) === 0)
      process.on(name, () => {
        if (endedBy !== undefined) {
          if (performance.now() - endedAt < ECHO) return;
          process.exit(codes[name]);
        }
        [endedBy, endedAt] = [name, performance.now()];
        interruption.abort();
      });
  return interruption.signal;
}

// A reader that has seen enough, such as head, closes the pipe: then there is nobody left to work for.
let unread = false;
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") {
    process.stderr.write(`downhill: the result cannot be written: ${error.message}\n`);
    process.exit(exitCode.failure);
  }
  unread = true;
  interruption.abort();
});
process.stderr.on("error", () => {});

const streamOf = (stream: NodeJS.WriteStream): Stream => ({
  isTTY: stream.isTTY === true,
  get columns() {
    return stream.columns || 80; // some pseudo-terminals say 0
  },
  write: (text) => {
    if (!unread) stream.write(text);
  },
});

const io: Io = {
  out: streamOf(process.stdout),
  err: streamOf(process.stderr),
  env: process.env,
  get signal() {
    return listen();
  },
};

// Where the process may open too few files, not even the program can be read.
const { run } = await import("./run.ts").catch((error: unknown) => {
  const [reason] = String(error instanceof Error ? error.message : error).split("\n", 1);
  process.stderr.write(`downhill: the program cannot be loaded: ${reason}\n`);
  return process.exit(exitCode.failure);
});
const code = await run(process.argv.slice(2), io);

const ended = code === exitCode.interrupted && endedBy !== undefined ? codes[endedBy] : code;
process.exitCode = unread ? exitCode.success : ended;
