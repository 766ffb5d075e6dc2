import { afterEach, describe, expect, it } from "vitest";
import { Arena } from "../../src/device/memory.ts";
import type { OnnxProgram } from "../../src/device/onnx/index.ts";
import { compileOnnx, evaluateOnnx } from "../../src/device/onnx-node/index.ts";
import * as op from "../../src/expr/index.ts";
import { constant, type Expr, evaluate, input } from "../../src/expr/index.ts";
import { distance } from "./distance.ts";

const open: OnnxProgram[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((program) => program.dispose()));
});

async function compile(outputs: Record<string, Expr>): Promise<OnnxProgram> {
  const program = await compileOnnx(outputs);
  open.push(program);
  return program;
}

const x = input("x", [2, 3], "f32");
const w = input("w", [3, 2], "f32");
const numbers = [1, 2, 3, 4, 5, 6];

describe("a compiled program", () => {
  it("reads and writes an arena in place", async () => {
    const arena = new Arena(4096);
    arena.vector("f32", 5);
    const views = { x: arena.vector("f32", 9).subarray(3), w: arena.vector("f32", 6), y: arena.vector("f32", 4) };
    const program = await compile({ y: op.matmul(x, w) });
    program.bind({ ...views, another: new Float32Array(7) });
    views.x.set(numbers);
    views.w.set([1, 0, 0, 1, 0, 0]);
    await program.run();
    expect([...views.y]).toEqual([1, 2, 4, 5]);

    // Nothing but the memory itself was changed, and it is what the next run reads.
    const raw = new DataView(arena.memory.buffer);
    raw.setFloat32(arena.address(views.w), 10, true);
    await program.run();
    expect(raw.getFloat32(arena.address(views.y), true)).toBe(10);
    expect([...views.y]).toEqual([10, 2, 40, 5]);
  });

  it("reads another batch from another view", async () => {
    const arena = new Arena(4096);
    const data = arena.vector("f64", 6);
    const total = arena.vector("f64", 1);
    data.set(numbers);
    const program = await compile({ total: op.sum(input("v", [2])) });
    program.bind({ total });
    const totals: number[] = [];
    for (let batch = 0; batch < 3; batch++) {
      await program.bind({ v: data.subarray(2 * batch, 2 * batch + 2) }).run();
      totals.push(total[0]);
    }
    expect(totals).toEqual([3, 7, 11]);
  });

  it("has the inputs that its outputs depend on", async () => {
    const program = await compile({ y: op.mul(x, 2), d: op.grad(op.sum(op.mul(x, 3)), [x])[0] });
    expect(program.inputs).toEqual([{ name: "x", shape: [2, 3], dtype: "f32" }]);
    expect(program.outputs.map((port) => port.name)).toEqual(["y", "d"]);
  });

  it("gives the same bits every time, whatever its threads", async () => {
    const [a, b] = [input("a", [300, 200], "f32"), input("b", [200, 300], "f32")];
    const program = await compileOnnx({ y: op.sum(op.tanh(op.matmul(a, b)), { axes: 0 }) }, { threads: 2 });
    open.push(program);
    const wave = Float32Array.from({ length: 60_000 }, (_, k) => Math.sin(k * k));
    const y = new Float32Array(300);
    program.bind({ a: wave, b: wave.slice().reverse(), y });
    await program.run();
    const first = y.slice();
    for (let k = 0; k < 5; k++) {
      await program.run();
      expect(y).toEqual(first);
    }
  });

  it("goes on after a run that failed", async () => {
    const rows = new Float64Array([7]);
    const picked = new Float64Array(1);
    const program = await compile({ picked: op.gather(constant([10, 20]), input("rows", [1])) });
    program.bind({ rows, picked });
    await expect(program.run()).rejects.toThrow(/idx=7/);
    rows[0] = 1;
    await program.run();
    expect(picked[0]).toBe(20);
  });
});

describe("outputs", () => {
  const both = async (outputs: readonly Expr[], feeds: op.Feeds): Promise<void> => {
    const expected = evaluate(outputs, feeds);
    expect(await evaluateOnnx(outputs, feeds)).toEqual(expected);
  };

  it("may be inputs, constants, scalars, booleans, indices and repeats", async () => {
    const y = op.add(x, 1);
    const truth = op.greater(x, 2);
    await both(
      [x, x, y, y, constant([1, 2, 3], "f32"), constant(7, "f32"), op.sum(x), truth, truth, op.argmax(x), op.pow(y, 0)],
      { x: numbers },
    );
  });

  it("may be empty, or depend on empty tensors", async () => {
    const [a, b] = [input("a", [2, 0]), input("b", [0, 3])];
    const empty = op.add(op.matmul(b, constant([1, 2, 3, 4, 5, 6], "f64", [3, 2])), constant([1, 2]));
    const none = [op.matmul(a, b), op.add(op.matmul(a, b), 1), op.sum(a), op.sum(b, { axes: 0 }), op.norm(a)];
    await both([...none, op.softmax(a), op.erf(b), op.where(op.greater(a, 0), a, 1), op.concat([b, b]), b, empty], {
      a: [],
      b: [],
    });
  });

  it("keep NaN and infinities where the reference does", async () => {
    const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -1, 800];
    // Long enough that vector instructions, and what is left over after them, are both met.
    const feeds = { v: Array.from({ length: 23 }, (_, k) => special[k % special.length]) };
    for (const dtype of ["f32", "f64"] as const) {
      const v = input("v", [23], dtype);
      const choices = [op.relu(v), op.sign(v), op.max(v, 0), op.min(v, 0), op.abs(v), op.where(v, 1, 2), op.pow(v, 0)];
      const outputs = [...choices, op.softplus(v), op.sigmoid(v), op.tanh(v), op.erf(v), op.atan(v), op.sinh(v)];
      const actual = await evaluateOnnx(outputs, feeds);
      const bound = dtype === "f32" ? 1e-6 : 1e-14;
      for (const [k, value] of evaluate(outputs, feeds).entries())
        expect(distance(value, actual[k])).toBeLessThan(bound);
    }
  });
});

it("passes NaN through a dense layer, to where it can be noticed", async () => {
  const [h, v, b] = [input("h", [4, 20], "f32"), input("v", [20, 33], "f32"), input("b", [33], "f32")];
  const rows = Float32Array.from({ length: 80 }, (_, k) => (k === 45 ? Number.NaN : Math.cos(k)));
  const feeds = { h: [...rows], v: new Float64Array(660).fill(0.5), b: new Float64Array(33).fill(-1) };
  const [y] = await evaluateOnnx([op.relu(op.add(op.matmul(h, v), b))], feeds);
  expect([...y.data].map(Number.isNaN)).toEqual(Array.from({ length: 132 }, (_, k) => Math.floor(k / 33) === 2));
});

describe("misuse", () => {
  it("is refused by name", async () => {
    const program = await compile({ y: op.matmul(x, w) });
    const view = new Float32Array(6);
    expect(() => program.bind({ x: new Float64Array(6) })).toThrow(/x is f32; it needs a Float32Array/);
    expect(() => program.bind({ y: view })).toThrow("bind: y has shape [2, 2], which is 4 values; the view holds 6");
    expect(() => program.bind({ x: new Float32Array(new SharedArrayBuffer(24)) })).toThrow(/x lies in shared memory/);
    program.bind({ x: view, v: view });
    expect(() => program.bind({ y: view.subarray(2) })).toThrow(/y overlaps with x in memory/);
    await expect(program.run()).rejects.toThrow("run: not bound yet: w, y");
  });

  it("of names is refused when compiling", async () => {
    await expect(compile({ x: op.add(x, 1) })).rejects.toThrow("the name x is both an input's and an output's");
    await expect(compile({ y: op.sum(op.mul(op.sum(x), input("x", [2], "f32"))) })).rejects.toThrow(
      "two inputs are called x: f32 of shape [2, 3] and f32 of shape [2]",
    );
    await expect(compile({})).rejects.toThrow("a program needs an output");
    await expect(compileOnnx({ y: x }, { threads: 0 })).rejects.toThrow("threads: 0");
  });

  it("of a memory that is gone is noticed", async () => {
    const buffer = new ArrayBuffer(16);
    const program = await compile({ y: op.add(input("v", [2]), 1) });
    program.bind({ v: new Float64Array(buffer), y: new Float64Array(2) });
    structuredClone(buffer, { transfer: [buffer] });
    await expect(program.run()).rejects.toThrow("the memory of v is gone");
  });

  it("while it runs, or after dispose, is refused", async () => {
    const program = await compile({ y: op.add(input("v", [2]), 1) });
    const y = new Float64Array(2);
    program.bind({ v: Float64Array.of(1, 2), y });
    const running = program.run();
    expect(() => program.bind({ v: new Float64Array(2) })).toThrow("the program is running");
    await expect(program.run()).rejects.toThrow("the program is running");
    const disposed = program.dispose();
    await running;
    expect([...y]).toEqual([2, 3]);
    await disposed;
    await program.dispose();
    await expect(program.run()).rejects.toThrow("run: this program was disposed");
    expect(() => program.bind({ y })).toThrow("bind: this program was disposed");
  });
});
