import { call } from "../code/statements.ts";
import { pythonNumber } from "./python-literals.ts";
import { numbersIn, type TorchWord, tensor, tuple } from "./torch-code.ts";

/** A convolution or a pooling. PyTorch pads both sides alike, so other padding is a step of its own. */
export const overImages =
  (name: string, outside: number): TorchWord =>
  (inputs, node, context) => {
    const { attributes } = node.operator;
    const [before, after] = [attributes.before, attributes.after].map(numbersIn);
    const isAlike = before.every((length, axis) => length === after[axis]);
    const around = tuple([1, 0].flatMap((axis) => [before[axis], after[axis]]).map(String));
    const [x, ...more] = inputs.map((code, i) => tensor(code, node.inputs[i], context).text);
    const images = isAlike
      ? x
      : call("F.pad", [x, around, ...(outside === 0 ? [] : [`value=${pythonNumber(outside)}`])]).text;
    const kernel = attributes.kernel === undefined || more.length > 0 ? [] : [pythonSetting(attributes.kernel)];
    // PyTorch's own stride of a pooling is the window.
    const usual = kernel[0] ?? "1";
    const given = (["stride", "dilation", "groups"] as const)
      .filter((each) => attributes[each] !== undefined)
      .map((each) => ({ each, text: pythonSetting(attributes[each]) }))
      .filter(({ each, text }) => text !== (each === "stride" ? usual : "1"))
      .map(({ each, text }) => `${each}=${text}`);
    const padding = isAlike && before.some((length) => length > 0) ? [`padding=${pythonSetting(before)}`] : [];
    return call(name, [images, ...more, ...kernel, ...given, ...padding]);
  };

/** Height and width, or one number for both. */
function pythonSetting(given: unknown): string {
  const lengths = typeof given === "number" ? [given] : numbersIn(given);
  return lengths.every((length) => length === lengths[0]) ? String(lengths[0]) : tuple(lengths.map(String));
}

/** Only derivatives consist of these. */
export const derivativeOnly: TorchWord = (_, { operator }) => {
  throw new RangeError(`${operator.name} cannot be written in PyTorch; export the net to ONNX`);
};
