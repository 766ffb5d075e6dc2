// Answer predictions over HTTP, with a saved model and nothing but Node.
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { dataset, fit, load, save } from "downhill";
import { adam } from "downhill/optimizers";

// Usually `downhill train --save` has left the model.
const rows = Array.from({ length: 300 }, (_, i) => ({
  size: i % 50,
  colour: i % 3 ? "red" : "green",
  price: (i % 50) * 2,
}));
const folder = await mkdtemp(join(tmpdir(), "fruit-"));
const data = dataset({ rows, target: "price", task: "regression" });
await save(await fit({ data, optimizer: adam({ lr: 0.01 }), epochs: 60, seed: 1 }), folder);

const net = await load(folder);
const server = createServer(async (request, response) => {
  try {
    const asked: unknown = await json(request);
    if (typeof asked !== "object" || asked === null) throw new TypeError("give a row, or a list of rows");
    const predictions = await net.predict(Array.isArray(asked) ? asked : [asked]);
    response.setHeader("content-type", "application/json").end(JSON.stringify(predictions));
  } catch (error) {
    response.writeHead(400).end(String(error)); // says which row is wrong, and what to give
  }
}).listen(0, async () => {
  const address = server.address();
  const url = `http://localhost:${typeof address === "object" ? address?.port : address}`;
  const ask = async (body: unknown) => (await fetch(url, { method: "POST", body: JSON.stringify(body) })).text();
  const [{ value }] = JSON.parse(await ask([{ size: 30, colour: "red" }]));
  console.log("price", Math.round(value));
  console.log(await ask([{ size: "large", colour: "red" }]));
  console.log(await ask("red"));
  server.close();
});

// Prints
// price 60
// TypeError: predict: row 1: "size" is "large"; give a number
// TypeError: give a row, or a list of rows
