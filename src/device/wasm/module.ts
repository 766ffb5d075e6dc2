import { compileModule, type WasmModule } from "../webassembly.ts";
import { call, get } from "./instructions.ts";
import type { Plan } from "./plan.ts";
import { stageFunction } from "./stage.ts";
import { sweepFunction, sweepParameters } from "./sweep.ts";
import { assemble, type Func, Locals, type Signature } from "./wasm.ts";

export interface Compiled {
  readonly module: WasmModule;
  /** The functions that it imports, by name. */
  readonly functions: Readonly<Record<string, (...x: number[]) => number>>;
}

/**
 * A plan as a WebAssembly module: the functions `stage0`, `sweep0`, `stage1`, …, and `all`, which calls them in order. They
 * take the address of the cells, then (except stages) the addresses of the vectors, then the number of elements.
 */
export function compile(plan: Plan): Compiled {
  const imports = new Map<(...x: number[]) => number, number>();
  const signatures: Signature[] = [];
  for (const { node, lanes } of [...plan.stages, ...plan.sweeps.map(({ steps }) => steps)].flat())
    if (lanes.kind === "call" && !imports.has(lanes.value))
      imports.set(lanes.value, signatures.push(ofNumbers(node.inputs.length)) - 1);
  const parts = plan.stages.flatMap((_, k) =>
    k < plan.sweeps.length
      ? [stageFunction(plan, k, imports), sweepFunction(plan, k, imports)]
      : [stageFunction(plan, k, imports)],
  );
  const functions = Object.fromEntries([...imports].map(([f, i]) => [`${i}`, f]));
  return {
    module: compileModule(assemble(signatures, [...parts, inOrder(plan, parts, signatures.length)])),
    functions,
  };
}

const ofNumbers = (count: number): Signature => ({ params: Array(count).fill("f64"), results: ["f64"] });

/** Calls the parts one after the other. */
function inOrder(plan: Plan, parts: readonly Func[], first: number): Func {
  const locals = new Locals(...sweepParameters(plan));
  const length = locals.params.length - 1;
  const body = parts.map(({ locals: { params } }, i) => [
    params.map((_, p) => get(p === params.length - 1 ? length : p)),
    call(first + i),
  ]);
  return { name: "all", locals, body };
}
