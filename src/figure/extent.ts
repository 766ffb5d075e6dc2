import type { Panel } from "./description.ts";
import { kindOf } from "./kinds.ts";
import { type Domain, domainOf } from "./scale.ts";

/** The domains of a panel's axes: those it names, or such that all its marks fit. */
export function domainsOf(panel: Panel): { x: Domain; y: Domain } {
  const ground = hasGround(panel);
  const overhangs = panel.marks.some((mark) => kindOf(mark).overhangs);
  return {
    x: domainOf(panel.x, reach(panel, "x"), overhangs && !ground ? 0.03 : 0),
    y: domainOf(panel.y, reach(panel, "y"), ground ? 0 : 0.05),
  };
}

/** Whether a mark covers the plot. */
export const hasGround = ({ marks }: Panel): boolean => marks.some((mark) => kindOf(mark).ground);

/** Whether a mark stands in space. */
export const isInSpace = ({ marks }: Panel): boolean => marks.some((mark) => kindOf(mark).inSpace);

/** The places along an axis that are to be seen. */
const reach = (panel: Panel, axis: "x" | "y") =>
  panel.marks.flatMap((mark) => kindOf(mark).extent(mark, axis, panel[axis].scale));
