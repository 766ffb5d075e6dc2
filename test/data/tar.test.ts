import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DataError } from "../../src/data/index.ts";
import { tarMembers } from "../../src/data/node/tar.ts";
import { readUnpacked } from "../../src/data/node/unpacked.ts";
import { temporaryFolder } from "./small-files.ts";

interface Golden {
  readonly files: readonly { readonly name: string; readonly contents: string }[];
  readonly gzip: string;
}

/** Archives that Python's tarfile wrote (scripts/goldens/archives.py). */
const archives: Readonly<Record<string, Golden>> = JSON.parse(
  await readFile("test/goldens/data/archives.json", "utf8"),
).archives;

async function fileWith(bytes: Uint8Array): Promise<string> {
  const file = join(await temporaryFolder(), "a.tar");
  await writeFile(file, bytes);
  return file;
}

/** The members of an archive, with their contents; only those that `wanted` allows are read. */
async function membersOf(bytes: Uint8Array, wanted = (_: string): boolean => true) {
  return readUnpacked(await fileWith(bytes), async (reader) => {
    const members: { name: string; size: number; contents?: string }[] = [];
    for await (const { name, size, read } of tarMembers(reader, "a.tar"))
      members.push({ name, size, ...(wanted(name) && { contents: Buffer.from(await read()).toString("base64") }) });
    return members;
  });
}

describe.each(Object.entries(archives))("%s, as Python writes it", (_, { files, gzip }) => {
  const packed = Buffer.from(gzip, "base64");
  const expected = files.map(({ name, contents }) => ({
    ...{ name, contents },
    size: Buffer.from(contents, "base64").length,
  }));

  test("every file, its name and its bytes, packed or not; folders and links are passed over", async () => {
    expect(await membersOf(packed)).toEqual(expected);
    expect(await membersOf(gunzipSync(packed))).toEqual(expected);
  });

  test("what is not read is passed over", async () => {
    const members = await membersOf(packed, (name) => name.endsWith("more.bin"));
    expect(members.filter(({ contents }) => contents !== undefined)).toEqual(
      expected.filter(({ name }) => name.endsWith("more.bin")),
    );
    expect(members.map(({ name, size }) => [name, size])).toEqual(expected.map(({ name, size }) => [name, size]));
  });

  test("cut anywhere, it gives the files before the cut, or an error", async () => {
    const whole = gunzipSync(packed);
    for (let length = 0; length < whole.length; length += 212) {
      const members = await membersOf(whole.subarray(0, length)).catch((error: unknown) => error);
      if (Array.isArray(members)) expect(members).toEqual(expected.slice(0, members.length));
      else expect(members).toBeInstanceOf(DataError);
    }
  });
});

describe("broken archives", () => {
  const plain = gunzipSync(Buffer.from(archives.ustar.gzip, "base64"));
  const damaged = Buffer.from(plain);
  const second = 512; // the link's header
  damaged[second + 3] ^= 1;
  const number = Buffer.from(plain);
  number.write("9999", 124);
  const sum = number.subarray(0, 512).reduce((all, byte, i) => all + (i >= 148 && i < 156 ? 32 : byte), 0);
  number.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);

  test.each<[string, Uint8Array, string]>([
    ["no archive", Buffer.alloc(600, "text "), "it is not a tar archive; give a .tar or .tar.gz file"],
    ["a damaged header", damaged, "the tar archive is damaged at byte 512"],
    ["a size that is no number", number, "the size of folder/ is no number"],
    ["cut within a header", plain.subarray(0, 700), "the tar archive ends 188 bytes into a header"],
    [
      "cut within a file",
      plain.subarray(0, 512 * 4 + 100),
      "the tar archive ends after 100 of 512 bytes of folder/block",
    ],
    ["cut gzip data", gzipSync(plain).subarray(0, 300), "the gzip data end too early; the file is truncated"],
    ["damaged gzip data", gzipSync(plain).fill(0, 100, 140), "the gzip data are damaged"],
  ])("%s", async (_name, bytes, message) => {
    await expect(membersOf(bytes)).rejects.toThrow(DataError);
    await expect(membersOf(bytes)).rejects.toThrow(message);
  });

  test("a wrong checksum at the end of the gzip data is seen, although all files were read", async () => {
    const packed = gzipSync(plain);
    packed[packed.length - 6] ^= 1;
    await expect(membersOf(packed)).rejects.toThrow("the gzip data are damaged");
  });
});
