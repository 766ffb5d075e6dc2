import { expect, test, vi } from "vitest";
import type { Io } from "../../cli/io.ts";
import { bar, Progress } from "../../cli/print/progress.ts";
import { StepRate } from "../../cli/print/step-rate.ts";
import { tell } from "../../cli/read/data-set.ts";

function terminal(isTTY: boolean, columns = 40) {
  const parts: string[] = [];
  const stream = { isTTY, columns, write: (text: string) => parts.push(text) };
  const io: Io = { out: stream, err: stream, env: {}, signal: new AbortController().signal };
  return { io, parts };
}

/** Runs something with a clock that only moves when it is told to. */
function withClock(use: (wait: (milliseconds: number) => void) => void): void {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    use((milliseconds) => vi.advanceTimersByTime(milliseconds));
  } finally {
    vi.useRealTimers();
  }
}

test("on a terminal one line is drawn over, ten times a second at most, and cut to the width", () =>
  withClock((wait) => {
    const { io, parts } = terminal(true, 10);
    const progress = new Progress(io);
    const say = (words: string) => progress.live(() => words);
    say("one");
    say("lost");
    wait(100);
    say("a line that is too long");
    progress.note("kept");
    progress.clear();
    expect(parts).toEqual(["\rone\u001b[K", "\ra line t…\u001b[K", "\r\u001b[K", "kept\n"]);
  }));

test("elsewhere a plain line is written every five seconds", () =>
  withClock((wait) => {
    const { io, parts } = terminal(false);
    const progress = new Progress(io);
    for (let second = 0; second <= 11; second++) {
      progress.live(() => `second ${second}`);
      wait(1000);
    }
    progress.clear();
    expect(parts).toEqual(["second 5\n", "second 10\n"]);
  }));

test("quiet is quiet", () =>
  withClock(() => {
    const { io, parts } = terminal(true);
    const progress = new Progress(io, { quiet: true });
    progress.live(() => "live");
    progress.note("note");
    progress.clear();
    expect(parts).toEqual([]);
  }));

test("a download shows a bar, and notes stay", () =>
  withClock(() => {
    const { io, parts } = terminal(true, 80);
    const progress = new Progress(io);
    tell({ kind: "download", file: "images.gz", url: "https://example.org/", received: 3e6, total: 12e6 }, progress);
    tell({ kind: "note", message: "a mirror does not answer" }, progress);
    expect(parts).toEqual([
      `\rimages.gz  ${"█".repeat(6)}${"░".repeat(18)}  3.0 of 12.0 MB\u001b[K`,
      "\r\u001b[K",
      "a mirror does not answer\n",
    ]);
  }));

test("a bar is as full as the part that is done", () => {
  expect([bar(0, 4), bar(0.5, 4), bar(2, 4)]).toEqual(["░░░░", "██░░", "████"]);
});

test("the speed is that since the first step", () => {
  const rate = new StepRate();
  expect(rate.at(1, 5000)).toBeNaN();
  expect(rate.at(3, 6000)).toBe(2);
});
