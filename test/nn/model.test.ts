import { describe, expect, it } from "vitest";
import { input, mul, sin } from "../../src/expr/index.ts";
import { dense, functionModel, mlp, sequential } from "../../src/nn/index.ts";

/** A value as a caller without types may give it. */
const untyped = (text: string) => JSON.parse(text);

describe("a net is refused when it is made", () => {
  it.each([
    [() => mlp(untyped("64")), "mlp: sizes is 64; give one list, from inputs to outputs: mlp([64, 32, 10])"],
    [() => mlp([2, 3, 1], untyped('{"activaton": "tanh"}')), "did you mean activation?"],
    [() => mlp([2, 3, 1], untyped("32")), "mlp: the options are 32; give an object"],
    [() => mlp([2, 3, 1], { loss: untyped('"mse"') }), 'the loss is "mse"; give softmaxCrossEntropy'],
    [() => mlp([2, 1], { activation: untyped('"rleu"') }), 'activation "rleu" is not known; did you mean relu?'],
    [() => mlp([2, 3, 1], { activation: untyped("3") }), "activation is 3; give a name"],
    [() => dense(3, { activation: untyped('"tahn"') }), "did you mean tanh?"],
    [() => dense(3, untyped('{"biass": false}')), "did you mean bias?"],
    [() => sequential([2], [dense(1)], { loss: untyped("null") }), "the loss is null"],
    [
      () => functionModel({ inputShape: [1], parameters: [], loss: untyped('"mse"'), predict: (_, x) => x }),
      'function: the loss is "mse"',
    ],
  ])("%#: %s", (make, words) => expect(make).toThrow(words));
});

it("takes an activation of one's own", () => {
  const net = mlp([1, 2, 1], { activation: (x) => mul(2, sin(x)) });
  const shapes = Object.fromEntries(net.parameters.map(({ name, shape }) => [name, input(name, shape)]));
  const pass = { training: false, mask: () => input("mask") };
  expect(net.forward(shapes, {}, input("x", [5, 1]), pass).outputs.shape).toEqual([5, 1]);
});
