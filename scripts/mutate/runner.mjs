// Has tests run in a process beside this one, which is ended with all it started where a test does not come back.
import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const worker = fileURLToPath(new URL("worker.mjs", import.meta.url));

export class Runner {
  #options;
  #child;
  /** What was changed for the run before, and is back. */
  #before = [];

  /** @param options root, where the copy lies; setup files; and after how many failures a run ends */
  constructor(options) {
    this.#options = options;
  }

  /** Runs test files in this order; undefined where they took longer than the limit, in seconds. */
  async run(tests, changed = [], limit = 1e6) {
    this.#child ??= await this.#start();
    const answer = next(this.#child, limit);
    this.#child.send({ tests, changed: [...this.#before, ...changed] });
    this.#before = changed;
    const result = await answer;
    if (result === undefined || result.ended) this.end();
    return result;
  }

  async #start() {
    const options = JSON.stringify(this.#options);
    const stdio = ["ignore", "ignore", process.env.MUTATE_DEBUG ? "inherit" : "ignore", "ipc"];
    const child = fork(worker, [options], { detached: true, stdio, cwd: this.#options.root });
    await next(child, 120);
    return child;
  }

  /** Ends the process, and the test processes with it. */
  end() {
    if (this.#child === undefined) return;
    try {
      process.kill(-this.#child.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
    this.#child = undefined;
  }
}

/** What the child says next: `ended` where it ends, undefined where it says nothing for so many seconds. */
function next(child, seconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(undefined), Math.min(seconds * 1000, 2 ** 31 - 1));
    const ended = () => done({ ended: true, failed: "the process ended", files: [] });
    const done = (answer) => {
      clearTimeout(timer);
      child.off("message", done);
      child.off("exit", ended);
      resolve(answer);
    };
    child.once("message", done);
    child.once("exit", ended);
  });
}

/** Writes a file of the copy and says where. */
export function put(root, file, text) {
  const path = `${root}/${file}`;
  writeFileSync(path, text);
  return path;
}
