/** Layers within layers, more levels than are allowed: the path to them would say no more. */
export class NestingError extends RangeError {
  override readonly name: string = "RangeError";
}

/** Adds to an error where it is from, such as the layer that it is about. */
export function inPlace<T>(where: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof NestingError) throw error;
    if (error instanceof TypeError) throw new TypeError(`${where}: ${error.message}`, { cause: error });
    if (error instanceof RangeError) throw new RangeError(`${where}: ${error.message}`, { cause: error });
    throw error;
  }
}
