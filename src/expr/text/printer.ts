import { type Application, type Attribute, type Constant, type Expr, numberOf } from "../node.ts";
import { type Shape, sizeOf } from "../shape.ts";
import { binding } from "../tex.ts";
import { compose } from "./compose.ts";
import { functions, numberNames } from "./vocabulary.ts";
import { callText, numberText, type Word, type Written } from "./word.ts";

/**
 * The expression as text, with only the necessary parentheses. `parseExpression` gives the same expression back, node by
 * node, if names stand for its inputs. Throws a RangeError if the text would exceed a million characters.
 */
export const print = (expr: Expr): string => alone(expr, compose<Written>(expr, write));

/** The text of an expression that gets no type from its context. */
export const alone = (expr: Expr, { text }: Written): string =>
  numberOf(expr) !== undefined && expr.dtype === "f32" ? typed(text).text : text;

/** The text of a node from the texts of its inputs. */
export function write(node: Expr, inputs: readonly Written[]): Written {
  switch (node.kind) {
    case "input":
      if (numberNames.has(node.name))
        throw new RangeError(
          `the input ${node.name} cannot be written, since ${node.name} is a number; rename the input`,
        );
      return { text: node.name, binds: binding.atom };
    case "constant":
      return constantText(node);
    case "apply":
      return applied(node, needsType(node) ? inputs.map((x) => typed(x.text)) : inputs);
  }
}

/** Whether a node needs an explicit type: numbers take the type of the other operands, and are float64 among themselves. */
const needsType = ({ inputs }: Application): boolean =>
  inputs.every((x) => x.dtype === "f32" && numberOf(x) !== undefined);

const typed = (text: string): Written => callText("f32", [text]);

function constantText(node: Constant): Written {
  const value = numberOf(node);
  if (value !== undefined) return numberText(value);
  const text = listText(node.shape, node.value.data);
  return node.dtype === "f32" ? typed(text) : { text, binds: binding.atom };
}

/** Nested lists; these cannot express an empty axis before the last, which is written as a reshape. */
function listText(shape: Shape, data: Float64Array): string {
  if (shape.length === 0) return numberText(data[0]).text;
  if (shape.slice(0, -1).includes(0)) return `reshape([], shape=${attributeText(shape)})`;
  const [length, ...rest] = shape;
  const size = sizeOf(rest);
  const items = Array.from({ length }, (_, i) => listText(rest, data.subarray(i * size, (i + 1) * size)));
  return `[${items.join(", ")}]`;
}

function applied(node: Application, inputs: readonly Written[]): Written {
  const { name } = node.operator;
  const word = functions.get(name);
  if (word === undefined) throw new RangeError(`the operator ${name} has no written form`);
  return word.print?.(inputs, node) ?? callText(name, [...inputs.map((x) => x.text), ...settingTexts(word, node)]);
}

/** The settings that differ from their defaults. */
const settingTexts = (word: Word, node: Application): string[] =>
  Object.entries(word.settings).flatMap(([name, unsaid]) => {
    const text = attributeText(node.operator.attributes[name]);
    return unsaid !== null && text === attributeText(unsaid(node)) ? [] : [`${name}=${text}`];
  });

const attributeText = (value: Attribute): string =>
  typeof value === "object" ? `[${value.map((x) => numberText(x).text).join(", ")}]` : String(value);
