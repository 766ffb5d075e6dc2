#!/usr/bin/env node
import { exitCode, type Io, type Stream } from "./io.ts";
import { run } from "./run.ts";

const interruption = new AbortController();

// The first Ctrl-C lets the command end in order and keep what was done; the second ends it at once.
process.on("SIGINT", () => {
  if (interruption.signal.aborted) process.exit(exitCode.interrupted);
  interruption.abort();
});

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
  signal: interruption.signal,
};

const code = await run(process.argv.slice(2), io);
process.exitCode = unread ? exitCode.success : code;
