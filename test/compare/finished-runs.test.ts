import { describe, expect, it } from "vitest";
import type { CompareResult, FinishedRuns } from "../../src/compare/index.ts";
import { type CompareRequest, compare } from "../../src/compare/node/index.ts";
import { blobs } from "../../src/data/index.ts";
import type { RunRecord } from "../../src/train/index.ts";

const request: CompareRequest = {
  ...{ data: blobs({ count: 120, seed: 3 }), model: "mlp:4", optimizers: [{ rule: "adam" }, { rule: "nesterov" }] },
  ...{ batchSize: 16, epochs: 2, seeds: [1, 2], trials: 2, tuningSeeds: [3], fullBatch: false, workers: 0 },
};

/** A shelf of finished runs, with how many were asked for in vain. */
function shelf(runs = new Map<string, RunRecord>()) {
  const made: string[] = [];
  const finished: FinishedRuns = {
    find: (job) => runs.get(JSON.stringify(job)),
    keep: (job, run) => {
      made.push(`${job.label} ${job.run.seed}`);
      runs.set(JSON.stringify(job), run);
    },
  };
  return { finished, runs, made };
}

const resultOf = ({ runs, sensitivity, ranking }: CompareResult) => ({ runs, sensitivity, ranking });

describe("finished runs", () => {
  it("are not made again, and the result is the same to the last bit", async () => {
    const first = shelf();
    const result = await compare({ ...request, finished: first.finished });
    // Two rates each on one seed, and two final runs, for two optimizers.
    expect(first.made).toHaveLength(2 * (2 + 2));
    const again = shelf(first.runs);
    const steps: number[] = [];
    const second = await compare({
      ...request,
      finished: again.finished,
      onEvent: (event) => event.kind === "progress" && steps.push(event.done / event.total),
    });
    expect(again.made).toEqual([]);
    expect(resultOf(second)).toEqual(resultOf(result));
    expect([second.outcome, steps.at(-1)]).toEqual(["completed", 1]);
  });

  it("that are missing are made", async () => {
    const first = shelf();
    await compare({ ...request, seeds: [1], finished: first.finished });
    const again = shelf(first.runs);
    await compare({ ...request, finished: again.finished });
    expect(again.made.sort()).toEqual(["adam 2", "nesterov 2"]);
  });

  it("do not hold those that were interrupted", async () => {
    const stop = new AbortController();
    const { finished, made } = shelf();
    const onEvent = () => stop.abort();
    const result = await compare({ ...request, finished, signal: stop.signal, onEvent });
    expect([result.outcome, made]).toEqual(["interrupted", []]);
  });

  it("that cannot be kept end the comparison with the reason", async () => {
    const keep = (): never => {
      throw new Error("the disk is full");
    };
    await expect(compare({ ...request, finished: { find: () => undefined, keep } })).rejects.toThrow("disk is full");
  });
});
