import { type Arithmetic, float64, float64x2 } from "./arithmetic.ts";
import type { Total } from "./graph.ts";
import { type Code, get, set } from "./instructions.ts";
import type { Plan } from "./plan.ts";
import { loadCell, storeCell } from "./stage.ts";
import type { Values } from "./values.ts";
import type { Locals } from "./wasm.ts";

interface Accumulator {
  readonly total: Total;
  readonly arithmetic: Arithmetic;
  readonly local: number;
}

/**
 * Accumulates a sweep's totals in float64, or in the vectors' type if that is as accurate. Each addition in the loop's body
 * has its own accumulator, so that none waits for another. At the end they are combined in the totals' cells.
 */
export class Accumulators {
  readonly #plan: Plan;
  readonly #totals: readonly Total[];
  readonly #locals: Locals;
  readonly #accumulators: Accumulator[] = [];

  constructor(plan: Plan, totals: readonly Total[], locals: Locals) {
    this.#plan = plan;
    this.#totals = totals;
    this.#locals = locals;
  }

  /** Adds the elements in the lanes. */
  gather(values: Values, arithmetic: Arithmetic): Code {
    return this.#totals.map((total) => {
      const x = values.number(total.node.inputs[0]);
      if (arithmetic.lanes === 1)
        return this.#combine(total, total.reduction.part([x, arithmetic.extract(0)], float64));
      if (total.reduction.narrow) return this.#accumulate(total, x, arithmetic);
      return arithmetic.widen(x).map((wide) => this.#accumulate(total, wide, float64x2));
    });
  }

  /** Initializes the accumulators; known once the loop's code has been generated. */
  start(): Code {
    return this.#accumulators.map(({ total, arithmetic, local }) => [
      arithmetic.const(total.reduction.start),
      set(local),
    ]);
  }

  finish(): Code {
    return this.#accumulators.map(({ total, arithmetic, local }) =>
      Array.from({ length: arithmetic.lanes }, (_, lane) =>
        this.#combine(total, [get(local), arithmetic.extract(lane)]),
      ),
    );
  }

  #accumulate(total: Total, x: Code, arithmetic: Arithmetic): Code {
    const local = this.#locals.add(arithmetic.type);
    this.#accumulators.push({ total, arithmetic, local });
    const { part, combine } = total.reduction;
    return [get(local), part(x, arithmetic), arithmetic[combine], set(local)];
  }

  /** Adds a number to a total's cell. */
  #combine({ node, reduction }: Total, x: Code): Code {
    return storeCell(this.#plan, node, [loadCell(this.#plan, node), x, float64[reduction.combine]]);
  }
}
