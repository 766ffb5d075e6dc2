import type { CompareEvent } from "./events.ts";

/** Hears what happens in a comparison. What it throws ends the comparison, which rejects with it. */
export type Listener = (event: CompareEvent) => void;

/**
 * A listener whose throw is kept until somebody waits for it: events come out of messages of threads too, where nobody
 * catches, and the process would end. From then on it hears nothing more, and `signal` ends all runs.
 */
export class Listening {
  readonly #listener: Listener;
  readonly #stop = new AbortController();
  #failure: { readonly error: unknown } | undefined;
  /** Given when the caller's is, or when the listener has thrown. */
  readonly signal: AbortSignal;

  constructor(listener: Listener = () => {}, signal?: AbortSignal) {
    this.#listener = listener;
    this.signal = signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal]);
  }

  tell: Listener = (event) => {
    if (this.#failure !== undefined) return;
    try {
      // One that is asynchronous gives a promise, which nobody else would look at.
      Promise.resolve<unknown>(this.#listener(event)).catch((error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  };

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#stop.abort();
  }

  /** Throws what the listener has thrown. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
