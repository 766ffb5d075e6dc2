import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTemperatures } from "../../cli/read/temperatures.ts";
import { readIdxFile } from "../../src/data/node/idx-file.ts";
import {
  openFile,
  partOf,
  readBytes,
  readStretch,
  readText,
  sweepParts,
  writeWhole,
} from "../../src/files/node/index.ts";
import { loadDataset, strdFile } from "../../src/node/index.ts";
import { temporary } from "../report/small.ts";

const onUnix = process.platform !== "win32";

/** A pipe that nobody writes to, and a link to a device that never ends. */
function odd(): { pipe: string; device: string; folder: string } {
  const root = temporary();
  const [pipe, device, folder] = ["pipe", "device", "folder"].map((name) => join(root, name));
  execFileSync("mkfifo", [pipe]);
  symlinkSync("/dev/zero", device);
  mkdirSync(folder);
  return { pipe, device, folder };
}

describe.skipIf(!onUnix)("what is no regular file is refused before it is read", () => {
  test("a pipe, a device and a folder", () => {
    const { pipe, device, folder } = odd();
    expect(() => readBytes(pipe, 10)).toThrow(`${pipe}: it is a pipe, not a file; give a file`);
    expect(() => readBytes(device, 10)).toThrow("it is a device, not a file");
    expect(() => readBytes(folder, 10)).toThrow("it is a folder; give a file");
    expect(() => openFile(pipe)).toThrow("it is a pipe");
  });

  test("by everybody who reads a file", async () => {
    for (const path of Object.values(odd())) {
      expect(() => strdFile(path)).toThrow(/it is a (pipe|device|folder)/);
      expect(() => readTemperatures(path)).toThrow(/it is a (pipe|device|folder)/);
      await expect(loadDataset(`csv:${path}`)).rejects.toThrow(/it is a (pipe|device|folder)/);
      const [root, others] = [
        temporary(),
        ["train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"],
      ];
      for (const name of ["train-images-idx3-ubyte", ...others]) symlinkSync(path, join(root, name));
      await expect(loadDataset("mnist", { dir: root })).rejects.toThrow("not found");
      await expect(readIdxFile(path, 1)).rejects.toThrow(/it is a (pipe|device|folder)/);
      for (const name of ["data_batch_1.bin", "test_batch.bin"]) symlinkSync(path, join(root, name));
      await expect(loadDataset("cifar-10", { dir: root })).rejects.toThrow("not found");
    }
  });
});

describe("reading", () => {
  test("a stretch goes on where the system gives less than is asked for, and tells where the file ends", () => {
    const text = "0123456789";
    const little = (_: number, bytes: Uint8Array, at: number, length: number, position: number): number => {
      const given = Buffer.from(text.slice(position, position + Math.min(3, length)));
      bytes.set(given, at);
      return given.length;
    };
    expect(new TextDecoder().decode(readStretch(0, 1, 9, little))).toBe("12345678");
    expect(readStretch(0, 1, 11, little)).toBeUndefined();
    expect(readStretch(0, 5, 5, little)).toEqual(new ArrayBuffer(0));
  });

  test("ends at the limit, which the message tells", () => {
    const file = join(temporary(), "file");
    writeFileSync(file, "x".repeat(100));
    expect(readText(file, 100)).toHaveLength(100);
    expect(() => readText(file, 99)).toThrow(`${file}: it has 100 bytes, expected at most 99;`);
  });

  test.skipIf(process.platform !== "linux")("takes files that say they are empty, up to the limit", () => {
    expect(readText("/proc/self/status", 2 ** 16)).toContain("Pid:");
    expect(() => readText("/proc/self/status", 100)).toThrow("expected at most 100");
  });

  test("knows UTF-8 with a byte-order mark, and nothing else", () => {
    const file = join(temporary(), "file");
    writeFileSync(file, "\ufeffä");
    expect(readText(file, 100)).toBe("ä");
    writeFileSync(file, Buffer.from("ä", "latin1"));
    expect(() => readText(file, 100)).toThrow(`${file}: it is not UTF-8 text`);
    writeFileSync(file, Buffer.from("\ufeff{}", "utf16le"));
    expect(() => readText(file, 100)).toThrow("it is not UTF-8 text");
  });

  test.skipIf(!onUnix)("what cannot be opened is told in one line", () => {
    const root = temporary();
    symlinkSync("loop", join(root, "loop"));
    writeFileSync(join(root, "file"), "");
    const tries: [string, string][] = [
      ["none", "there is no such file"],
      ["loop", "its symbolic links lead in a circle"],
      ["file/x", "a part of the path is a file"],
      ["x".repeat(300), "the name is longer than the system allows"],
      [`${"d/".repeat(4000)}x`, "the name is longer than the system allows"],
      ["a\0b", "it has a character that no path can have"],
    ];
    for (const [name, words] of tries) {
      const read = () => readBytes(join(root, name), 10);
      expect(read).toThrow(words);
      expect(read).toThrow(/^[^\n]{1,400}$/);
    }
  });
});

describe("writing", () => {
  test("puts the whole in place, through a link, with the rights that the file had", () => {
    const root = temporary();
    const [file, link] = [join(root, "file"), join(root, "link")];
    writeWhole(file, "one");
    chmodSync(file, 0o640);
    symlinkSync("file", link);
    writeWhole(link, new Uint8Array([50]));
    expect([readlinkSync(link), readFileSync(file, "utf8")]).toEqual(["file", "2"]);
    expect(statSync(file).mode & 0o777).toBe(onUnix ? 0o640 : 0o666);
    expect(readdirSync(root).sort()).toEqual(["file", "link"]);
  });

  test.skipIf(!onUnix)("that breaks off in the middle leaves what was there", () => {
    const file = join(temporary(), "picture.svg");
    writeFileSync(file, "the old picture");
    const script = `import { writeWhole } from ${JSON.stringify(new URL("../../dist/src/files/node/index.js", import.meta.url).href)};
      process.on("SIGXFSZ", () => {});
      try { writeWhole(${JSON.stringify(file)}, "x".repeat(1e6)); } catch (error) { console.log(error.message); }`;
    // No file of more than 8 blocks of 1024 (or 512) bytes may be written.
    const { stdout } = spawnSync("bash", [
      "-c",
      'ulimit -f 8; exec "$0" --input-type=module -e "$1"',
      process.execPath,
      script,
    ]);
    expect(`${stdout}`).toContain("picture.svg: the file exceeds the size limit");
    expect(readFileSync(file, "utf8")).toBe("the old picture");
    expect(readdirSync(dirname(file))).toEqual(["picture.svg"]);
  });

  test.skipIf(!onUnix)("takes no pipe's and no device's place", () => {
    const { pipe, device, folder } = odd();
    for (const file of [pipe, device]) expect(() => writeWhole(file, "")).toThrow("it is a pipe or a device");
    expect(() => writeWhole(folder, "")).toThrow("it is a folder");
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  test("works for the longest names", () => {
    for (const name of ["x".repeat(255), "ä".repeat(127)]) {
      const file = join(temporary(), name);
      writeWhole(file, "1");
      expect(readFileSync(file, "utf8")).toBe("1");
    }
  });
});

describe("parts", () => {
  /** The number of a process that has ended. */
  const gone = (): number => spawnSync(process.execPath, ["-e", ""]).pid;
  const ofProcess = (part: string, id: number): string => part.replace(`-${process.pid}-`, `-${id}-`);

  test("of killed processes are removed by the next write, those of live ones are not", () => {
    const file = join(temporary(), "file");
    const [live, dead] = [partOf(file), ofProcess(partOf(file), gone())];
    const own = [`${file}.part`, `${file}.old.part`, `${file}2.part`];
    for (const name of [live, dead, ...own]) writeFileSync(name, "");
    writeWhole(file, "");
    expect(readdirSync(dirname(file)).sort()).toEqual([file, live, ...own].map((name) => basename(name)).sort());
  });

  test("of another host's process are removed once they have stood still", () => {
    const file = join(temporary(), "file");
    const other = ofProcess(partOf(file), gone()).replace(/\.[\da-f]{6}-/, ".000000-");
    writeFileSync(other, "");
    sweepParts(dirname(file));
    expect(readdirSync(dirname(file))).toEqual([basename(other)]);
    const old = new Date(Date.now() - 3_600_000);
    utimesSync(other, old, old);
    sweepParts(dirname(file));
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  test("of the form that 0.1.0 wrote are known, too", () => {
    const file = join(temporary(), "summary.json");
    for (const id of [process.pid, gone()]) writeFileSync(`${file}.${id}.part`, "");
    sweepParts(dirname(file));
    expect(readdirSync(dirname(file))).toEqual([`summary.json.${process.pid}.part`]);
  });
});
