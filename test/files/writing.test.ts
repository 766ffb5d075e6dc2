import { execFileSync, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { partOf, type WriteSystem, writePieces, writeWhole } from "../../src/files/node/index.ts";
import { temporary } from "../report/small.ts";

const systemError = (code: string): Error => Object.assign(new Error(`${code}: refused`), { code });

/** A real disk that notes what it is asked, with some of its answers replaced. */
function noting(asked: string[], changes: Partial<WriteSystem> = {}): WriteSystem {
  const system: WriteSystem = {
    create: (path) => openSync(path, "wx"),
    write: (descriptor, bytes) => writeSync(descriptor, bytes),
    sync: () => {},
    close: closeSync,
    rename: (from, to) => execFileSync("mv", [from, to]),
    syncFolder: () => {},
    remove: (path) => execFileSync("rm", ["-f", path]),
    ...changes,
  };
  const noted =
    <Arguments extends unknown[], Result>(name: string, act: (...given: Arguments) => Result) =>
    (...given: Arguments): Result => {
      asked.push(name);
      return act(...given);
    };
  return {
    create: noted("create", system.create),
    write: noted("write", system.write),
    sync: noted("sync", system.sync),
    close: noted("close", system.close),
    rename: noted("rename", system.rename),
    syncFolder: noted("sync folder", system.syncFolder),
    remove: noted("remove", system.remove),
  };
}

/** A file with something in it. */
function old(): { file: string; folder: string } {
  const folder = temporary();
  const file = join(folder, "file");
  writeFileSync(file, "old");
  return { file, folder };
}

describe("a file is replaced", () => {
  test("once all of the new one is on the disk, and then the folder's names are", () => {
    const { file } = old();
    const asked: string[] = [];
    writePieces(file, ["one ", "two"], noting(asked));
    expect(asked).toEqual(["create", "write", "write", "sync", "close", "rename", "sync folder"]);
    expect(readFileSync(file, "utf8")).toBe("one two");
  });

  test("by all bytes of an array, of whatever numbers, and of a part of one", () => {
    const { file } = old();
    const numbers = Float64Array.from({ length: 1000 }, (_, i) => 1 / i);
    writeWhole(file, numbers);
    expect(new Uint8Array(readFileSync(file))).toEqual(new Uint8Array(numbers.buffer));
    writePieces(file, [numbers.subarray(1, 3), new DataView(numbers.buffer, 3, 2), "ä"]);
    expect(readFileSync(file)).toEqual(
      Buffer.concat([Buffer.from(numbers.buffer, 8, 16), Buffer.from(numbers.buffer, 3, 2), Buffer.from("ä")]),
    );
  });

  test("by all of a content of which the system writes a little at a time", () => {
    const { file } = old();
    writeWhole(
      file,
      "0123456789",
      noting([], { write: (descriptor, bytes) => writeSync(descriptor, bytes.subarray(0, 3)) }),
    );
    expect(readFileSync(file, "utf8")).toBe("0123456789");
  });

  test.each(["EINVAL", "EPERM", "EISDIR", "EACCES"])("where the folder cannot be synced by itself (%s)", (code) => {
    const { file } = old();
    const syncFolder = () => {
      throw systemError(code);
    };
    writeWhole(file, "new", noting([], { syncFolder }));
    expect(readFileSync(file, "utf8")).toBe("new");
  });
});

describe("a file stays as it was, with nothing beside it,", () => {
  const failing = (code: string) => (): never => {
    throw systemError(code);
  };
  let written = 0;
  const halfway = (descriptor: number, bytes: Uint8Array): number => {
    if (written > 0) throw systemError("ENOSPC");
    written = writeSync(descriptor, bytes.subarray(0, 5));
    return written;
  };
  test.each<[string, Partial<WriteSystem>, string]>([
    ["where the disk is full half-way", { write: halfway }, "no space is left on the disk"],
    ["where the disk takes nothing more", { write: () => 0 }, "the disk could not be read or written"],
    ["where the disk fails", { sync: failing("EIO") }, "the disk could not be read or written"],
    ["where the disk is read-only", { create: failing("EROFS") }, "the disk is read-only"],
    ["where the part is on another disk", { rename: failing("EXDEV") }, "are on different disks"],
    ["where another program holds it", { rename: failing("EBUSY") }, "another program uses it"],
  ])("%s", (_, changes, words) => {
    const { file, folder } = old();
    expect(() => writeWhole(file, "0123456789", noting([], changes))).toThrow(words);
    expect(readFileSync(file, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  test("where a piece cannot be made", () => {
    const { file, folder } = old();
    function* pieces(): Iterable<string> {
      yield "new";
      throw new RangeError("there is no more");
    }
    expect(() => writePieces(file, pieces())).toThrow(RangeError);
    expect([readFileSync(file, "utf8"), readdirSync(folder)]).toEqual(["old", ["file"]]);
  });

  test("and what failed first is told where the part cannot be removed, either", () => {
    const { file } = old();
    const changes = { sync: failing("EIO"), remove: failing("EROFS") };
    expect(() => writeWhole(file, "new", noting([], changes))).toThrow("could not be read or written");
  });
});

test("what a killed process has left is removed before the disk is asked for room", () => {
  const { file, folder } = old();
  const gone = spawnSync(process.execPath, ["-e", ""]).pid;
  writeFileSync(partOf(file).replace(`-${process.pid}-`, `-${gone}-`), "half");
  const full = () => {
    throw systemError("ENOSPC");
  };
  expect(() => writeWhole(file, "new", noting([], { write: full }))).toThrow("no space is left");
  expect(readdirSync(folder)).toEqual(["file"]);
});

const library = JSON.stringify(new URL("../../dist/src/files/node/index.js", import.meta.url).href);

/** A program that writes "new!" over a file and is killed at a step, before or after it is taken. */
const killed = (file: string, step: string, isAfter: boolean): string => `
  import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
  import { writeWhole } from ${library};
  const steps = {
    create: (path) => openSync(path, "wx"),
    write: (descriptor, bytes) => writeSync(descriptor, bytes.subarray(0, 2)),
    sync: fsyncSync,
    close: closeSync,
    rename: renameSync,
    syncFolder: () => {},
    remove: (path) => rmSync(path, { force: true }),
  };
  const act = steps[${JSON.stringify(step)}];
  const die = () => process.kill(process.pid, "SIGKILL");
  steps[${JSON.stringify(step)}] = (...given) => {
    ${isAfter ? "" : "die();"}
    const result = act(...given);
    die();
    return result;
  };
  writeWhole(${JSON.stringify(file)}, "new!", steps);`;

const moments = ["create", "write", "sync", "close", "rename"].flatMap((step) =>
  [false, true].map((isAfter): [string, string, boolean] => [isAfter ? "after" : "before", step, isAfter]),
);

describe.skipIf(process.platform === "win32")("a process that is killed", () => {
  test.each(moments)("%s %s leaves the old file whole, or the new one", (_, step, isAfter) => {
    const { file, folder } = old();
    const { signal } = spawnSync(process.execPath, ["--input-type=module", "-e", killed(file, step, isAfter)]);
    expect(signal).toBe("SIGKILL");
    expect(readFileSync(file, "utf8")).toBe(step === "rename" && isAfter ? "new!" : "old");
    writeWhole(file, "newer");
    expect([readFileSync(file, "utf8"), readdirSync(folder)]).toEqual(["newer", ["file"]]);
  });
});

test("two processes that write one file at the same time leave one's whole", async () => {
  const { file, folder } = old();
  const program = (letter: string) => `
    import { writeWhole } from ${library};
    for (let i = 0; i < 30; i++) writeWhole(${JSON.stringify(file)}, "${letter}".repeat(200_000));`;
  const ends = ["a", "b"].map((letter) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", program(letter)]);
    return new Promise<number | null>((resolve) => child.on("exit", resolve));
  });
  let isOver = false;
  const over = Promise.all(ends).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    expect(readFileSync(file, "utf8")).toMatch(/^(old|a{200000}|b{200000})$/);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(await over).toEqual([0, 0]);
  expect(readdirSync(folder)).toEqual(["file"]);
});
