import { minimize, surfaces } from "../../dist/src/index.js";
import { adam } from "../../dist/src/optimizers/index.js";
import { measure, settings } from "../contender.mjs";

const { walk, start, lr, checked } = settings;
const optimizer = adam({ lr });
await measure(() => minimize(surfaces.beale, { optimizer, start, steps: walk }).values[checked]);
