import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { IdxSet } from "../../src/data/images/idx-set.ts";
import { mnist } from "../../src/data/images/mnist.ts";
import { fetchIdx, loadIdx } from "../../src/data/node/idx-set.ts";
import { cacheFolder, type DataEvent } from "../../src/data/node/index.ts";
import { sets } from "../../src/data/registry.ts";
import { smallMnist, temporaryFolder } from "./small-files.ts";

/** The four files as a mirror has them: all gzipped. */
const files = Object.entries(smallMnist()).map(([name, content]) =>
  name.endsWith(".gz") ? { name, content } : { name: `${name}.gz`, content: gzipSync(content) },
);
const asked: string[] = [];
let server: Server;
let small: IdxSet;

beforeEach(async () => {
  vi.stubEnv("XDG_CACHE_HOME", await temporaryFolder());
  asked.length = 0;
  server = createServer(({ url }, response) => {
    asked.push(url ?? "");
    const file = files.find(({ name }) => url === `/data/${name}`);
    if (file) response.end(file.content);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const host = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const known = files.map(({ name, content }) => {
    return { name, bytes: content.length, md5: createHash("md5").update(content).digest("hex") };
  });
  small = { ...mnist, remote: { mirrors: [`${host}/nothing-here`, `${host}/data`], files: known } };
});

afterEach(() => {
  server.close().closeAllConnections();
  vi.unstubAllEnvs();
});

test("a data set that is nowhere is downloaded into the cache once, and loaded from there", async () => {
  const events: DataEvent[] = [];
  const dataset = await loadIdx(small, { onProgress: (event) => events.push(event) });
  expect(dataset.train.count).toBe(22);
  const seen = new Set(events.map((event) => (event.kind === "download" ? event.file : event.message)));
  expect([...seen].sort()).toEqual(files.map(({ name }) => name).sort());
  expect((await readdir(join(cacheFolder(), "mnist"))).sort()).toEqual(files.map(({ name }) => name).sort());
  const requests = asked.length;
  expect((await loadIdx(small, {})).train).toEqual(dataset.train);
  expect(asked).toHaveLength(requests);
});

test("only what is missing is downloaded, into a given folder too", async () => {
  const dir = await temporaryFolder();
  await fetchIdx({ ...small, remote: { ...small.remote, files: small.remote.files.slice(0, 2) } }, { dir });
  asked.length = 0;
  expect(await fetchIdx(small, { dir })).toBe(dir);
  expect(asked.filter((url) => url.startsWith("/data/"))).toHaveLength(2);
  expect((await loadIdx(small, { dir, download: false })).test.count).toBe(5);
});

test("mirrors of one's own take the place of the public ones", async () => {
  const mirrors = small.remote.mirrors.slice(1);
  await fetchIdx({ ...small, remote: { ...small.remote, mirrors: [] } }, { mirrors });
  expect(asked).toEqual(small.remote.files.map(({ name }) => `/data/${name}`));
});

const inThisForm = sets.filter((set) => set.kind === "idx");

test.each(inThisForm)(
  "$entry.name: four files, each with its own length and checksum, on at least two mirrors",
  ({ remote }) => {
    expect(remote.files.map(({ name }) => name)).toEqual([
      "train-images-idx3-ubyte.gz",
      "train-labels-idx1-ubyte.gz",
      "t10k-images-idx3-ubyte.gz",
      "t10k-labels-idx1-ubyte.gz",
    ]);
    const sums = remote.files.map((file) => ("md5" in file ? file.md5 : file.sha256));
    for (const sum of sums) expect(sum).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(sums).size).toBe(4);
    expect(remote.mirrors.filter((mirror) => new URL(mirror).pathname.endsWith("/")).length).toBeGreaterThanOrEqual(2);
  },
);
