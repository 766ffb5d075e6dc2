import { quote } from "../../arguments/index.ts";
import { DAMAGED, SafetensorsError } from "./error.ts";

interface Stretch {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

/**
 * Throws a SafetensorsError unless the tensors fill the data from the first byte to the last, each beginning where another
 * ends: bytes in a gap could make the file valid in another format, too, and overlapping tensors could need more memory
 * than the file has.
 */
export function refuseGaps(tensors: ReadonlyMap<string, Stretch>, dataBytes: number, where: string): void {
  let [at, before] = [0, ""];
  for (const { name, begin, end } of inOrder(tensors)) {
    if (begin < at) fail(where, `tensors ${quote(before)} and ${quote(name)} overlap`);
    if (begin > at) fail(where, `bytes ${at} to ${begin} of its data belong to no tensor`);
    [at, before] = [end, name];
  }
  if (at > dataBytes)
    throw new SafetensorsError(where, `it ends ${at - dataBytes} bytes before its last tensor does`, CUT);
  if (at < dataBytes) fail(where, `${dataBytes - at} bytes follow after its last tensor`);
}

const CUT = "it was not written or sent to its end: get it again";

function fail(where: string, problem: string): never {
  throw new SafetensorsError(where, problem, DAMAGED);
}

/** Sorted by the first byte, empty tensors first. Most writers use this order already. */
function inOrder(tensors: ReadonlyMap<string, Stretch>): Iterable<Stretch> {
  let at = 0;
  for (const { begin, end } of tensors.values()) {
    if (begin < at) return [...tensors.values()].sort((a, b) => a.begin - b.begin || a.end - b.end);
    at = end;
  }
  return tensors.values();
}
