import { expect, test } from "vitest";
import { commandWords, DataError, SettingError, setting } from "../../src/files/index.ts";

const drop = setting("--missing drop", 'missing: "drop"');

test("an error names settings as the library's options, and for the command as its flags", () => {
  const data = new DataError("f.csv", "a cell is missing", `say ${drop} or ${setting("--ignore $1", "ignore: [1]")}`);
  expect(data.message).toBe('f.csv: a cell is missing; say missing: "drop" or ignore: [1]');
  expect(commandWords(data)).toBe("f.csv: a cell is missing; say --missing drop or --ignore $1");
  const option = new SettingError(`give ${drop}`);
  expect(option).toBeInstanceOf(RangeError);
  expect([option.message, commandWords(option)]).toEqual(['give missing: "drop"', "give --missing drop"]);
  expect(commandWords(new TypeError("plain"))).toBe("plain");
});
