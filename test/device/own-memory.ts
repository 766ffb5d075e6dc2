import type { Device, OwnMemory, Resident } from "../../src/device/index.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { evaluate, isVector, type Vector } from "../../src/expr/index.ts";

/** A device with a memory of its own, as a GPU has, in which the interpreter computes; it counts what lies there. */
export function deviceWithMemory({ canWait = true } = {}) {
  const held = new Map<Resident, Float32Array>();
  const counts = { uploads: 0, downloads: 0, most: 0 };

  function hold(values: ArrayLike<number>): Resident {
    const resident: Resident = { length: values.length, dispose: () => void held.delete(resident) };
    held.set(resident, Float32Array.from(values));
    counts.most = Math.max(counts.most, held.size);
    return resident;
  }

  function valuesOf(resident: Resident): Float32Array {
    const values = held.get(resident);
    if (values === undefined) throw new Error("this vector was disposed of");
    return values;
  }

  function copyBack(from: Resident, to: Vector): void {
    counts.downloads++;
    to.set(valuesOf(from));
  }

  const memory: OwnMemory = {
    upload: async (vector) => {
      counts.uploads++;
      return hold(vector);
    },
    download: async (from, to) => copyBack(from, to),
    ...(canWait && { downloadNow: copyBack }),
    prepare: async (outputs, staying) => ({
      run: async (given) => {
        const feeds = Object.entries(given).map(([name, x]) => [name, isVector(x) ? x : valuesOf(x)] as const);
        const results = evaluate(Object.values(outputs), Object.fromEntries(feeds));
        const byName = Object.keys(outputs).map((name, i) => [name, results[i].data] as const);
        const [there, back] = [true, false].map((stays) => byName.filter(([name]) => staying.includes(name) === stays));
        return {
          residents: Object.fromEntries(there.map(([name, data]) => [name, hold(data)])),
          values: Object.fromEntries(back.map(([name, data]) => [name, Float32Array.from(data)])),
        };
      },
      dispose: async () => {},
    }),
  };
  const device: Device = { ...referenceDevice, float64: false, ownMemory: memory };
  return { device, counts, alive: () => held.size };
}
