import { describe, expect, test } from "vitest";
import { nonFinite, readSafetensors } from "../../../src/files/safetensors/index.ts";
import { expectRefusal, f32, forged } from "./forged.ts";

/** Files that are refused, by what is wrong with them, with words of the message. */
const refused: Record<string, [file: Uint8Array, words: string | RegExp][]> = {
  "1: an empty one": [[new Uint8Array(), "it is empty"]],
  "2: one without a length": [
    [new Uint8Array(1), "it has 1 bytes"],
    [forged("").subarray(0, 7), "it has 7 bytes, fewer than the 8 with which safetensors begin"],
  ],
  "3: a header longer than the file": [
    [forged("{}", 0, 3), "its header would have 3 bytes, but only 2 follow"],
    [forged("{}", 0, 99_999_999), "would have 99999999 bytes, but only 2 follow"],
    [forged("", 0, 1), "would have 1 bytes, but only 0 follow"],
  ],
  "4: a header longer than any may be": [
    [forged("{}", 0, 100_000_001), "would have 100000001 bytes, at most 100000000 are allowed"],
  ],
  "5: a length that no number has exactly": [
    [forged("{}", 0, 2n ** 64n - 1n), "would have 18446744073709551615 bytes"],
    [forged("{}", 0, 2n ** 53n + 1n), "would have 9007199254740993 bytes"],
    [forged("{}", 0, 2n ** 63n), "would have 9223372036854775808 bytes"],
    [forged("{}", 0, 2n ** 32n + 2n), "would have 4294967298 bytes"], // its lower half alone would do
  ],
  "6: a header of no bytes": [
    [forged("", 0), "its header is empty"],
    [forged("", 8), "its header is empty"],
  ],
  "7: a header that is not UTF-8": [
    [forged(Buffer.from('{"ä":1}', "latin1")), "its header is not UTF-8 text"],
    [forged(Buffer.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d])), "not UTF-8"], // a surrogate
    [forged(Buffer.from([0x7b, 0xc0, 0xa2, 0x7d])), "not UTF-8"], // a quote in two bytes
  ],
  "8: a header that does not begin with a brace": [
    [forged("[]"), "its header does not begin with {"],
    [forged("\ufeff{}"), "its header does not begin with {"],
    [forged("\0{}"), "does not begin with {"],
    [forged("\u00a0{}"), "does not begin with {"],
    [forged("    "), 'at character 5 of its header: "{" is expected, the header ends'],
    [forged(`${" ".repeat(5000)}[]`), "at character 5001 of its header"],
  ],
  "10: a header that is not JSON": [
    ...["{", '{"a"', '{"a":', "{,}", '{"a" {}}', "{'a':{}}", "{a:{}}", "{}{}", "{} x", "{}\0", "{}\v"].map(
      (text): [Uint8Array, RegExp] => [forged(text), /at character \d+ of its header: /],
    ),
    [
      forged('{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},}'),
      '""" is expected, found "}"'.replace('"""', '"\\""'),
    ],
    [
      forged('{"a":{"dtype":"F32","shape":[0,],"data_offsets":[0,0]}}'),
      'a whole number from 0 to 9007199254740991 is expected, found "]"',
    ],
    [forged('{"a":{"dtype":"F32","shape":[0 0],"data_offsets":[0,0]}}'), '"]" is expected, found "0"'],
    [forged('{"a\nb":{}}'), "a string has no closing quote"],
    [forged('{"a'), "a string has no closing quote"],
    [forged('{"a\\'), "a string has no closing quote"],
    [forged('{"a\\x":{}}'), '"a\\\\x" has an invalid escape'],
    [forged('{"\\ud800":{}}'), "has an invalid escape"],
    [forged('{"\\udc00\\ud800":{}}'), "has an invalid escape"],
    [forged("{/**/}"), "is expected"],
  ],
  "11: a tensor that appears twice": [
    [
      forged(
        '{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}',
      ),
      '"a" appears twice',
    ],
    [
      forged(
        '{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"\\u0061":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}',
      ),
      '"a" appears twice',
    ],
    [
      forged(
        '{"__proto__":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"__proto__":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}',
      ),
      '"__proto__" appears twice',
    ],
  ],
  "12: a field that appears twice": [
    [forged('{"a":{"dtype":"F32","dtype":"F32","shape":[0],"data_offsets":[0,0]}}'), '"dtype" appears twice'],
    [forged('{"a":{"dtype":"F32","shape":[0],"sh\\u0061pe":[0],"data_offsets":[0,0]}}'), '"shape" appears twice'],
    [
      forged('{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0],"data_offsets":[0,0]}}'),
      '"data_offsets" appears twice',
    ],
    [forged('{"__metadata__":{"a":"1","a":"2"}}'), '"a" appears twice'],
    [forged('{"__metadata__":{},"__metadata__":{}}'), '"__metadata__" appears twice'],
    [
      forged({ a: { ...f32([0], 0, 0), strides: [1] } }),
      'a tensor has "strides"; it may have dtype, shape and data_offsets alone',
    ],
    [forged({ a: { ...f32([0], 0, 0), toString: 1 } }), 'a tensor has "toString"'],
    [forged({ a: { shape: [0], data_offsets: [0, 0] } }), 'tensor "a" has no dtype'],
    [forged({ a: { dtype: "F32", data_offsets: [0, 0] } }), 'tensor "a" has no shape'],
    [forged({ a: { dtype: "F32", shape: [0] } }), 'tensor "a" has no data_offsets of two numbers'],
    [forged({ a: ["F32", [0], [0, 0]] }), '"{" is expected'],
    [forged({ a: null }), '"{" is expected'],
  ],
  "14: metadata that are no texts": [
    ...["1", "null", "true", "[]", "{}"].map((value): [Uint8Array, string] => [
      forged(`{"__metadata__":{"a":${value}}}`),
      '"\\"" is expected',
    ]),
    ...['"a"', "null", "[]", "1"].map((value): [Uint8Array, string] => [
      forged(`{"__metadata__":${value}}`),
      '"{" is expected',
    ]),
  ],
  "15: a type that is not known, or has no array": [
    ...["F128", "f32", "", "F32 ", "toString", "__proto__"].map((dtype): [Uint8Array, string] => [
      forged({ a: { ...f32([1], 0, 4), dtype } }, 4),
      `tensor "a" is of type ${JSON.stringify(dtype)}, which the format does not have; save it as F32`,
    ]),
    [
      forged({ a: { ...f32([1], 0, 1), dtype: "F8_E4M3" } }, 1),
      /of type F8_E4M3, for which JavaScript has no array; .*v\.float\(\)/,
    ],
    [
      forged({ a: { ...f32([1], 0, 8), dtype: "C64" } }, 8),
      /of type C64, for which JavaScript has no array; .*view_as_real/,
    ],
    [
      forged({ a: { ...f32([2], 0, 1), dtype: "F4" } }, 1),
      "of type F4, for which JavaScript has no array; save it as F32",
    ],
    [forged('{"a":{"dtype":1,"shape":[0],"data_offsets":[0,0]}}'), '"\\"" is expected, found "1"'],
  ],
  "16: a shape that is no list of whole numbers": [
    ...[
      "-1",
      "0.5",
      "1.0",
      "1e3",
      "1E0",
      "-0",
      '"4"',
      "null",
      "true",
      "[1]",
      "01",
      "00",
      "+1",
      "9007199254740992",
      "1e400",
      "NaN",
    ].map((length): [Uint8Array, string] => [
      forged(`{"a":{"dtype":"F32","shape":[${length}],"data_offsets":[0,4]}}`, 4),
      "a whole number from 0 to 9007199254740991 is expected",
    ]),
    ...["4", "null", "{}", '"[4]"'].map((shape): [Uint8Array, string] => [
      forged(`{"a":{"dtype":"F32","shape":${shape},"data_offsets":[0,16]}}`, 16),
      '"[" is expected',
    ]),
  ],
  "17: a shape with more numbers than can be counted": [
    [forged({ a: f32([2 ** 32, 2 ** 32], 0, 0) }), "of shape [4294967296, 4294967296] is too large"],
    [forged({ a: f32([2 ** 51, 2], 0, 0) }), "is too large"], // the numbers can be counted, their bytes cannot
    [forged({ a: f32([2 ** 30, 2 ** 30, 2 ** 30, 0], 0, 0) }), "is too large"],
    [forged({ a: f32([0, 2 ** 30, 2 ** 30], 0, 0) }), "is too large"],
    [forged({ a: f32([2 ** 40], 0, 4) }, 4), "takes 4398046511104 bytes, its data_offsets 4"],
    [forged({ a: f32([2 ** 40], 0, 2 ** 42) }, 4), "it ends 4398046511100 bytes before its last tensor does"],
  ],
  "18: a tensor that ends before it begins": [
    [forged({ a: f32([1], 4, 0) }, 4), 'tensor "a" ends at byte 0, before it begins at 4'],
  ],
  "19: offsets that are no two whole numbers": [
    ...["[-1,3]", "[0,4.5]", "[0.0,4]", "[0,4e0]", '["0",4]', "[null,4]", "[0,9007199254740993]"].map(
      (offsets): [Uint8Array, string] => [
        forged(`{"a":{"dtype":"F32","shape":[1],"data_offsets":${offsets}}}`, 4),
        "a whole number from 0",
      ],
    ),
    [forged({ a: { ...f32([1], 0, 4), data_offsets: [0] } }, 4), "has no data_offsets of two numbers"],
    [forged({ a: { ...f32([1], 0, 4), data_offsets: [] } }, 4), "has no data_offsets of two numbers"],
    [forged({ a: { ...f32([1], 0, 4), data_offsets: [0, 4, 4] } }, 4), "a list has more than 2 numbers"],
  ],
  "20: tensors on the same bytes": [
    [
      forged(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`t${i}`, f32([25], 0, 100)])), 100),
      'tensors "t0" and "t1" overlap',
    ],
    [forged({ a: f32([2], 0, 8), b: f32([2], 4, 12) }, 12), 'tensors "a" and "b" overlap'],
    [forged({ b: f32([2], 4, 12), a: f32([2], 0, 8) }, 12), 'tensors "a" and "b" overlap'],
    [forged({ a: f32([2], 0, 8), b: f32([0], 4, 4) }, 8), 'tensors "a" and "b" overlap'],
  ],
  "21: bytes between tensors that belong to none": [
    [forged({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12), "bytes 4 to 8 of its data belong to no tensor"],
    [forged({ a: f32([1], 4, 8) }, 8), "bytes 0 to 4 of its data belong to no tensor"],
    [forged({ a: f32([0], 4, 4) }, 4), "bytes 0 to 4 of its data belong to no tensor"],
  ],
  "22: bytes after the last tensor, such as a ZIP's": [
    [
      forged({ a: f32([1], 0, 4) }, Buffer.concat([Buffer.alloc(4), Buffer.from("PK\x03\x04")])),
      "4 bytes follow after its last tensor",
    ],
    [forged({}, 1), "1 bytes follow after its last tensor"],
  ],
  "23: one that ends two bytes too early": [
    [
      forged({ a: f32([1], 0, 4) }, 2),
      "it ends 2 bytes before its last tensor does; it was not written or sent to its end",
    ],
  ],
  "24: a size that type and shape do not have": [
    [forged({ a: f32([2], 0, 4) }, 4), 'tensor "a" of type F32 and shape [2] takes 8 bytes, its data_offsets 4'],
    [forged({ a: f32([], 0, 0) }), "of type F32 and shape [] takes 4 bytes, its data_offsets 0"],
    [forged({ a: f32([0], 0, 4) }, 4), "takes 0 bytes, its data_offsets 4"],
    [forged({ a: { ...f32([1], 0, 4), dtype: "F64" } }, 4), "of type F64 and shape [1] takes 8 bytes"],
  ],
  "25: numbers of less than a byte that fill no whole bytes": [
    [
      forged({ a: { ...f32([3], 0, 1), dtype: "F4" } }, 1),
      "of type F4 and shape [3] takes 1.5 bytes, its data_offsets 1",
    ],
    [forged({ a: { ...f32([1], 0, 1), dtype: "F6_E2M3" } }, 1), "takes 0.75 bytes"],
  ],
  "28: more axes or levels than there can be": [
    [forged({ a: f32(Array(65).fill(1), 0, 4) }, 4), "a list has more than 64 numbers"],
    [forged('{"a":'.repeat(200_000)), "a tensor has"],
    [forged(`{"a":${"[".repeat(200_000)}`), '"{" is expected'],
    [forged(`{"a":{"shape":${"[".repeat(200_000)}`), "a whole number from 0"],
    [forged(`{"__metadata__":${'{"a":'.repeat(200_000)}`), '"\\"" is expected'],
  ],
  "a truth value that is neither": [
    [
      forged({ a: { ...f32([3], 0, 3), dtype: "BOOL" } }, Buffer.from([0, 1, 2])),
      'tensor "a": 2 at 2 is not a boolean',
    ],
  ],
};

describe("a file is refused that has", () => {
  for (const [what, files] of Object.entries(refused))
    test(what, () => {
      for (const [file, words] of files)
        expectRefusal(
          () => readSafetensors(file),
          typeof words === "string" ? new RegExp(words.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")) : words,
        );
    });
});

describe("a file is read that has", () => {
  test("8: blanks before its header, as the reference reads them", () => {
    const blanks = " \t\r\n".repeat(1500);
    const { tensors } = readSafetensors(
      forged(`${blanks}{ "a" :\n{"shape":[ ] , "data_offsets":[0 ,4],\t"dtype":"F32"}}`, 4),
    );
    expect(tensors.get("a")).toEqual({ name: "a", dtype: "F32", shape: [], data: new Float32Array(1) });
  });

  test("9: blanks after its header", () => {
    for (const blanks of ["", " ", "       ", "\n\t "])
      expect(readSafetensors(forged(`{}${blanks}`))).toEqual({ tensors: new Map(), metadata: new Map() });
  });

  test("13: names that mean something to JavaScript, or nothing at all", () => {
    const names = ["__proto__", "constructor", "prototype", "toString", ""];
    const header = `{${names.map((name, i) => `"${name}":{"dtype":"U8","shape":[1],"data_offsets":[${i},${i + 1}]}`)},"__metadata__":{"__proto__":"x","":"y"}}`;
    const { tensors, metadata } = readSafetensors(forged(header, Buffer.from([1, 2, 3, 4, 5])));
    expect([...tensors.keys()]).toEqual(names);
    expect([...tensors.values()].map(({ data }) => data[0])).toEqual([1, 2, 3, 4, 5]);
    expect([...metadata]).toEqual([
      ["__proto__", "x"],
      ["", "y"],
    ]);
    expect(Object.hasOwn(Object.prototype, "dtype")).toBe(false);
  });

  test("15: numbers of 16 bits, as float32 has them", () => {
    const halfs = new Uint16Array([0x3c00, 0x3555, 0x0001, 0x8000, 0xfc00, 0x7bff]);
    const bytes = new Uint8Array(halfs.buffer);
    const read = (dtype: string) =>
      readSafetensors(forged({ a: { dtype, shape: [6], data_offsets: [0, 12] } }, bytes)).tensors.get("a")?.data;
    expect(read("F16")).toEqual(new Float32Array([1, 0.333251953125, 2 ** -24, -0, Number.NEGATIVE_INFINITY, 65504]));
    // 0x3c00 as bfloat16 is a sign, an exponent of 120 and no fraction: 2⁻⁷
    expect(read("BF16")?.[0]).toBe(2 ** -7);
  });

  test("26, 27: tensors of no number, and of no axis", () => {
    const header = { none: f32([0], 0, 0), empty: f32([3, 0, 2], 0, 0), one: f32([], 0, 4), last: f32([0], 4, 4) };
    const { tensors } = readSafetensors(forged(header, new Uint8Array(new Float32Array([7]).buffer)));
    expect([...tensors.values()].map(({ shape, data }) => [shape, [...data]])).toEqual([
      [[0], []],
      [[3, 0, 2], []],
      [[], [7]],
      [[0], []],
    ]);
    // An empty one fills no place, so it may be told of after the tensor before which it lies.
    const after = { one: f32([], 0, 4), none: f32([0], 0, 0), last: f32([0], 4, 4) };
    expect([...readSafetensors(forged(after, 4)).tensors.keys()]).toEqual(["one", "none", "last"]);
  });

  test("28: 64 axes", () => {
    const shape = Array<number>(64).fill(1);
    expect(readSafetensors(forged({ a: f32(shape, 0, 4) }, 4)).tensors.get("a")?.shape).toEqual(shape);
  });

  test("29: a million tensors, in an order that is not the data's", () => {
    const count = 1_000_000;
    const text = (at: number): string => `"${at}":{"dtype":"U8","shape":[1],"data_offsets":[${at},${at + 1}]}`;
    // 700001 has no divisor in common with a million, so each number comes once.
    const header = `{${Array.from({ length: count }, (_, i) => text((i * 700_001) % count)).join(",")}}`;
    let found = 0;
    const stop = new Error("the header is all that is wanted");
    const check = ({ tensors }: { tensors: ReadonlyMap<string, unknown> }): void => {
      found = tensors.size;
      throw stop;
    };
    expect(() => readSafetensors(forged(header, count), { check })).toThrow(stop);
    expect(found).toBe(count);
  });

  test("30: numbers that are not finite, which are counted for who asks", () => {
    const values = new Float32Array([
      1,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
      Number.NaN,
    ]);
    const header = { a: f32([6], 0, 24), b: f32([1], 24, 28), c: { ...f32([4], 28, 32), dtype: "U8" } };
    const { tensors } = readSafetensors(
      forged(header, Buffer.concat([new Uint8Array(values.buffer), Buffer.alloc(8, 255)])),
    );
    expect(tensors.get("a")?.data).toEqual(values);
    expect(nonFinite(tensors.values())).toEqual([
      { name: "a", nan: 3, infinite: 2 },
      { name: "b", nan: 1, infinite: 0 },
    ]);
  });

  test("31: tensors that begin at any byte, in bytes that begin anywhere", () => {
    const values = new Float64Array([Math.PI, -0]);
    const header = {
      byte: { dtype: "U8", shape: [1], data_offsets: [0, 1] },
      a: { dtype: "F64", shape: [2], data_offsets: [1, 17] },
    };
    const file = forged(header, Buffer.concat([Buffer.from([9]), new Uint8Array(values.buffer)]));
    for (let at = 0; at < 8; at++) {
      const within = new Uint8Array(file.length + at).subarray(at);
      within.set(file);
      const { tensors } = readSafetensors(within);
      within.fill(0); // what was read is a copy
      expect(tensors.get("a")?.data).toEqual(values);
      expect(tensors.get("a")?.data.byteOffset).toBe(0);
    }
  });

  test("signalling NaNs, which keep their bits", () => {
    const bits = new Uint32Array([0x7fa00001, 0xff812345]);
    const data = readSafetensors(forged({ a: f32([2], 0, 8) }, new Uint8Array(bits.buffer))).tensors.get("a")?.data;
    expect(data && new Uint32Array(data.buffer)).toEqual(bits);
  });
});

test("a file is called by its name, and its header is told before its numbers are read", () => {
  expectRefusal(() => readSafetensors(forged("[]"), { name: "net.safetensors" }), /^net\.safetensors: /);
  const seen: unknown[] = [];
  readSafetensors(forged({ a: f32([1], 0, 4), __metadata__: { format: "pt" } }, 4), {
    check: ({ tensors, metadata }) => seen.push([...tensors], [...metadata]),
  });
  expect(seen).toEqual([[["a", { name: "a", dtype: "F32", shape: [1], begin: 0, end: 4 }]], [["format", "pt"]]]);
});
