import { describe, expect, test } from "vitest";
import { type CsvOptions, DataError } from "../../src/data/index.ts";
import { asRead } from "./as-read.ts";

const table = (text: string, options?: CsvOptions) => asRead(text, "f", options);
const rows = (count: number, row: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${row(i)}\n`).join("");
/** From 0 to 1, in no order. */
const noise = (i: number) => (Math.sin(i * 12.9898) * 43758.5453) % 1;
const share = (i: number) => Math.abs(noise(i)).toFixed(3);
const age = (i: number) => (50 * Number(share(i))).toFixed(2);

const binary = rows(60, (i) => `${share(i)},${share(i + 100)},${i % 2}`);
const words = rows(60, (i) => `${share(i)},${share(i + 100)},${i % 2 ? "yes" : "no"}`);
const whole = rows(60, (i) => `${(i * 7) % 11},${(i * 5) % 13},${i % 2}`);
const five = rows(60, (i) => `${share(i)},${share(i + 9)},${share(i + 8)},${share(i + 7)},${i % 3}`);

describe("the first line names the columns", () => {
  test.each<[string, string, CsvOptions?]>([
    ["as pandas writes columns without names", `0,1,2\n${binary}`],
    ["the same above classes in words", `0,1,2\n${words}`],
    ["the same above whole numbers", `0,1,2\n${whole}`],
    ["the same with row numbers", `,0,1,2\n${rows(60, (i) => `${i},${share(i)},${share(i + 50)},${i % 2}`)}`],
    ["the same in order of time", `0,1,2\n${rows(60, (i) => `${i},${i * 2},${i % 2}`)}`],
    ["two columns of fractions", `0,1\n${rows(60, (i) => `${share(i)},${share(i + 50)}`)}`],
    [
      "two columns of small fractions",
      `0,1\n${rows(60, (i) => `${(Number(share(i + 1)) / 1e6).toFixed(9)},${share(i + 50)}`)}`,
    ],
    ["two columns, classes in words", `0,1\n${rows(60, (i) => `${i % 7},${i % 2 ? "yes" : "no"}`)}`],
    ["the target alone has a name", `0,1,label\n${words}`],
    ["columns that are counted from 1", `1,2,3\n${binary}`],
    ["ages, among the numbers below", `10,20,30\n${rows(60, (i) => `${age(i)},${age(i + 3)},${i % 2}`)}`],
    ["years", `2019,2020,2021\n${binary}`],
    [
      "years above whole numbers and words",
      `2019,2020,2021\n${rows(60, (i) => `${i % 7},${i % 5},${i % 2 ? "a" : "b"}`)}`,
    ],
    [
      "years above numbers that are large, and near each other",
      `2019,2020,2021\n${rows(60, (i) => `10${share(i).slice(2, 4)},10${share(i + 100).slice(2, 4)},${i % 2}`)}`,
    ],
    ["years backwards", `2021,2020,2019\n${binary}`],
    ["wavelengths", `400.5,403,405.5,410,class\n${five}`],
    ["an id and years", `id,2019,2020,2021,y\n${five}`],
    ["an id and two years", `id,2019,2020,y\n${rows(60, (i) => `${i},${share(i)},${share(i + 8)},${i % 2}`)}`],
    ["a label and the numbers of pixels", `label,0,1,2,3\n${rows(60, (i) => `${i % 2},${share(i)},0,${i},${i % 5}`)}`],
    [
      "the same with the label in words, to predict",
      `label,0,1,2,3\n${rows(60, (i) => `${i % 2 ? "a" : "b"},1,0,${i},5`)}`,
      { target: 1 },
    ],
    ["an empty name in the middle", `a,,y\n${binary}`],
    ["an empty name for the target", `a,b,\n${binary}`],
    ["empty names but the first", `a,,\n${binary}`],
    ["names that stand for missing values elsewhere", `RI,Na,Mg,Al,y\n${five}`],
    ["row numbers without a name", `,y\n${rows(60, (i) => `${i},${i % 2}`)}`],
    ["a name that is chosen", `2019,2020,7\n${whole}`, { target: "2020" }],
  ])("%s", (_name, text, options) => {
    const { form, targets } = table(text, options);
    expect([form?.header, targets.length]).toEqual([true, 60]);
    expect(form?.columns).toEqual(text.split("\n", 1)[0].split(","));
  });
});

describe("a word for the target that no row has, beside numbers", () => {
  const among = (names: string, least: number, most: number, classes: readonly string[]) => {
    const cell = (i: number) => Math.round(least + (most - least) * Number(share(i)));
    const inputs = names.split(",").length - 1;
    return rows(60, (i) => [...Array.from({ length: inputs }, (_, k) => cell(i + 61 * k)), classes[i % 2]].join(","));
  };

  test.each<[string, number, number]>([
    ["2019,2020,2021,trend", 1000, 3000],
    ["2021,2020,2019,trend", 1000, 3000],
    ["1,2,3,4,label", 0, 16],
    ["5,10,15,label", 0, 20],
    ["400,500,600,700,material", 0, 1000],
    ["2019,2020,grew", 1000, 3000],
    ["2010,2015,2017,grew", 1000, 3000],
    ["0.1,0.2,0.3,label", 0, 3],
    ["-2,-1,0,1,label", -5, 5],
    ['1,2,3,4,"label"', 0, 16],
  ])("%s names the columns", (names, least, most) => {
    for (const classes of [
      ["cat", "dog"],
      ["7.5", "8.25"],
    ]) {
      const { form, targets } = table(`${names}\n${among(names, least, most, classes)}`);
      expect([form?.header, targets.length]).toEqual([true, 60]);
    }
  });

  test("the same with semicolons, and with the target in front", () => {
    const text = `2019,2020,2021,trend\n${among("a,b,c,d", 1000, 3000, ["up", "down"])}`;
    expect(table(text.replaceAll(",", ";")).form?.header).toBe(true);
    const turned = text.replaceAll(/^(.*),(.*)$/gm, "$2,$1");
    expect(table(turned, { target: 1 }).description.classes).toEqual(["down", "up"]);
  });

  test.each([
    ["rising alone", "1,2,5,10,label"],
    ["two numbers", "3,4,label"],
    ["years in no order", "2020,2018,2019,label"],
  ])("%s: refused", (_name, names) => {
    const text = `${names}\n${among(names, 0, 3000, ["cat", "dog"])}`;
    expect(() => table(text)).toThrow(/may be the columns' names, or a row of data; say header: true or header: false/);
    expect(table(text, { header: true }).description.classes).toEqual(["cat", "dog"]);
  });

  test("numbers as in the rows below are refused", () => {
    const text = `1,2,3,rare\n${rows(60, (i) => `${i},${i + 1},${i + 2},${i % 2 ? "cat" : "dog"}`)}`;
    expect(() => table(text)).toThrow("may be the columns' names");
  });

  test("numbers in no order are a row of data", () => {
    expect(table(`0.7,0.1,0.4,rare\n${among("a,b,c,d", 0, 9, ["cat", "dog"])}`).form?.header).toBe(false);
  });
});

describe("words above words", () => {
  const colours = (i: number) => ["red", "green", "blue"][i % 3];
  const text = rows(60, (i) => `${colours(i)},${i % 2 ? "round" : "flat"},${i % 5 ? "yes" : "no"}`);

  test("name the columns if none occurs below", () => {
    const { form, description } = table(`colour,shape,edible\n${text}`);
    expect([form?.header, description.classes]).toEqual([true, ["no", "yes"]]);
  });

  test.each(["blue,flat,yes", "violet,flat,perhaps", "violet,bent,no"])("%s is a row: a word occurs below", (line) => {
    expect(table(`${line}\n${text}${line}\n`).form?.header).toBe(false);
  });

  test("above numbers they name the columns, whatever else occurs below", () => {
    const mixed = rows(60, (i) => `${colours(i)},${i},${i % 2 ? "yes" : "no"}`);
    expect(table(`red,size,yes\n${mixed}`).form?.columns).toEqual(["red", "size", "yes"]);
  });
});

describe("the first line is a row of data", () => {
  test.each<[string, string, number]>([
    ["as the others", binary, 60],
    ["whole numbers", whole, 60],
    ["counting on: 0, 1, 2 and 3, 4, 5", rows(60, (i) => `${3 * i},${3 * i + 1},${3 * i + 2}`), 60],
    ["x and y from 0", rows(60, (i) => `${i},${(2.7 ** (i / 9)).toPrecision(3)}`).replace("0,1.00", "0,1"), 60],
    ["x in tenths", rows(60, (i) => `${i / 10},${(1 + i / 7).toFixed(2)}`).replace("0,1.00", "0,1"), 60],
    ["rising, but not far from the next", rows(60, (i) => `${i + 1},${2 * i + 2},${3 * i + 3}`), 60],
    ["years as the others", rows(60, (i) => `${1960 + i},${1961 + i},${1962 + i}`), 60],
    ["whole numbers among others", `1,2,3\n${whole.replaceAll(/1$/gm, "3")}`, 61],
    ["an outlier in one column", `9000,0.5,1\n${binary}`, 61],
    ["a class that comes again", `5000,9000,yes\n${words}`, 61],
    ["two rows", "1,2,3\n2,4,6\n", 2],
  ])("%s", (_name, text, count) => {
    const numbers = !text.includes("yes");
    const { form, targets } = table(text, numbers ? { task: "regression" } : {});
    expect([form?.header, targets.length]).toEqual([false, count]);
  });

  test.each([
    ["a damaged number", `0.5,2x,1\n${binary}`],
    ["a damaged whole number", `1,2x,3\n${whole}`],
    ["a word for a number", `1,abc,1\n${whole}`],
    ["missing inputs", `nan,?,yes\n${words}`],
    ["a missing and a damaged input", `nan,2x,yes\n${words}`],
    [
      "a missing input before 0 and 1",
      `,0,1,yes\n${rows(60, (i) => `${i % 3},${i % 2},${i % 5},${i % 2 ? "yes" : "no"}`)}`,
    ],
    ["no inputs at all", `,,yes\n${words}`],
  ])("%s is told, with the way to say that it is a header", (_name, text) => {
    expect(() => table(text)).toThrow(DataError);
    expect(() => table(text)).toThrow(/line 1, column [12]/);
    expect(table(text, { header: true }).targets).toHaveLength(60);
  });
});

describe("what may be either is refused", () => {
  test.each([
    ["0, 1 above whole numbers", `0,1\n${rows(60, (i) => `${5 + (i % 7)},${2 + (i % 3)}`)}`],
    ["0, 1, 2 where each comes again", `0,1,2\n${rows(60, (i) => `${i % 3},${(i * i) % 3},${(i + 1) % 3}`)}`],
    ["two numbers far off", `2019,2020\n${rows(60, (i) => `${i % 7},${i % 2}`)}`],
    [
      "years among the numbers below",
      `2019,2020,2021\n${rows(60, (i) => `${1000 + 97 * i},${4000 - 61 * i},${i % 2}`)}`,
    ],
    ["numbers far off in no order", `2021,2019,2020\n${binary}`],
  ])("%s", (_name, text) => {
    expect(() => table(text)).toThrow(DataError);
    expect(() => table(text)).toThrow(
      /f: line 1: ".*" may be the columns' names, or a row of data; say header: true or header: false/,
    );
    expect(table(text, { header: true }).targets).toHaveLength(60);
    expect(table(text, { header: false }).targets).toHaveLength(61);
  });

  test("by its first cells, none of them at length", () => {
    const above = (first: string) =>
      `${first}\n${rows(60, (i) => `${i % 7},${i % 5},${i % 3},${i % 11},${i % 4},${i % 2}`)}`;
    expect(() => table(above("2021,2019,2020,2018,2017,2016"))).toThrow('"2021, 2019, 2020, 2018, 2017, …" may be');
    expect(() => table(above("2021.00000000,1999,2020,2018,2017,2016"))).toThrow(
      '"2021.00000…, 1999, 2020, 2018, 2017, …"',
    );
  });
});

describe("the target", () => {
  test("of a name that two columns have is refused, and may be chosen by number", () => {
    const text = `a,y,y\n${binary}`;
    expect(() => table(text, { target: "y" })).toThrow(
      'f: columns 2, 3 are all named "y"; choose one by its number, such as 2',
    );
    for (const target of [2, "2"]) expect(table(text, { target }).form?.target).toBe(2);
    expect(table(text).form?.target).toBe(3);
  });

  test("may be named in digits; digits that are no name are a number", () => {
    expect(table(`0,1,2\n${binary}`, { target: "1" }).form?.target).toBe(2);
    expect(table(`0,1,2\n${binary}`, { target: 1 }).form?.target).toBe(1);
    expect(table(binary, { target: "1" }).form?.target).toBe(1);
    expect(() => table(binary, { target: "4" })).toThrow("there is no column 4; expected a number from 1 to 3");
  });

  test("is found however its name's characters are composed", () => {
    const text = `größe,b,y\n${binary}`;
    for (const form of ["NFC", "NFD"] as const)
      for (const name of ["NFC", "NFD"] as const)
        expect(table(text.normalize(form), { target: "größe".normalize(name) }).form?.target).toBe(1);
  });

  test("may be another column: one whose words repeat is suggested where the last column's do not", () => {
    const text = `region,a,b\n${rows(20, (i) => `${i % 2 ? "east" : "west"},${i},w${i}`)}`;
    const message =
      'column 3 ("b"): 20 rows have 20 different classes; choose a target whose values repeat, such as target: "region", or the task regression';
    expect(() => table(text)).toThrow(message);
    expect(() => table(text.replace("region", "of sale"))).toThrow("target: 1");
  });
});
