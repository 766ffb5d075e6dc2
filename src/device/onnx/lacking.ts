import { type Application, type Expr, inOrder, input } from "../../expr/index.ts";
import { DeviceError } from "../error.ts";
import { lower } from "./lower.ts";
import { encodeModel } from "./model.ts";
import type { Runtime } from "./session.ts";

/**
 * Why a runtime could not open a program: with each of its operators tried alone, which of them it lacks. For runtimes on which every node
 * has to be placed. The cause itself if it can open none.
 */
export async function lackingError(
  runtime: Runtime,
  outputs: Readonly<Record<string, Expr>>,
  cause: unknown,
): Promise<unknown> {
  const lacking: string[] = [];
  const kinds = new Map(
    inOrder(Object.values(outputs)).flatMap((node) =>
      node.kind === "apply" ? [[node.operator.name, node] as const] : [],
    ),
  );
  for (const [name, node] of kinds) if (!(await opens(runtime, alone(node)))) lacking.push(name);
  if (lacking.length === kinds.size) return cause;
  const what = lacking.length === 0 ? "this program" : lacking.join(", ");
  return new DeviceError(`the device ${runtime.name} cannot compute ${what}`, cause, "use --device cpu, which can");
}

/** The operator on inputs of its own. */
const alone = (node: Application): Expr => ({
  ...node,
  inputs: node.inputs.map((x, i) => (x.kind === "constant" ? x : input(`x${i}`, x.shape, x.dtype))),
});

async function opens(runtime: Runtime, y: Expr): Promise<boolean> {
  try {
    const session = await runtime.open(encodeModel(lower({ y }, runtime.lacks)), { threads: 1, fusion: true });
    await session.close();
    return true;
  } catch {
    return false;
  }
}
