import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { downhill, temporaryFolder } from "./command.ts";

async function configFile(text: string): Promise<string> {
  const file = join(await temporaryFolder(), "config.json");
  await writeFile(file, text);
  return file;
}

const printed = async (...argv: string[]): Promise<Record<string, unknown>> => {
  const { code, out, err } = await downhill([...argv, "--print-config"]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
};

test("--print-config merges flags and defaults, numbers as numbers", async () => {
  const typed = "train --lr 1e-3 --set beta1=0.8 --set eps=1e-7 --batch-size full --json";
  expect(await printed(...typed.split(" "))).toEqual({
    data: "digits",
    model: "mlp:64",
    optimizer: "adam",
    lr: 0.001,
    set: ["beta1=0.8", "eps=1e-7"],
    "batch-size": "full",
    epochs: 25,
    seed: 1,
    out: "runs",
    json: true,
  });
});

test("--config reads back what --print-config prints, and flags win over the file", async () => {
  const typed =
    "compare --optimizer adam,sgd --optimizer lion --seeds 4,7 --lr 0.1 --target 95% --no-out --schedule cosine";
  const merged = await printed(...typed.split(" "));
  const file = await configFile(JSON.stringify(merged));
  expect(await printed("compare", "--config", file)).toEqual(merged);
  expect(await printed("compare", "--config", file, "--lr", "tuned", "--epochs", "3")).toEqual({
    ...merged,
    lr: "tuned",
    epochs: 3,
  });
});

test("--config takes the config.json of a run, whose command must be the same", async () => {
  const folder = await temporaryFolder();
  const { out } = await downhill(["train", "--epochs", "0", "--seed", "7", "--out", folder, "--json"]);
  const file = join(JSON.parse(out).run, "config.json");
  expect(await printed("train", "--config", file)).toMatchObject({ epochs: 0, seed: 7, out: folder, json: true });
  const { code, err } = await downhill(["compare", "--config", file]);
  expect([code, err]).toEqual([2, `downhill: ${file}: it is of a run of "train", and the command is compare\n`]);
});

test("what is false in the configuration is off", async () => {
  const merged = await printed("train", "--config", await configFile('{"out": false}'));
  expect(merged).toMatchObject({ "no-out": true });
  expect(merged).not.toHaveProperty("out");
});

test("any settings survive the round trip", async () => {
  const settings = fc.record(
    {
      data: fc.constantFrom("moons", "csv:a b'c.csv", "digits"),
      lr: fc.double({ min: 0, max: 1e6, noNaN: true }),
      epochs: fc.nat(),
      seed: fc.maxSafeNat(),
      dropout: fc.double({ min: 0, max: 0.99, noNaN: true }),
      "batch-size": fc.oneof(fc.constant("full"), fc.integer({ min: 1 })),
      patience: fc.nat(),
      quiet: fc.constant(true),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(settings, async (given) => {
      const file = await configFile(JSON.stringify(given));
      const merged = await printed("train", "--config", file);
      expect(merged).toMatchObject(given);
      expect(await printed("train", "--config", await configFile(JSON.stringify(merged)))).toEqual(merged);
    }),
    { numRuns: 25 },
  );
});

test("a file may write names in one word, lists as lists and --set as an object", async () => {
  const file = await configFile(
    '{"batchSize": 64, "seeds": [1, 5], "set": {"beta1": 0.8}, "optimizer": ["adam", "lion"], "l2": null, "no-out": false}',
  );
  expect(await printed("compare", "--config", file)).toMatchObject({
    "batch-size": 64,
    seeds: "1,5",
    set: ["beta1=0.8"],
    optimizer: ["adam", "lion"],
    out: "runs",
  });
});

test("a flag on the command line also covers the one that it excludes in the file", async () => {
  const file = await configFile('{"optimizer": "momentum", "json": true}');
  const merged = await printed("train", "--config", file, "--rule", "mine.txt", "--jsonl", "--no-out");
  expect(merged).toMatchObject({ rule: "mine.txt", jsonl: true, "no-out": true });
  expect(Object.keys(merged)).not.toEqual(expect.arrayContaining(["optimizer"]));
  expect(Object.keys(merged)).not.toEqual(expect.arrayContaining(["json"]));
  expect(Object.keys(merged)).not.toEqual(expect.arrayContaining(["out"]));
});

test.each([
  ["{", "it is not JSON"],
  ["[1]", "one JSON object is expected"],
  ['{"learning-rate": 1}', `train's setting "learning-rate" is not known`],
  ['{"epoch": 1}', `"epoch" is not known; did you mean epochs?`],
  ['{"__proto__": 1}', '"__proto__" is not known'],
  ['{"config": "other.json"}', '"config" is not known'],
  ['{"seeds": 3}', '"seeds" is not known; did you mean seed?'],
  ['{"lr": "abc"}', 'lr in config.json is "abc"; it must be a number, 0 or more'],
  ['{"epochs": [1, 2]}', 'epochs in config.json is "1,2"'],
  ['{"lr": {"a": {"b": 1}}}', "config.json: lr is"],
  ['{"data": false}', "data in config.json is false; it must be a text"],
  ['{"format": 1, "kind": "train", "settings": 3}', "config.json: its settings are 3; one JSON object is expected"],
  ['{"quiet": "yes"}', 'quiet in config.json is "yes"; it must be true or false'],
  ['{"optimizer": "adam", "rule": "mine.txt"}', "rule in config.json and optimizer in config.json: give one of them"],
])("the configuration %s is refused", async (text, says) => {
  const file = await configFile(text);
  const { code, out, err } = await downhill(["train", "--config", file]);
  expect([code, out]).toEqual([2, ""]);
  expect(err.replaceAll(file, "config.json")).toContain(says);
  expect(err).toMatch(/^downhill: [^\n]+\n$/);
});
