import { quote, unknownName } from "../arguments/index.ts";
import type { LayerData } from "./layer-data.ts";
import type { Registry } from "./registry.ts";
import { checkCount, textOptions } from "./text-options.ts";

/** More levels of parentheses than a net has; deeper ones could overflow the stack. */
const MOST_LEVELS = 32;

/**
 * Layers as a text has them, `dense:64:relu,dropout:0.5,dense`, as plain data. Undefined if one is of a kind that is not known; throws a
 * RangeError for what else is wrong.
 */
export function layersOfText(text: string, names: Registry): readonly LayerData[] | undefined {
  checkParentheses(text);
  return listOf(text, names);
}

function listOf(text: string, names: Registry): readonly LayerData[] | undefined {
  const layers = splitOutside(text, ",").map((each) => layerOf(each, names));
  return layers.every((layer) => layer !== undefined) ? layers : undefined;
}

function checkParentheses(text: string): void {
  let levels = 0;
  for (const character of text) {
    if (character === "(") levels++;
    if (character === ")") levels--;
    if (levels < 0) throw new RangeError(`model ${quote(text)}: there is a ")" without a "(" before it`);
    if (levels > MOST_LEVELS)
      throw new RangeError(`model ${quote(text)}: its parentheses are nested deeper than ${MOST_LEVELS} levels`);
  }
  if (levels > 0) throw new RangeError(`model ${quote(text)}: a "(" is not closed; add ")"`);
}

/** The parts of a text between signs that are not within parentheses. */
function splitOutside(text: string, sign: string): string[] {
  const parts = [""];
  let levels = 0;
  for (const character of text) {
    if (character === "(") levels++;
    if (character === ")") levels--;
    if (character === sign && levels === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** Throws a RangeError that names the first unknown kind of layer, if others in the text are known. */
export function refuseUnknownLayer(text: string, names: Registry): void {
  const words = text.split(/[,|()]/).map((part) => part.split(":")[0].trim());
  const unknown = words.find((word) => word !== "" && kindOf(word, names) === undefined);
  if (unknown === undefined || words.every((word) => kindOf(word, names) === undefined)) return;
  const problem = unknownName("kind of layer", unknown, Object.keys(names.layers));
  throw new RangeError(`model ${quote(text)}: ${problem}; options follow a colon, as in dense:64`);
}

const kindOf = (word: string, { layers }: Registry): string | undefined =>
  [word, word.toLowerCase()].find((name) => Object.hasOwn(layers, name));

/** `residual(dense:64|dense:64)`: lists of layers in the order of the kind's options. */
function nestedLayer(word: string, inner: string, names: Registry): LayerData | undefined {
  const kind = kindOf(word, names);
  if (kind === undefined) return undefined;
  const { options } = names.layers[kind];
  const texts = splitOutside(inner, "|");
  if (texts.some((each) => each.trim() === ""))
    throw new RangeError(
      `${kind}: there is nothing ${texts.length === 1 ? "in its parentheses" : 'on one side of "|"'}; write layers, as in ${kind}(dense:64:relu,dense:64)`,
    );
  const lists = texts.map((each) => listOf(each, names));
  if (!lists.every((list) => list !== undefined)) return undefined;
  checkCount(kind, lists.length, options);
  return { kind, ...Object.fromEntries(lists.map((list, i) => [options[i], list])) };
}

/** `dense:64:relu`: values in the order of the kind's options, or `name=value`. Undefined if the kind is not known. */
function layerOf(text: string, names: Registry): LayerData | undefined {
  const [, outer, inner] = /^([^:()|]+)\((.*)\)$/s.exec(text.trim()) ?? [];
  if (outer !== undefined) return nestedLayer(outer.trim(), inner, names);
  const [word, ...parts] = text.split(":").map((part) => part.trim());
  const kind = kindOf(word, names);
  if (kind === undefined) return undefined;
  return { kind, ...textOptions(kind, parts, names.layers[kind].options) };
}
