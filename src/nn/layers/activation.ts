import type { Activation, ActivationName } from "../activations.ts";
import { identity } from "../activations.ts";
import { type LayerBuilder, layer } from "../layer.ts";
import type { Written } from "../named.ts";

/** An activation by itself, where it does not belong to a layer with weights: after a normalisation, for example. */
export const activationKind = layer({
  kind: "activation",
  title: "a function of each value",
  options: ["activation"],
  inputs: "passed on",
  outputs: null,
  read: (given) => ({ activation: given.activation("activation", identity) }),
  build: ({ activation }, inputShape) => ({
    outputShape: inputShape,
    parameters: {},
    state: {},
    multiplyAdds: 0,
    role: { kind: "other" },
    forward: (x) => activation(x),
  }),
});

/**
 * An activation by itself: a name, a name with settings, or a function of your own. Throws a RangeError or TypeError for what is
 * not allowed.
 */
export const activation = (given: ActivationName | Activation | Written): LayerBuilder =>
  activationKind.with({ activation: given });
