import { expect, test } from "vitest";
import { csvTable } from "../../src/data/index.ts";
import { type InputColumn, unseenWords } from "../../src/data/table/index.ts";

const unseen = (text: string, ...columns: readonly InputColumn[]) =>
  unseenWords(csvTable(text, "new.csv"), { inputs: { kind: "columns", columns } });

const colour: InputColumn = { kind: "category", name: "colour", categories: ["red", "blue"] };

test("words that are none of the categories are counted by rows, each named once, in the order of their first rows", () => {
  expect(unseen("colour,x\nteal,1\nred,2\nmauve,3\nteal,4\n,5\n", colour)).toEqual([
    { column: "colour", rows: 3, words: ["teal", "mauve"], shared: false },
  ]);
});

test("known words, missing cells, numbers and columns that the table lacks are none", () => {
  const x: InputColumn = { kind: "number", name: "x", mean: 0, deviation: 1 };
  expect(unseen("colour,x\n red ,9\nblue,8\n,7\n", colour, x)).toEqual([]);
  expect(unseen("x,y\n1,2\n2,3\n", colour)).toEqual([]);
});

test("where rare words had an input of their own, unseen ones share it", () => {
  expect(unseen("colour,x\nteal,1\n", { ...colour, other: true })).toMatchObject([{ rows: 1, shared: true }]);
});

test("numbers that are words, such as codes, are compared as they are spelled", () => {
  const zip: InputColumn = { kind: "category", name: "zip", categories: ["10", "20"] };
  expect(unseen("zip,y\n10,1\n30,2\n", zip)).toMatchObject([{ column: "zip", rows: 1, words: ["30"] }]);
});
