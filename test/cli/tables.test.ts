import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Random } from "../../src/random/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

/** Small tables in the manner of public ones, made from a seed. */

const random = new Random(7, "tables");
const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)];
const number = (from: number, to: number, digits = 0): string =>
  (from + (to - from) * random.uniform()).toFixed(digits);
const lines = (count: number, row: (i: number) => readonly unknown[], delimiter = ",") =>
  Array.from({ length: count }, (_, i) => `${row(i).join(delimiter)}\n`).join("");
const maybe = (cell: string, chance: number): string => (random.uniform() < chance ? "" : cell);

const passengers = `PassengerId,Survived,Pclass,Name,Sex,Age,SibSp,Fare,Ticket,Cabin,Embarked\n${lines(200, (i) => [
  ...[i + 1, pick([0, 1]), pick([1, 2, 3]), `"Doe, Mr. John ${i}"`, pick(["male", "female"])],
  ...[maybe(number(1, 80), 0.2), pick([0, 1, 2]), number(7, 300, 2), `A/5 ${2000 + i}`],
  ...[maybe(`C${i}`, 0.8), maybe(pick(["S", "C", "Q"]), 0.02)],
])}`;

const houses = `longitude;rooms;sold;garden;total;ocean_proximity;price\n${lines(
  120,
  () => [
    ...[number(-124, -114, 2).replace(".", ","), pick([1, 2, 3, 4]), `${number(1, 28)}.${number(1, 12)}.2023`],
    ...[pick(["yes", "no"]), `${number(1, 9)}.${number(100, 999)}`, pick(["INLAND", "NEAR BAY", "ISLAND"])],
    `${number(100, 900, 2).replace(".", ",")}`,
  ],
  ";",
)}`;

const churn = `RowNumber,CustomerId,Surname,CreditScore,Geography,Gender,Age,Balance,IsActiveMember,Exited\n${lines(
  200,
  (i) => [
    ...[i + 1, 15_600_000 + 37 * i, `Smith${i % 150}`, number(300, 850), pick(["France", "Spain", "Germany"])],
    ...[pick(["Female", "Male"]), number(18, 90), number(0, 2e5, 2), pick([0, 1]), pick([0, 1])],
  ],
)}`;

const pixels = Array.from({ length: 784 }, (_, i) => i);
const digits = `label,${pixels.map((i) => `pixel${i}`).join(",")}\n${lines(60, (i) => [
  i % 10,
  ...pixels.map((at) => (at % 28 < 4 || random.uniform() < 0.7 ? 0 : random.integer(256))),
])}`;

const cars = lines(
  100,
  (i) => [
    ...[number(9, 46, 1), pick([4, 6, 8]), `${number(70, 455)}.0`, i % 40 === 7 ? "?" : `${number(46, 230)}.0`],
    ...[`${number(1600, 5100)}.`, number(8, 25, 1), pick([70, 71, 72]), `${pick([1, 2, 3])}\t"ford torino ${i}"`],
  ],
  "   ",
);

interface Answer {
  readonly label?: string;
  readonly probabilities?: Readonly<Record<string, number>>;
  readonly value?: number;
}

test.each<[string, string, string, string, readonly string[]]>([
  ["passengers of a ship", passengers, "Survived", "--ignore Name,Ticket --missing mean", ["0", "1"]],
  ["houses with decimal commas", houses, "price", "", []],
  ["customers of a bank", churn, "Exited", "--ignore Surname", ["0", "1"]],
  ["digits with constant pixels", digits, "label", "", pixels.slice(0, 10).map(String)],
  ["cars between blanks, without a header", cars, "1", "--missing mean", []],
])("%s: data show leads to a command that trains, and its model predicts", async (...table) => {
  const [, text, target, settings, classes] = table;
  const folder = await temporaryFolder();
  const [file, model] = [join(folder, "table.csv"), join(folder, "model")];
  await writeFile(file, text);
  let argv = ["data", "show", file, "--predict", target];
  for (let looks = 0; argv[0] === "data"; looks++) {
    expect(looks).toBeLessThan(3);
    const { code, out } = await downhill(argv);
    expect(code).toBe(0);
    for (const line of out.split("\n").filter((each) => !/^(\S+: |read as|classes|note|next|problem)/.test(each)))
      expect(line.length, line).toBeLessThanOrEqual(80);
    argv = (/\nnext: downhill (.*)\n$/.exec(out)?.[1] ?? "").split(" ");
  }
  expect(argv.join(" ")).toBe(`train --data csv:${file} --predict ${target} ${settings}`.trim());
  const json = async (...words: readonly string[]) => {
    const { code, out, err } = await downhill([...words, "--quiet", "--json"]);
    expect([code, err]).toEqual([0, ""]);
    return JSON.parse(out);
  };
  const trained = await json(...argv, "--epochs", "1", "--no-out", "--save", model);
  expect(Number.isFinite(trained.test.loss)).toBe(true);

  const answers: readonly Answer[] = await json("predict", model, file);
  expect(answers).toHaveLength(text.trim().split("\n").length - Number(target !== "1"));
  for (const { label, probabilities = {}, value } of answers) {
    expect(Number.isFinite(value)).toBe(classes.length === 0);
    expect(Object.keys(probabilities)).toEqual(classes);
    if (label === undefined) continue;
    expect(Object.values(probabilities).reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
    expect(probabilities[label]).toBe(Math.max(...Object.values(probabilities)));
  }
  const metrics = await json("evaluate", model, "--data", file);
  expect(metrics.count).toBe(answers.length);
});
