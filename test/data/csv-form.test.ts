import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsvOptions, DataError } from "../../src/data/index.ts";
import { asRead } from "./as-read.ts";

const table = (text: string, options?: CsvOptions) => asRead(text, "f", options);
const rows = (count: number, row: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${row(i)}\n`).join("");
/** How a text was read: delimiter, decimal sign, number of columns, numbers of the first row. */
const read = (text: string, options?: CsvOptions) => {
  const { form, inputs, columns } = table(text, options);
  return [form?.delimiter, form?.decimal, form?.columns.length, [...inputs.slice(0, columns.length)]];
};

describe("the delimiter is what fits the first lines and gives most numbers", () => {
  test.each<[string, string, unknown[]]>([
    ["decimal commas, no header, one input", rows(40, (i) => `${i},5;${i % 2}`), [";", ",", 2, [0.5]]],
    ["three decimals", rows(40, (i) => `${i},250;${i % 2}`), [";", ",", 2, [0.25]]],
    ["a class in words", rows(40, (i) => `${i},5;${i % 2 ? "yes" : "no"}`), [";", ",", 2, [0.5]]],
    [
      "two inputs: as many commas as semicolons",
      rows(40, (i) => `${i},5;-${i},25;a${i % 2}`),
      [";", ",", 3, [0.5, -0.25]],
    ],
    ["decimal commas between tabs", rows(40, (i) => `${i},5\t${i},75\t${i % 2}`), ["\t", ",", 3, [0.5, 0.75]]],
    ["decimal commas between bars", rows(40, (i) => `${i},5|${i % 2}`), ["|", ",", 2, [0.5]]],
    ["decimal commas alone between blanks", rows(40, (i) => `${i},5 ${i},75`), [" ", ",", 2, [0.5]]],
    ["the same in three columns", rows(40, (i) => `-${i},5 2,25 ${i},75`), [" ", ",", 3, [-0.5, 2.25]]],
    ["the same, some with three digits", rows(40, (i) => `${i},5 ${90 + i},75`), [" ", ",", 2, [0.5]]],
    ["decimal commas between blanks", rows(40, (i) => `${i},5 ${i % 2}`), [" ", ",", 2, [0.5]]],
    [
      "commas in quoted names",
      `"length, mm";"width, mm";"y, kg, net, dry"\n${rows(40, () => "1.288;1.449;1.966")}`,
      [";", ".", 3, [1.288, 1.449]],
    ],
    [
      "more commas than semicolons in names without quotes",
      `length (x, y);width;mass, kg;y, m\n${rows(40, (i) => `${i}.5;2;3;4.5`)}`,
      [";", ".", 4, [0.5, 2, 3]],
    ],
    [
      "the same with decimal commas, as many cells as the names give",
      `length (x, y);width\n${rows(40, (i) => `1,5;${i},5`)}`,
      [";", ",", 2, [1.5]],
    ],
    ["commas in a class", rows(40, (i) => `${i};2;Paris, ${i % 2 ? "France" : "Texas"}`), [";", ".", 3, [0, 2]]],
    ["semicolons in a class", rows(40, (i) => `${i},2,"a;b;c;${i % 2}"`), [",", ".", 3, [0, 2]]],
    ["blanks after commas", rows(40, (i) => `${i}, 2, ${i % 2}`), [",", ".", 3, [0, 2]]],
    ["blanks in a class after tabs", rows(40, (i) => `${i}\t2\tclass ${i % 2}`), ["\t", ".", 3, [0, 2]]],
    ["blanks in a class after commas", rows(40, (i) => `${i},2,class ${i % 2}`), [",", ".", 3, [0, 2]]],
    ["columns of blanks", rows(40, (i) => `  ${i}   2 ${i % 2} `), [" ", ".", 3, [0, 2]]],
    ["blanks and tabs", rows(40, (i) => `${i}   2.5\t${i % 2}`), [" ", ".", 3, [0, 2.5]]],
    ["tabs, now and then two", rows(40, (i) => `${i}\t2${i % 9 ? "\t" : "\t\t"}${i % 2}`), [" ", ".", 3, [0, 2]]],
    ["blanks and a quoted name", rows(40, (i) => `${i}  2\t"a b ${i % 2}"`), [" ", ".", 3, [0, 2]]],
    ["a comma", rows(40, (i) => `${i},2,${i % 2}`), [",", ".", 3, [0, 2]]],
    ["line breaks in quotes", `"a\n;x","b"\n${rows(40, (i) => `${i},${i % 2}`)}`, [",", ".", 2, [0]]],
  ])("%s", (_name, text, expected) => {
    expect(read(text)).toEqual(expected);
    expect(read(`\ufeff${text.replaceAll("\n", "\r\n")}`)).toEqual(expected);
  });

  test("a ragged line does not hand the table to another delimiter", () => {
    expect(() => table(`${rows(39, (i) => `${i},5;${i % 2}`)}2,5\n`)).toThrow("f: line 40: 1 cell, expected 2");
  });

  test("a damaged line is told as it is", () => {
    expect(() => table(`${rows(9, (i) => `${i},2,${i % 2}`)}1,"2,3\n`)).toThrow(
      "line 10, column 2: the quote is never closed",
    );
  });

  test("random tables come back, whatever the delimiter and the decimal sign", () => {
    const cell = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
    const data = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 10, maxLength: 30 });
    const form = fc.constantFrom([",", "."], [";", "."], [";", ","], ["\t", "."], ["\t", ","], ["|", ","], [" ", "."]);
    fc.assert(
      fc.property(data, form, fc.boolean(), (values, [delimiter, decimal], header) => {
        // Three decimals alone would be thousands as well: a last column of halves tells.
        const write = (value: number) => `${value}`.replace(".", decimal);
        const lines = values.map((row, i) => [...row.map(write), write(i + 0.5)].join(delimiter));
        const text = [...(header ? [["a", "b", "c", "d"].join(delimiter)] : []), ...lines].join("\n");
        const found = table(text, { header });
        expect([found.form?.delimiter, found.form?.decimal]).toEqual([delimiter, decimal]);
        expect([...found.inputs]).toEqual(values.flat().map((value) => value + 0)); // no -0
      }),
      { numRuns: 200 },
    );
  });
});

describe("sep= in the first line states it", () => {
  const table = rows(20, (i) => `${i};2;${i % 2}`);
  test.each(["sep=;\n", "sep=;\r\n", "SEP=;\r", '"sep=;"\r\n', "\ufeffsep=;\n"])("%j", (line) => {
    expect(read(`${line}a;b;y\n${table}`)).toEqual([";", ".", 3, [0, 2]]);
    expect(() => asRead(`${line}a;b;y\n1;;3\n1;2;3\n`, "f")).toThrow('line 3, column 2 ("b")');
  });

  test("any character; an option goes before it", () => {
    expect(read(`sep=\t\n${table.replaceAll(";", "\t")}`)).toEqual(["\t", ".", 3, [0, 2]]);
    expect(read(`sep=~\n${table.replaceAll(";", "~")}`)).toEqual(["~", ".", 3, [0, 2]]);
    expect(read(`sep=,\n${table}`, { delimiter: ";" })).toEqual([";", ".", 3, [0, 2]]);
  });
});

describe("thousands are read where a number leaves no doubt", () => {
  test.each<[string, string, unknown[], CsvOptions?]>([
    ["in English", rows(20, (i) => `"1,234,5${10 + i}",2,${i % 2}`), [",", ".", 3, [1234510, 2]]],
    ["with a fraction", rows(20, (i) => `"1,234.5","2,345",${i % 2}`), [",", ".", 3, [1234.5, 2345]]],
    ["in German", rows(20, (i) => `1.234,5;2.345;${i % 2}`), [";", ",", 3, [1234.5, 2345]]],
    ["millions in German", rows(20, (i) => `1.234.567;${i % 2}`), [";", ",", 2, [1234567]]],
    ["where other fractions follow a point", rows(20, (i) => `"1,234";${i}.5;${i % 2}`), [";", ".", 3, [1234, 0.5]]],
    ["where other fractions follow a comma", rows(20, (i) => `1.234;${i},5;${i % 2}`), [";", ",", 3, [1234, 0.5]]],
    ["in Swiss", rows(20, (i) => `1'234.5;2’345;${i % 2}`), [";", ".", 3, [1234.5, 2345]]],
    [
      "in French, with narrow blanks",
      rows(20, (i) => `1\u202f234,5;2\u00a0345;${i % 2}`),
      [";", ",", 3, [1234.5, 2345]],
    ],
    ["where it is said", rows(20, (i) => `1_000;"2";${i % 2}`), [";", ".", 3, [1000, 2]], { thousands: "_" }],
    [
      "where commas are said",
      rows(20, (i) => `1,250;2;${i % 2}`),
      [";", ".", 3, [1250, 2]],
      { thousands: ",", decimal: "." },
    ],
    [
      "where points are said",
      rows(20, (i) => `1.250;2;${i % 2}`),
      [";", ",", 3, [1250, 2]],
      { thousands: ".", decimal: "," },
    ],
  ])("%s", (_name, text, expected, options) => {
    expect(read(text, options)).toEqual(expected);
  });

  test("as targets they are numbers", () => {
    const { targets } = table(rows(20, (i) => `${i};1.${100 + i},50`));
    expect([...targets.slice(0, 2)]).toEqual([1100.5, 1101.5]);
  });

  test("groups of other lengths are no numbers", () => {
    const text = rows(20, (i) => `"1,234.${i}",${i % 2}`);
    expect(() => table(`${text}"1,23.5",1\n`)).toThrow('line 21, column 1: "1,23.5" is not a number');
  });
});

describe("what cannot be told is refused, with the setting that tells", () => {
  test.each<[string, string, string, CsvOptions?]>([
    [
      "thousands or fractions",
      rows(20, (i) => `1,2${10 + i};${i % 2}`),
      '"1,210" may be a number with a fraction, or thousands; if it has a fraction, say decimal: ","',
    ],
    ["two delimiters that fit", rows(20, (i) => `${i},5 ${i % 2 ? "cm" : "in"}`), 'say which: delimiter: ","'],
    [
      "decimal commas or thousands between blanks",
      rows(20, (i) => `${i},5 ${250 + i},75`),
      'say which: delimiter: "," or delimiter: " "',
    ],
    ["a decimal comma in quotes, between commas", rows(20, (i) => `"${i},5",${i % 2}`), 'say decimal: ","'],
    [
      "a decimal point where commas are",
      rows(20, (i) => `${i},5;${i}.5;${i % 2}`),
      'if "," stands before the fraction, say decimal: ","',
    ],
    ["a decimal point where commas were said", "1;2.5;3\n2;3.5;4\n", 'say decimal: "."', { decimal: "," }],
    ["a decimal comma among targets", `${rows(20, (i) => `${i};${i}.5`)}1;1,5\n`, 'say decimal: ","'],
    ["decimal commas in quotes as targets alone", rows(20, (i) => `${i},"${i % 2},5"`), 'say decimal: ","'],
    [
      "thousands or fractions between commas",
      `a,y\n${rows(20, (i) => `"1,2${10 + i}",${i % 2}`)}`,
      'if "," separates thousands, say thousands: ","; if "," stands before the fraction, say decimal: ","',
    ],
    [
      "thousands among numbers without",
      `a,y\n${rows(20, (i) => `${i},${i % 2}`)}1_000,1\n`,
      'line 22, column 1 ("a"): "1_000" is not a number, as other cells of the column are; if "_" separates thousands, say thousands: "_"',
    ],
    [
      "one column",
      "a b c\n1/2/3\n",
      "there is one column; expected inputs and a target, separated by commas; for another delimiter, say so: delimiter:",
    ],
    ["cells of another delimiter", "1,2,3\n4;5;6\n7,8,9\n", 'say delimiter: ";"'],
  ])("%s", (_name, text, message, options) => {
    expect(() => table(text, options)).toThrow(DataError);
    expect(() => table(text, options)).toThrow(message);
  });

  test("and read where it is told", () => {
    expect(
      read(
        rows(20, (i) => `1,2${10 + i};${i % 2}`),
        { decimal: "," },
      ),
    ).toEqual([";", ",", 2, [1.21]]);
    expect(
      read(
        rows(20, (i) => `"${i},5",${i % 2}`),
        { decimal: "," },
      ),
    ).toEqual([",", ",", 2, [0.5]]);
    expect(
      read(
        rows(20, (i) => `${i},5 ${i % 2 ? "cm" : "in"}`),
        { delimiter: "," },
      ),
    ).toEqual([",", ".", 2, [0]]);
    expect(
      read(
        rows(20, (i) => `${i}/${i % 2}`),
        { delimiter: "/" },
      ),
    ).toEqual(["/", ".", 2, [0]]);
  });

  test("a decimal comma that is said is no delimiter, unless that is said, too", () => {
    const text = rows(20, (i) => `${i},5 ${i % 2 ? "cm" : "in"}`);
    expect(read(text, { decimal: "," })).toEqual([" ", ",", 2, [0.5]]);
    const whole = rows(20, (i) => `${i},5\n${i},7`);
    expect(() => table(whole, { decimal: "," })).toThrow(/there is one column; .*say so: delimiter: ","/);
    expect(read(whole, { decimal: ",", delimiter: "," })).toEqual([",", ",", 2, [0]]);
  });

  test.each<[CsvOptions, string]>([
    [{ delimiter: "" }, 'delimiter must be one character, not a quote or a line break, not ""'],
    [{ delimiter: ";;" }, "delimiter must be one character"],
    [{ delimiter: '"' }, "delimiter must be one character"],
    [{ delimiter: "\n" }, "delimiter must be one character"],
    [{ thousands: ".", decimal: "." }, 'thousands must be one of ",", "\'", " ", "_", not "."'],
  ])("%j cannot be", (options, message) => {
    expect(() => table("1,2\n", options)).toThrow(RangeError);
    expect(() => table("1,2\n", options)).toThrow(message);
  });
});

describe("a delimiter after the last cell makes no column", () => {
  const data = (end: string) => rows(12, (i) => `${i},${i * i},${i % 2}${end}`);
  test.each([
    ["header alone", `a,b,y,\n${data("")}`],
    ["header and rows", `a,b,y,\n${data(",")}`],
    ["rows alone", `a,b,y\n${data(",")}`],
    ["no header", data(",")],
    ["semicolons", `a,b,y,\n${data(",")}`.replaceAll(",", ";")],
    ["blanks about it", `a,b,y, \n${data(", ")}`],
  ])("%s", (_name, text) => {
    const { form, targets } = table(text);
    expect([form?.columns.length, form?.target, targets.length]).toEqual([3, 3, 12]);
    expect([...targets.slice(0, 3)]).toEqual([0, 1, 0]);
  });

  test("but a last column that has a name, or a number in some row, or was chosen, is one", () => {
    expect(() => table("a,b,y\n1,2,\n3,4,\n")).toThrow('line 2, column 3 ("y"): the target is missing');
    expect(() => table("1,2,\n3,4,5\n")).toThrow("line 1, column 3: the target is missing");
    expect(() => table(data(","), { target: 4 })).toThrow("line 1, column 4: the target is missing");
  });
});
