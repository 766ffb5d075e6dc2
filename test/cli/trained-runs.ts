import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { downhill, temporaryFolder } from "./command.ts";

/** Runs of small nets that were trained for two epochs: their folders, by name. */
export interface TrainedRuns {
  /** The folder that holds them all. */
  readonly root: string;
  readonly folders: Record<string, string>;
  /** Trains one more; words change what is usual, a perceptron with 8 hidden units on the moons. */
  train(name: string, ...words: readonly string[]): Promise<void>;
}

export async function trainedRuns(): Promise<TrainedRuns> {
  const root = await temporaryFolder();
  const folders: Record<string, string> = {};
  const train = async (name: string, ...words: readonly string[]): Promise<void> => {
    const out = join(root, name);
    const usual = ["--data", "moons", "--model", "mlp:8", "--epochs", "2", "--device", "reference", "--quiet"];
    const { code, err } = await downhill(["train", ...usual, ...words, "--out", out]);
    expect([code, err]).toEqual([0, ""]);
    folders[name] = join(out, (await readdir(out))[0]);
  };
  return { root, folders, train };
}
