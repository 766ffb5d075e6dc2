import { open, rm } from "node:fs/promises";
import { basename } from "node:path";
import { DataError } from "../../files/index.ts";
import { failOn, STALL } from "../../files/node/index.ts";
import type { FetchOptions } from "./options.ts";

/** One request to one mirror, for the bytes that a partial file lacks. */
export interface Request extends Pick<FetchOptions, "onProgress" | "signal"> {
  readonly url: string;
  readonly part: string;
  /** The bytes of the partial file, and of the whole file. */
  readonly start: number;
  readonly bytes: number;
  /** The file's name for `onProgress`. */
  readonly file: string;
}

/** Why an attempt failed, and whether it is pointless to try the same mirror again. */
export interface Problem {
  readonly text: string;
  readonly final: boolean;
}

/**
 * Appends what the mirror sends to the partial file, or starts over if the mirror does not support ranges.
 *
 * @returns the problem, or undefined if the file is now complete
 * @throws DataError if the disk cannot take it; the reason of `signal` if that aborts it
 */
export async function receive(request: Request): Promise<Problem | undefined> {
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(new Error(`nothing was received for ${STALL / 1000} s`)), STALL);
  const signals = request.signal ? [request.signal, stall.signal] : [stall.signal];
  // The file is compressed already: a server must not compress it again.
  const headers = { "accept-encoding": "identity", ...(request.start > 0 && { range: `bytes=${request.start}-` }) };
  try {
    const response = await fetch(request.url, { headers, signal: AbortSignal.any(signals) });
    const problem = inspect(response, request);
    if (problem) await response.body?.cancel();
    if (problem?.restart) await rm(request.part, { force: true });
    return problem ?? (await write(response, request, () => timer.refresh()));
  } catch (error) {
    request.signal?.throwIfAborted();
    if (error instanceof DataError) throw error;
    return { text: reason(error), final: false };
  } finally {
    clearTimeout(timer);
  }
}

/** The problem that a response's headers show, if any. `restart`: the partial file does not fit the mirror's file. */
function inspect(response: Response, { start, bytes }: Request): (Problem & { restart?: boolean }) | undefined {
  if (response.status === 416) return { text: "has another length", final: false, restart: true };
  if (!response.ok) return { text: `answered ${response.status} ${response.statusText}`.trim(), final: true };
  const from = response.status === 206 ? start : 0;
  const range = response.headers.get("content-range") ?? "";
  if (response.status === 206 && !range.startsWith(`bytes ${start}-`)) {
    return { text: "sent another range of the file than was requested", final: false, restart: true };
  }
  const length = Number(response.headers.get("content-length") ?? bytes - from);
  if (from + length !== bytes) return { text: `has ${from + length} bytes, expected ${bytes}`, final: true };
  return undefined;
}

async function write(response: Response, request: Request, onChunk: () => void): Promise<Problem | undefined> {
  const { part, start, bytes, file, url, onProgress } = request;
  const append = response.status === 206;
  // The disk's errors become DataErrors at once: those of the mirror are handled differently.
  const handle = await open(part, append ? "a" : "w").catch(failOn(part));
  let received = append ? start : 0;
  try {
    for await (const chunk of response.body ?? []) {
      onChunk();
      received += chunk.length;
      if (received > bytes) return { text: `sent more than ${bytes} bytes`, final: true };
      await handle.writeFile(chunk).catch(failOn(part));
      onProgress?.({ kind: "download", file: basename(file), url, received, total: bytes });
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return received < bytes ? { text: `broke off after ${received} of ${bytes} bytes`, final: false } : undefined;
}

/** fetch says little itself ("fetch failed", "terminated"); the cause says more. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
