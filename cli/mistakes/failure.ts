import { inspect } from "node:util";
import { withShortWords } from "../../src/arguments/index.ts";
import { DeviceError } from "../../src/device/index.ts";
import { commandWords, DataError } from "../../src/files/index.ts";
import { fileError } from "../../src/files/node/index.ts";
import { exitCode } from "../io.ts";

/** The command was given something that it does not take. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command was right, but the world was not: a file is missing, damaged or cannot be written. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** A path, or a text without blanks that stands for one, is at most this long in a message. */
const LONGEST_WORD = 255;

/** What is said of an error, and the exit code. */
export function explain(error: unknown, debug: boolean): { message: string; code: number } {
  const { message, code } = told(error, debug);
  return { message: debug ? message : withShortWords(message, LONGEST_WORD), code };
}

function told(error: unknown, debug: boolean): { message: string; code: number } {
  const known = fileError(error, pathOf(error));
  const code = known instanceof UsageError ? exitCode.usage : exitCode.failure;
  if (debug && error instanceof Error) return { message: inspect(error), code }; // with its causes
  if ([UsageError, Failure, DataError, DeviceError].some((kind) => known instanceof kind) && known instanceof Error)
    return { message: commandWords(known), code };
  const [message] = (known instanceof Error ? known.message : String(known)).split("\n", 1);
  return { message: `unexpected error: ${message} (set DOWNHILL_DEBUG=1 to see where)`, code };
}

/** The file that an error of the operating system is about. */
const pathOf = (error: unknown): string =>
  error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : "file";
