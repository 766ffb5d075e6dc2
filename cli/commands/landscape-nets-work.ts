import type { PlaneNet } from "../../src/landscape/index.ts";
import { netsAmong } from "../read/slice-directions.ts";
import type { Ready, Slicer } from "./landscape-slices-work.ts";

/** Each of the nets between which a slice lies: its run, its place, and what it does there; none of a slice around one net. */
export async function netsOf({ runs, directions }: Ready, slicer: Slicer): Promise<PlaneNet[]> {
  const nets = netsAmong(runs);
  if (nets.length === 0) return [];
  const meter = slicer.meter(directions, {});
  try {
    const measured: PlaneNet[] = [];
    for (const net of nets) measured.push({ ...net, measured: await meter.measure(net.x, net.y) });
    return measured;
  } finally {
    await meter.dispose();
  }
}
