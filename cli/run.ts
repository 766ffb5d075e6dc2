import { commandWords } from "../src/files/index.ts";
import { printConfig } from "./flags/index.ts";
import { exitCode, type Io, printable } from "./io.ts";
import { explain, UsageError } from "./mistakes/failure.ts";
import { readCommandLine } from "./program.ts";

/**
 * The command `downhill`: reads the command line, does what it says, and gives the exit code. The result goes to
 * `io.out`; progress and errors go to `io.err`.
 */
export async function run(argv: readonly string[], around: Io): Promise<number> {
  const io = printable(around);
  try {
    return await obey(argv, io);
  } catch (error) {
    if (io.signal.aborted && error === io.signal.reason) {
      io.err.write("downhill: interrupted\n");
      return exitCode.interrupted;
    }
    const { message, code } = explain(error, (io.env.DOWNHILL_DEBUG ?? "") !== "");
    io.err.write(`downhill: ${message}\n`);
    return code;
  }
}

async function obey(argv: readonly string[], io: Io): Promise<number> {
  const call = await readCommandLine(argv, io);
  if (call === undefined) return exitCode.success;
  const { command, settings } = call;
  if (settings.get(printConfig)) {
    io.out.write(`${JSON.stringify(settings, null, 2)}\n`);
    return exitCode.success;
  }
  const { read } = await command.load();
  const run = await reading(async () => read(settings, io));
  return run();
}

/** What the library refuses while a command reads what was given is a usage error, in the library's words; later it is a bug. */
async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError)
      throw new UsageError(commandWords(error), { cause: error });
    throw error;
  }
}
