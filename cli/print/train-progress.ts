import { ewa } from "../../src/averages/index.ts";
import { format } from "../../src/report/index.ts";
import { epochRecord, type TrainEvent } from "../../src/train/index.ts";
import * as flags from "../flags/index.ts";
import type { Io } from "../io.ts";
import type { Settings } from "../settings.ts";
import { bar, type Progress } from "./progress.ts";
import { StepRate } from "./step-rate.ts";
import { epochTeller } from "./train-table.ts";

/** Whether each epoch gets its line as it ends: for somebody who looks on. */
export const tellsEpochs = (settings: Settings, io: Io): boolean =>
  io.out.isTTY && ![flags.json, flags.jsonl, flags.quiet].some((flag) => settings.get(flag) === true);

/** Writes a line for each epoch; the progress stands aside. */
export function tellingEpochs(progress: Progress, io: Io, epochs: number, steps: number): (event: TrainEvent) => void {
  const tell = epochTeller(epochs, steps);
  return (event) => {
    if (event.kind !== "epoch") return;
    progress.clear();
    io.out.write(tell(epochRecord(event)));
  };
}

/** One line that says how the run goes. */
export function watching(progress: Progress, epochs: number, steps: number): (event: TrainEvent) => void {
  // A batch's loss jumps; the average of the last twenty or so can be read.
  const smooth = ewa({ beta: 0.95 });
  const rate = new StepRate();
  let validation = "";
  return (event) => {
    if (event.kind === "epoch")
      validation = `  validation ${format.loss(event.validation.loss)}${event.validation.accuracy === undefined ? "" : ` ${format.percent(event.validation.accuracy)}`}`;
    if (event.kind !== "batch") return;
    const { epoch, step } = event;
    const loss = smooth.add(event.loss);
    const speed = rate.at(step);
    progress.live(() => {
      const goes = Number.isNaN(speed)
        ? ""
        : `  ${format.pace(speed)}  ${format.timeLeft((steps - step) / speed)} left`;
      return `epoch ${epoch}/${epochs}  ${bar(step / steps, 16)}  loss ${format.loss(loss)}${goes}${validation}`;
    });
  };
}
