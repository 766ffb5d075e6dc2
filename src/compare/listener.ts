import type { CompareEvent } from "./events.ts";

/** Called with each event of a comparison. An error that it throws ends the comparison, which rejects with it. */
export type Listener = (event: CompareEvent) => void;

/**
 * Keeps an error that the listener throws until `check` throws it: some events come from messages of threads, where no one would
 * catch the error, and the process would end. After an error the listener gets no more events, and `signal` ends all runs.
 */
export class GuardedListener {
  readonly #listener: Listener;
  readonly #stop = new AbortController();
  #failure: { readonly error: unknown } | undefined;
  /** Aborts when the caller's signal does, or when the listener has thrown. */
  readonly signal: AbortSignal;

  constructor(listener: Listener = () => {}, signal?: AbortSignal) {
    this.#listener = listener;
    this.signal = signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal]);
  }

  emit: Listener = (event) => {
    if (this.#failure !== undefined) return;
    try {
      // An asynchronous listener returns a promise that nothing else would handle.
      Promise.resolve<unknown>(this.#listener(event)).catch((error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  };

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#stop.abort();
  }

  /** Throws the listener's error, if there was one. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
