// From the command to its first step: the process starts, reads CIFAR-10, compiles, and trains on one batch; then it is ended.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { measure, settings } from "../contender.mjs";

const { model, batch, script, folder } = settings;
const data = ["--data", "cifar-10", "--data-dir", join(folder, "photographs")];
const args = [script, "train", ...data, "--model", model, "--batch-size", `${batch}`, "--no-out", "--jsonl"];

await measure(async () => {
  const running = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(running, "close");
  let text = "";
  for await (const piece of running.stdout) {
    text += piece;
    if (text.includes('"kind":"batch"')) break;
  }
  if (!text.includes('"kind":"batch"')) throw new Error(`${args.join(" ")} ended before its first step`);
  // An ordinary signal would let it end its run in order, which measures the net once more.
  running.kill("SIGKILL");
  await ended;
});
