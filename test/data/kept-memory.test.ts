import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const built = fileURLToPath(new URL("../../dist/src/node/index.js", import.meta.url));

/** In a process of its own: reads a table from standard input, and all of its training inputs. */
const program = `
  import { loadDataset } from ${JSON.stringify(new URL(`file://${built}`).href)};
  const { train, inputShape, form } = await loadDataset("csv:-", { onProgress: ({ message }) => console.error(message) });
  const [size] = inputShape;
  const [inputs, targets] = [new Float32Array(500 * size), new Float32Array(500)];
  const sums = new Float64Array(size);
  for (let at = 0; at + 500 <= train.count; at += 500) {
    train.gather(Uint32Array.from({ length: 500 }, (_, i) => at + i), inputs, targets);
    for (let i = 0; i < inputs.length; i++) sums[i % size] += inputs[i];
  }
  const most = Math.max(...sums.map(Math.abs)) / train.count;
  console.log(JSON.stringify({ count: train.count, size, most, megabytes: process.resourceUsage().maxRSS / 1000 }));
`;

test.skipIf(!existsSync(built))(
  "a table of 72 MB on standard input is read in 200 MB",
  async () => {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (text) => (out += text));
    child.stderr.on("data", (text) => (err += text));
    const row = (i: number) => Array.from({ length: 101 }, (_, k) => (i * 31 + k * k * 17) % 977).join(",");
    const block = Array.from({ length: 3000 }, (_, i) => `${row(i)}\n`).join("");
    child.stdin.write(`${Array.from({ length: 101 }, (_, k) => `x${k}`).join(",")}\n`);
    for (let i = 0; i < Math.ceil(72e6 / block.length); i++)
      if (!child.stdin.write(block)) await once(child.stdin, "drain");
    child.stdin.end();
    const [status] = await once(child, "close");
    expect([status, err]).toEqual([
      0,
      expect.stringMatching(/^csv:-: 7\d MB, so it is kept in a file of \d+ MB in .*\n$/),
    ]);
    const { count, size, most, megabytes } = JSON.parse(out);
    expect([count, size]).toEqual([Math.round(0.7 * 3000 * Math.ceil(72e6 / block.length)), 100]);
    expect(most).toBeLessThan(0.02); // standardised inputs have the mean 0
    expect(megabytes).toBeLessThan(200); // the numbers alone are 150 MB, and the inputs as many again
  },
  60_000,
);
