import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const main = join(import.meta.dirname, "..", "..", "dist", "cli", "main.js");

function doctor(...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "doctor", ...words], { encoding: "utf8" });
  // A driver's own words stay in the process that tries it.
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

interface Tried {
  readonly name: string;
  readonly works: boolean;
  readonly reason?: string;
  readonly remedy?: string;
}

describe("downhill doctor", () => {
  test("tries each device, and gives a reason and a remedy for those that do not work", () => {
    const health = JSON.parse(doctor("--json"));
    const devices: readonly Tried[] = health.devices;
    expect(devices.map(({ name }) => name)).toEqual(["cpu", "wasm", "webgpu", "cuda", "reference"]);
    expect(health.device).toBe("cpu");
    for (const [i, name, threads] of [
      [0, "onnxruntime-node", health.cores],
      [1, "onnxruntime-web", 1],
    ] as const) {
      const runtime = { name, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) };
      expect(devices[i]).toMatchObject({ works: true, runtime, float64: true, threads });
    }
    expect(devices[4]).toMatchObject({ works: true, runtime: null });
    for (const { works, reason, remedy } of devices)
      if (!works) expect([reason, remedy]).toEqual([expect.stringMatching(/\S/), expect.stringContaining("needs")]);
    expect(health.data).toContainEqual(expect.objectContaining({ name: "digits", found: "inside the package" }));
    expect(health.memory).toBeGreaterThan(0);
  });

  test("tells it in a table, each cause and remedy below", () => {
    const lines = doctor().split("\n");
    expect(lines[0]).toMatch(/^Downhill \d+\.\d+\.\d+, Node \d+\.\d+\.\d+, /);
    expect(lines.filter((line) => line.startsWith("cpu (default)  yes    onnxruntime-node "))).toHaveLength(1);
    expect(lines.filter((line) => /^reference +yes +downhill, slow and exact +1 +yes$/.test(line))).toHaveLength(1);
    for (const name of ["webgpu", "cuda"])
      if (lines.some((line) => new RegExp(`^${name} +no$`).test(line)))
        expect(lines.filter((line) => line.startsWith(`${name}: `))).toHaveLength(1);
    expect(lines.join("\n")).toMatch(/^digits +inside the package$/m);
  });
});
