import type { Command } from "./command.ts";
import { compare } from "./compare.ts";
import { completion } from "./completion.ts";
import { data } from "./data.ts";
import { doctor } from "./doctor.ts";
import { evaluate } from "./evaluate.ts";
import { exportModel } from "./export.ts";
import { fit } from "./fit.ts";
import { landscape } from "./landscape.ts";
import { lecture } from "./lecture.ts";
import { minimize } from "./minimize.ts";
import { model } from "./model.ts";
import { optimizers } from "./optimizers.ts";
import { predict } from "./predict.ts";
import { race } from "./race.ts";
import { report } from "./report.ts";
import { reproduce } from "./reproduce.ts";
import { surfaces } from "./surfaces.ts";
import { train } from "./train.ts";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  compare,
  train,
  predict,
  evaluate,
  exportModel,
  fit,
  minimize,
  race,
  surfaces,
  optimizers,
  data,
  model,
  landscape,
  lecture,
  reproduce,
  report,
  doctor,
  completion(() => commands),
];
