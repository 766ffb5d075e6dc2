import { createHash } from "node:crypto";
import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { basename, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { DataError } from "../../src/data/index.ts";
import { download } from "../../src/data/node/download.ts";
import type { DataEvent } from "../../src/data/node/index.ts";
import { temporaryFolder } from "./small-files.ts";

const content = Buffer.from(new Uint8Array(300_000).map((_, i) => (i * i + (i >> 8)) % 256));
const md5 = createHash("md5").update(content).digest("hex");

type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

/** Serves `content`, ranges and all, as a good mirror does. */
const serve: Answer = ({ headers }, response, body) => {
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);
  if (start >= body.length) return void response.writeHead(416).end();
  const rest = body.subarray(start);
  const range = { "content-range": `bytes ${start}-${body.length - 1}/${body.length}` };
  response
    .writeHead(headers.range ? 206 : 200, { "content-length": rest.length, ...(headers.range && range) })
    .end(rest);
};

/** Sends `bytes` of what was asked for and hangs up. */
const breakOff =
  (bytes: number): Answer =>
  ({ headers }, response, body) => {
    const start = Number(/\d+/.exec(headers.range ?? "0")?.[0]);
    const length = { "content-length": body.length - start };
    const range = { "content-range": `bytes ${start}-${body.length - 1}/${body.length}` };
    response.writeHead(headers.range ? 206 : 200, { ...length, ...(headers.range && range) });
    response.write(body.subarray(start, start + bytes), () => setTimeout(() => response.destroy(), 20));
  };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A mirror that gives its answers in turn, the last one again and again, and records the ranges it was asked for. */
async function mirror(
  answers: readonly Answer[],
  body = content,
): Promise<{ url: string; ranges: (string | undefined)[] }> {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(ranges.push(request.headers.range), answers.length) - 1];
    answer(request, response, body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}/file.gz`, ranges };
}

async function wanted(...mirrors: { url: string }[]) {
  const file = join(await temporaryFolder(), "cache", "file.gz");
  return { urls: mirrors.map(({ url }) => url), file, bytes: content.length, md5 };
}

const isWhole = async (file: string) => content.equals(await readFile(file));
const inFolderOf = (file: string) => readdir(join(file, ".."));
const start = (request: { file: string }, bytes: Buffer, name = "file.gz.part") =>
  download({ ...request, urls: [], bytes: 1, md5: "" })
    .catch(() => undefined) // makes the folder
    .then(() => writeFile(join(request.file, "..", name), bytes));

describe("a good mirror", () => {
  test("gives the file, with its progress told", async () => {
    const events: DataEvent[] = [];
    const request = await wanted(await mirror([serve]));
    await download({ ...request, onProgress: (event) => events.push(event) });
    expect(await isWhole(request.file)).toBe(true);
    expect(await inFolderOf(request.file)).toEqual(["file.gz"]);
    expect(events.at(-1)).toEqual({
      kind: "download",
      file: "file.gz",
      url: request.urls[0],
      received: 300_000,
      total: 300_000,
    });
    const received = events.map((event) => (event.kind === "download" ? event.received : 0));
    expect(received).toEqual(received.toSorted((a, b) => a - b));
  });

  test("goes on where an earlier attempt broke off", async () => {
    const good = await mirror([serve]);
    const request = await wanted(good);
    await start(request, content.subarray(0, 100_000));
    await download(request);
    expect(good.ranges).toEqual(["bytes=100000-"]);
    expect(await isWhole(request.file)).toBe(true);
    expect(await inFolderOf(request.file)).toEqual(["file.gz"]);
  });

  test("is not asked again for a part that is whole", async () => {
    const good = await mirror([serve]);
    const request = await wanted(good);
    await start(request, content);
    await download(request);
    expect(good.ranges).toEqual([]);
    expect(await isWhole(request.file)).toBe(true);
  });

  test("takes up the part of a process that was killed, but not that of one at work", async () => {
    const good = await mirror([serve]);
    const request = await wanted(good);
    await start(request, content.subarray(0, 50_000), "file.gz.0123456789ab.part");
    await download(request);
    expect(good.ranges).toEqual([undefined]);
    expect(await inFolderOf(request.file)).toContain("file.gz.0123456789ab.part");
    const old = new Date(Date.now() - 3_600_000);
    await utimes(join(request.file, "..", "file.gz.0123456789ab.part"), old, old);
    await download(request);
    expect(good.ranges).toEqual([undefined, "bytes=50000-"]);
    expect(await inFolderOf(request.file)).toEqual(["file.gz"]);
  });
});

describe("a bad mirror", () => {
  const status =
    (code: number): Answer =>
    (_request, response) =>
      void response.writeHead(code).end("an error page");

  test.each([404, 500, 403])("answers %i: the next is asked", async (code) => {
    const [bad, good] = [await mirror([status(code)]), await mirror([serve])];
    const request = await wanted(bad, good);
    await download(request);
    expect(await isWhole(request.file)).toBe(true);
    expect(bad.ranges).toHaveLength(1);
  });

  test("drops the connection: it is asked for the rest", async () => {
    const flaky = await mirror([breakOff(100_000), breakOff(50_000), serve]);
    const request = await wanted(flaky);
    await download(request);
    expect(await isWhole(request.file)).toBe(true);
    expect(flaky.ranges).toHaveLength(3);
    expect(flaky.ranges.slice(1)).toEqual([
      expect.stringMatching(/^bytes=\d+-$/),
      expect.stringMatching(/^bytes=\d+-$/),
    ]);
  });

  test("drops it every time: what came is kept for the next attempt", async () => {
    const request = await wanted(await mirror([breakOff(10_000)]));
    await expect(download(request)).rejects.toThrow(DataError);
    const [part] = await inFolderOf(request.file);
    expect(part).toBe("file.gz.part");
    const kept = await readFile(join(request.file, "..", part));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.equals(content.subarray(0, kept.length))).toBe(true);
  });

  test("knows no ranges: the file is taken from its beginning", async () => {
    const request = await wanted(await mirror([(_request, response, body) => void response.end(body)]));
    await start(request, content.subarray(0, 1000));
    await download(request);
    expect(await isWhole(request.file)).toBe(true);
  });

  test("has other bytes of the same length: refused by the checksum, and the next mirror starts anew", async () => {
    const [bad, good] = [await mirror([serve], Buffer.alloc(300_000)), await mirror([serve])];
    const request = await wanted(bad, good);
    await download(request);
    expect(good.ranges).toEqual([undefined]);
    expect(await isWhole(request.file)).toBe(true);
    const alone = await wanted(bad);
    await expect(download(alone)).rejects.toThrow(
      /no mirror gave it \(127\.0\.0\.1:\d+: the checksum is wrong\); try again/,
    );
    expect(await inFolderOf(alone.file)).toEqual([]);
  });

  test("a part with wrong bytes is thrown away, and the file fetched whole", async () => {
    const good = await mirror([serve]);
    const request = await wanted(good);
    await start(request, Buffer.alloc(1000));
    await download(request);
    expect(good.ranges).toEqual(["bytes=1000-", undefined]);
    expect(await isWhole(request.file)).toBe(true);
  });

  test.each<[string, Answer, string]>([
    [
      "announces another length",
      (_request, response) => void response.end(content.subarray(1)),
      "has 299999 bytes, expected 300000",
    ],
    [
      "sends without end",
      (_request, response) => {
        const send = () => void (response.destroyed || response.write(content, () => setImmediate(send)));
        send();
      },
      "sent more than 300000 bytes",
    ],
    [
      "sends less without saying so",
      (_request, response) => void response.write(content.subarray(0, 9), () => response.end()),
      "broke off after 9 of 300000 bytes",
    ],
  ])("%s", async (_name, answer, problem) => {
    const request = await wanted(await mirror([answer]));
    await expect(download(request)).rejects.toThrow(problem);
    expect(await inFolderOf(request.file)).not.toContain("file.gz");
  });

  test("sends another range than was asked for", async () => {
    const confused: Answer = (request, response, body) =>
      request.headers.range
        ? void response.writeHead(206, { "content-range": "bytes 0-9/10" }).end(body.subarray(0, 10))
        : serve(request, response, body);
    const request = await wanted(await mirror([confused]));
    await start(request, content.subarray(0, 1000));
    await download(request);
    expect(await isWhole(request.file)).toBe(true);
  });

  test("does not exist: each is named once, with its reason", async () => {
    const [one, other] = [await mirror([serve]), await mirror([serve])];
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
    const attempt = download(await wanted(one, other));
    const hosts = [one, other].map(({ url }) => new URL(url).host);
    const reasons = hosts.map((host) => `${host}: connect ECONNREFUSED ${host}`).join("; ");
    await expect(attempt).rejects.toThrow(`file.gz: no mirror gave it (${reasons}); try again later, or get the file`);
  });
});

test("many at once: all succeed, and one whole file is left", async () => {
  const request = await wanted(await mirror([serve]));
  await Promise.all(Array.from({ length: 6 }, () => download(request)));
  expect(await isWhole(request.file)).toBe(true);
  expect(await inFolderOf(request.file)).toEqual(["file.gz"]);
});

test("an abort ends it with its reason, and keeps what came", async () => {
  const controller = new AbortController();
  const hanging: Answer = (_request, response, body) =>
    void response.writeHead(200, { "content-length": body.length }).write(body.subarray(0, 20_000));
  const request = await wanted(await mirror([hanging]));
  const attempt = download({
    ...request,
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("enough")),
  });
  await expect(attempt).rejects.toThrow("enough");
  const [part] = await inFolderOf(request.file);
  expect((await readFile(join(request.file, "..", part))).length).toBe(20_000);
});

test("a folder that cannot be made is an error of the disk, not of the mirror", async () => {
  const file = join(await temporaryFolder(), "plain-file");
  await writeFile(file, "");
  const request = { ...(await wanted(await mirror([serve]))), file: join(file, "file.gz") };
  await expect(download(request)).rejects.toThrow(DataError);
  await expect(download(request)).rejects.toThrow(`${basename(file)}: a file is where a folder should be`);
});
