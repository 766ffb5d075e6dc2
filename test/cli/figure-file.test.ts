import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { DataError } from "../../src/files/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

const disk = { isFull: false };

vi.mock("../../src/files/node/index.ts", async (original) => {
  const real = await original<typeof import("../../src/files/node/index.ts")>();
  const writeWhole: typeof real.writeWhole = (file, ...rest) => {
    if (disk.isFull) throw new DataError(file, "the disk is full", "make room");
    real.writeWhole(file, ...rest);
  };
  return { ...real, writeWhole };
});

beforeEach(() => {
  disk.isFull = false;
});

const commands = [
  "minimize beale --steps 3 --json",
  "race beale --steps 3 --optimizer adam --lr 0.1 --json",
  "train --data moons --model mlp:4 --lr-range --steps 10 --json",
  "lecture weighted-averages --json",
];

test.each(commands)("%s: a figure that cannot be written does not take the result with it", async (line) => {
  const file = join(await temporaryFolder(), "a.html");
  disk.isFull = true;
  const { code, out, err } = await downhill([...line.split(" "), "--figure", file]);
  expect(JSON.parse(out)).toBeTypeOf("object");
  expect(code).toBe(1);
  expect(err).toContain(`${file}: the disk is full`);
});

test.each(commands)("%s: a folder where the figure should go is refused before any work", async (line) => {
  const folder = join(await temporaryFolder(), "a.html");
  await mkdir(folder);
  const { code, out, err } = await downhill([...line.split(" "), "--figure", folder]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(`--figure ${folder}: there is a folder or a device of this name`);
});
