import { type DType, type Expr, input } from "../../../expr/index.ts";
import type { Pass, Tensors } from "../../layer.ts";
import { layersOf, type Model, parameterInputs, stateInputs } from "../../model.ts";
import { NET_INPUTS } from "../any-batch.ts";

/** A layer of a net, or all of a net that is one function, as expressions of its inputs (`net_inputs`) and the net's tensors. */
export interface Stage {
  /** What it is, for a comment: `layer1: dense, 4 to 8`. */
  readonly title: string;
  /** The outputs outside training. */
  readonly outputs: Expr;
  /** The outputs in training, where masks are inputs. */
  readonly inTraining: Expr;
  /** The state after a step of training, by name: what it changes. */
  readonly state: Tensors;
}

/** The rates of the masks among a stage's inputs, by their names. */
export type Masks = ReadonlyMap<string, number>;

/** The stages of a model for a batch of this length, and the masks of all. */
export function stagesOf(
  model: Model,
  dtype: DType,
  length: number,
): { readonly stages: readonly Stage[]; readonly masks: Masks } {
  const masks = new Map<string, number>();
  const training: Pass = {
    training: true,
    mask: (shape, rate) => {
      const name = `mask${masks.size + 1}`;
      masks.set(name, rate);
      return input(name, shape, dtype);
    },
  };
  const outside: Pass = { training: false, mask: training.mask };
  const [w, s] = [parameterInputs(model, dtype), stateInputs(model, dtype)];
  const parts = layersOf(model) ?? [{ ...model, title: `${model.name}, one function` }];
  const stages = parts.map((part): Stage => {
    const x = input(NET_INPUTS, [length, ...part.inputShape], dtype);
    const { outputs } = part.forward(w, s, x, outside);
    const passed = part.forward(w, s, x, training);
    const changed = Object.entries(passed.state).filter(([name, value]) => value !== s[name]);
    const title = "title" in part ? part.title : titleOf(part);
    return { title, outputs, inTraining: passed.outputs, state: Object.fromEntries(changed) };
  });
  return { stages, masks };
}

const titleOf = ({ name, builder, inputShape, outputShape }: NonNullable<Model["layers"]>[number]): string =>
  `${name}: ${builder.kind.kind}, ${inputShape.join(" × ")} to ${outputShape.join(" × ")}`;
