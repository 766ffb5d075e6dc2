import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DataError } from "../../src/data/index.ts";
import { type FolderSystem, makeFolder } from "../../src/files/node/make-folder.ts";
import { temporary } from "../report/small.ts";

const systemError = (code: string): Error => Object.assign(new Error(`${code}: refused`), { code });

/** A disk of these folders on which making another one fails. */
function refusing(folders: readonly string[], code: string): FolderSystem & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    mkdir: (path) => {
      asked.push(path);
      throw systemError(code);
    },
    rmdir: () => {},
    stat: (path) => {
      if (folders.includes(path)) return { isDirectory: () => true };
      throw systemError("ENOENT");
    },
  };
}

describe("a folder", () => {
  test("is made with those above it, and the topmost new one is told", () => {
    const root = temporary();
    expect(makeFolder(join(root, "a", "b", "c"))).toBe(join(root, "a"));
    expect(makeFolder(join(root, "a", "b", "d"))).toBe(join(root, "a", "b", "d"));
    expect(makeFolder(join(root, "a"))).toBeUndefined();
    expect(readdirSync(join(root, "a", "b"))).toEqual(["c", "d"]);
  });

  // Node's recursive mkdir asks for /proc/x, then for /proc/x/runs, then for /proc/x, … for ever.
  test("below one that is there, and yet says that no such file is there, is given up at once", () => {
    const system = refusing(["/", "/proc"], "ENOENT");
    expect(() => makeFolder("/proc/x/runs/deep", system)).toThrow("/proc/x: no folder can be made in /proc;");
    expect(system.asked).toEqual(["/proc/x"]);
    const deleted = refusing(["."], "ENOENT"); // the working folder, still there for those who are in it
    expect(() => makeFolder("runs", deleted)).toThrow("runs: no folder can be made in .;");
  });

  test.skipIf(!existsSync("/proc/self"))("below /proc is given up at once", () => {
    expect(() => makeFolder("/proc/nope/run")).toThrow(DataError);
  });

  test.each([
    ["EROFS", "the disk is read-only"],
    ["EACCES", "permission is denied"],
    ["EDQUOT", "the disk quota is used up"],
    ["ENOSPC", "no space is left"],
    ["EIO", "could not be read or written"],
  ])("that the system refuses with %s is told as that", (code, words) => {
    for (const folders of [["/"], ["/", "/data"], ["/", "/data", "/data/a"]])
      expect(() => makeFolder("/data/a/b", refusing(folders, code))).toThrow(words);
  });

  test("that cannot be made takes back those above it", () => {
    const root = temporary();
    writeFileSync(join(root, "file"), "");
    expect(() => makeFolder(join(root, "a", "b", "x".repeat(300)))).toThrow("longer than the system allows");
    expect(() => makeFolder(join(root, "a", "b", "nul\0"))).toThrow("a character that no path can have");
    expect(() => makeFolder(join(root, "file", "a"))).toThrow("a part of the path is a file");
    expect(() => makeFolder(join(root, "file"))).toThrow("a file is where a folder should be");
    expect(readdirSync(root)).toEqual(["file"]);
  });

  test("that another process makes at the same moment is as good", () => {
    const root = temporary();
    const there = new Set<string>();
    const system: FolderSystem = {
      mkdir: (path) => {
        there.add(path);
        throw systemError("EEXIST");
      },
      rmdir: () => {},
      stat: (path) => {
        if (there.has(path) || path === root) return { isDirectory: () => true };
        throw systemError("ENOENT");
      },
    };
    expect(makeFolder(join(root, "a", "b"), system)).toBeUndefined();
    mkdirSync(join(root, "a"));
    expect(makeFolder(join(root, "a", "b"))).toBe(join(root, "a", "b"));
  });
});
