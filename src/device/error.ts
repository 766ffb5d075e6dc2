/** A device cannot be had here: the message says why, and what to do. */
export class DeviceError extends Error {
  override readonly name = "DeviceError";
  /** Why: the loader's or driver's own words. */
  readonly reason: string;
  readonly remedy: string;

  constructor(what: string, cause: unknown, remedy: string) {
    const reason = reasonOf(cause);
    super(`${what} (${reason}); ${remedy}`, { cause });
    this.reason = reason;
    this.remedy = remedy;
  }
}

/** The cause's own words, on one line: which file is missing, or what is wrong with it. */
function reasonOf(cause: unknown): string {
  const text = (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, " ").trim();
  // ONNX Runtime puts before its words where in its sources which condition was not met.
  const [words] = text.split(" was false. ").slice(-1);
  return words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS)}…` : words;
}

/** Characters of a reason; two paths have room. */
const MOST_CHARACTERS = 300;
