/** A device is not available: the message says why, and what to do. */
export class DeviceError extends Error {
  override readonly name = "DeviceError";
  /** The reason, in the loader's or driver's own words. */
  readonly reason: string;
  /** What to do about it: another device to choose, or a package to install. */
  readonly remedy: string;

  constructor(what: string, cause: unknown, remedy: string) {
    const reason = reasonOf(cause);
    super(`${what} (${reason}); ${remedy}`, { cause });
    this.reason = reason;
    this.remedy = remedy;
  }
}

/** The cause's message on one line, such as which file is missing. */
function reasonOf(cause: unknown): string {
  const text = (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, " ").trim();
  // ONNX Runtime begins its messages with the source location and the failed condition.
  const [words] = text.split(" was false. ").slice(-1);
  return words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS)}…` : words;
}

/** The most characters of a reason: enough for two paths. */
const MOST_CHARACTERS = 300;
