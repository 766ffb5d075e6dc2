import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  readFrom,
  readSafetensors,
  SafetensorsError,
  type Tensor,
  type TensorData,
  writeSafetensors,
} from "../../../src/files/safetensors/index.ts";
import { forged } from "./forged.ts";

type Make = (bytes: Uint8Array) => TensorData;

/** A number's bytes, and its array of bytes that nobody else has. */
const types: Partial<Record<Tensor["dtype"], [size: number, make: Make]>> = {
  U64: [8, ({ buffer }) => new BigUint64Array(buffer)],
  I64: [8, ({ buffer }) => new BigInt64Array(buffer)],
  F64: [8, ({ buffer }) => new Float64Array(buffer)],
  F32: [4, ({ buffer }) => new Float32Array(buffer)],
  I16: [2, ({ buffer }) => new Int16Array(buffer)],
  U8: [1, (bytes) => bytes],
  BOOL: [1, (bytes) => bytes.map((byte) => byte & 1)],
};

const dtypes = fc.constantFrom<Tensor["dtype"][]>("U64", "I64", "F64", "F32", "I16", "U8", "BOOL");

const tensor = fc
  .record({
    name: fc.oneof(fc.string({ unit: "grapheme", minLength: 1 }), fc.constantFrom("__proto__", "\ue000", "\u{1f600}")),
    dtype: dtypes,
    shape: fc.array(fc.nat(4), { maxLength: 4 }),
  })
  .chain(({ name, dtype, shape }): fc.Arbitrary<Tensor> => {
    const [size, make] = types[dtype] ?? [0, (bytes) => bytes];
    const length = shape.reduce((product, each) => product * each, 1) * size;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((bytes) => ({ name, dtype, shape, data: make(bytes.slice()) }));
  });

const tensors = fc.uniqueArray(tensor, { maxLength: 8, selector: ({ name }) => name });
const metadata = fc.dictionary(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), { maxKeys: 4 });

const bits = ({ data }: Tensor): number[] => [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)];

/** What reading gives, or the error, which has to be a SafetensorsError; no more bytes are asked for than there are. */
function attempt(file: Uint8Array): ReturnType<typeof readSafetensors> | undefined {
  let copied = 0;
  const copy = (begin: number, end: number): ArrayBuffer => {
    expect(begin >= 0 && begin <= end && end <= file.length).toBe(true);
    copied += end - begin;
    return new Uint8Array(file.subarray(begin, end)).buffer;
  };
  try {
    return readFrom({ size: file.length, copy });
  } catch (error) {
    expect(error).toBeInstanceOf(SafetensorsError);
    return undefined;
  } finally {
    expect(copied).toBeLessThanOrEqual(Math.min(file.length, 4096) + file.length);
  }
}

describe("safetensors", () => {
  test("are read as they were written, to the bit, and written as they were read", () => {
    fc.assert(
      fc.property(tensors, metadata, (given, texts) => {
        const file = writeSafetensors(given, new Map(Object.entries(texts)));
        const found = readSafetensors(file);
        const described = (each: Tensor) => [each.name, each.dtype, each.shape, bits(each)];
        const byName = new Map(given.map((each) => [each.name, described(each)]));
        expect(new Map([...found.tensors].map(([name, each]) => [name, described(each)]))).toEqual(byName);
        expect(Object.fromEntries(found.metadata)).toEqual(texts);
        expect(writeSafetensors([...found.tensors.values()].reverse(), found.metadata)).toEqual(file);
      }),
      { numRuns: 300 },
    );
  });

  test("begin their numbers at multiples of their size", () => {
    fc.assert(
      fc.property(tensors, (given) => {
        const file = writeSafetensors(given);
        const dataAt = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
        expect(dataAt % 8).toBe(0);
        const header: Record<string, { dtype: Tensor["dtype"]; data_offsets: number[] }> = JSON.parse(
          new TextDecoder().decode(file.subarray(8, dataAt)),
        );
        for (const { dtype, data_offsets: offsets } of Object.values(header))
          expect(offsets[0] % (types[dtype]?.[0] ?? Number.NaN)).toBe(0);
      }),
    );
  });

  test("of random bytes are refused, and by nothing but a SafetensorsError", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => attempt(bytes) === undefined));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => attempt(forged(bytes)) === undefined));
  });

  test("whose header is any JSON, or nearly what it should be, are read or refused", () => {
    const number = fc.oneof(fc.nat(16), fc.constantFrom(-1, 0.5, 2 ** 53, 1e300, null, "4"));
    const stated = fc.record(
      {
        dtype: fc.constantFrom("F32", "U8", "F4", "C64", "x", 1),
        shape: fc.array(number, { maxLength: 3 }),
        data_offsets: fc.array(number, { minLength: 1, maxLength: 3 }),
        more: fc.json({ maxDepth: 3 }),
      },
      { requiredKeys: ["dtype", "shape", "data_offsets"] },
    );
    const header = fc.oneof(fc.json(), fc.dictionary(fc.string({ maxLength: 2 }), stated, { maxKeys: 3 }));
    fc.assert(
      fc.property(header, fc.nat(16), (text, bytes) => {
        attempt(forged(text, bytes));
      }),
      { numRuns: 1000 },
    );
  });

  // What reads on is held against JSON.parse and the rules, checked another way.
  test("that are changed in a few places are refused, or are still what they say", () => {
    const change = fc.record({
      at: fc.nat(),
      byte: fc.nat(255),
      kind: fc.constantFrom("set", "insert", "drop", "cut"),
    });
    let refused = 0;
    fc.assert(
      fc.property(tensors, metadata, fc.array(change, { minLength: 1, maxLength: 3 }), (given, texts, changes) => {
        let bytes = [...writeSafetensors(given, new Map(Object.entries(texts)))];
        for (const { at, byte, kind } of changes) {
          const place = at % (bytes.length + 1);
          if (kind === "cut") bytes = bytes.slice(0, place);
          else bytes.splice(place, kind === "insert" ? 0 : 1, ...(kind === "drop" ? [] : [byte]));
        }
        const found = attempt(Uint8Array.from(bytes));
        if (found === undefined) refused++;
        else expectRead(Uint8Array.from(bytes), found.tensors);
      }),
      { numRuns: 1000 },
    );
    expect(refused).toBeGreaterThan(100);
  });
});

function expectRead(file: Uint8Array, found: ReadonlyMap<string, Tensor>): void {
  const dataAt = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
  const { __metadata__: _, ...header }: Record<string, { dtype: string; shape: number[]; data_offsets: number[] }> =
    JSON.parse(new TextDecoder().decode(file.subarray(8, dataAt)));
  const names = Object.keys(header);
  expect([...found.keys()].sort()).toEqual(names.sort());
  let total = 0;
  for (const [name, tensor] of found) {
    const { dtype, shape, data_offsets: offsets } = header[name];
    expect([tensor.dtype, tensor.shape]).toEqual([dtype, shape]);
    const [begin, end] = offsets.map((offset) => dataAt + offset);
    expect(tensor.data.length).toBe(shape.reduce((product, each) => product * each, 1));
    if (!/F16/.test(dtype)) expect(bits(tensor)).toEqual([...file.subarray(begin, end)]);
    total += end - begin;
  }
  expect(dataAt + total).toBe(file.length);
}
