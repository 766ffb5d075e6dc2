import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PointFile } from "../../cli/files/point-file.ts";
import { fraction, nullable, number, object, optional } from "../../src/files/schema/index.ts";
import { temporaryFolder } from "./command.ts";

interface Found {
  readonly loss: number | null;
  readonly accuracy?: number;
}

const found = object<Found>({ loss: nullable(number), accuracy: optional(fraction) });

const points: readonly (readonly [x: number, y: number, found: Found])[] = [
  [-1, 0, { loss: 0.75, accuracy: 0.5 }],
  [0, 0, { loss: 0.1 + 0.2, accuracy: 1 }],
  [1e-7, -3, { loss: null }],
];

async function fileOfAll(): Promise<string> {
  const file = join(await temporaryFolder(), "points-0123456789abcdef.jsonl");
  const made = new PointFile(file, found);
  for (const [x, y, each] of points) made.keep(x, y, each);
  made.close();
  return file;
}

const reopened = (file: string) => {
  const again = new PointFile(file, found);
  again.close();
  return { kept: again.kept, refused: again.refused, values: points.map(([x, y]) => again.find(x, y)) };
};

test("gives each point back to the bit, and a zero of either sign as one point", async () => {
  const file = await fileOfAll();
  expect(reopened(file)).toEqual({ kept: 3, refused: 0, values: points.map(([, , each]) => each) });
  expect(new PointFile(file, found).find(-0, 0)).toEqual(points[1][2]);
});

test.each<readonly [what: string, change: (lines: string[]) => string]>([
  ["a value that was changed", ([one, ...more]) => [one.replace("0.75", "0.76"), ...more].join("\n")],
  ["a negative loss", ([one, ...more]) => [one.replace("0.75", "-0.75"), ...more].join("\n")],
  ["an accuracy above 1", ([one, ...more]) => [one.replace("0.5", "1.5"), ...more].join("\n")],
  ["another place", ([one, ...more]) => [one.replace('"x":-1', '"x":-2'), ...more].join("\n")],
  ["no check", ([one, ...more]) => [one.replace(/,"check":"\w+"/, ""), ...more].join("\n")],
  ["what is not JSON", ([, ...more]) => ["\0\0\0\0", ...more].join("\n")],
  ["an end that was cut off", ([one, ...more]) => [...more, one.slice(0, -9)].join("\n")],
])("takes out of the file a line with %s, and keeps the others", async (_, change) => {
  const file = await fileOfAll();
  const lines = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, change(lines.slice(0, 3)));
  expect(reopened(file)).toEqual({ kept: 2, refused: 1, values: [undefined, points[1][2], points[2][2]] });
  // What is measured again is added; and then all is well.
  const again = new PointFile(file, found);
  again.keep(...points[0]);
  again.close();
  expect(reopened(file)).toEqual({ kept: 3, refused: 0, values: points.map(([, , each]) => each) });
});

test("adds points on a line of their own where the end of the last line alone was cut off", async () => {
  const file = await fileOfAll();
  writeFileSync(file, readFileSync(file, "utf8").trimEnd());
  const again = new PointFile(file, found);
  again.keep(7, 7, { loss: 2 });
  again.close();
  expect(reopened(file)).toMatchObject({ kept: 4, refused: 0 });
});

test("believes no line of a file of another name", async () => {
  const file = await fileOfAll();
  const other = file.replace("0123", "3210");
  cpSync(file, other);
  expect(reopened(other)).toMatchObject({ kept: 0, refused: 3 });
  expect(existsSync(other)).toBe(false);
});

test("keeps the points of two that have one file open, whichever is closed first", async () => {
  const file = join(await temporaryFolder(), "points.jsonl");
  const [one, other] = [new PointFile(file, found), new PointFile(file, found)];
  one.close();
  other.keep(...points[0]);
  const third = new PointFile(file, found);
  third.keep(...points[1]);
  other.keep(...points[2]);
  third.close();
  other.close();
  expect(reopened(file)).toEqual({ kept: 3, refused: 0, values: points.map(([, , each]) => each) });
});
