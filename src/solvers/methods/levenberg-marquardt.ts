import { solver } from "../factory.ts";
import { positive } from "../settings.ts";
import { marquardt } from "../trust-region/levenberg-marquardt.ts";

export const levenbergMarquardt = solver(
  {
    name: "levenberg-marquardt",
    title: "Levenberg–Marquardt",
    formula: "d makes ‖r + Jd‖ least over ‖Dd‖ ≤ Δ; D holds the columns' norms, Δ begins at `radius`·‖Dx‖",
    source: "Levenberg 1944; Marquardt 1963; Moré 1978, The Levenberg–Marquardt algorithm",
    settings: { radius: 10 },
    allowed: { radius: positive },
  },
  ({ radius }) => marquardt(radius),
);
