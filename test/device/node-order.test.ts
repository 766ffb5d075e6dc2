import { expect, it } from "vitest";
import { inBlocks } from "../../src/device/onnx/blocked/probe.ts";
import type { GraphNode } from "../../src/device/onnx/graph.ts";
import { lower } from "../../src/device/onnx/index.ts";
import { soonest } from "../../src/device/onnx/node-order.ts";
import { modelFor } from "../../src/nn/index.ts";
import { programOf, training } from "../../src/objective/net/program-kinds.ts";

const images = { inputShape: [3, 16, 16], outputs: 10, task: "classification" } as const;

function nodesOf(name: string): readonly GraphNode[] {
  const { outputs } = programOf(training(0), { model: modelFor(name, images), batch: 16, targetSize: 1, dtype: "f32" });
  return lower(outputs, undefined, inBlocks(16)).nodes;
}

/** How many nodes wait, on average, while a graph is computed in the order of its file: what ONNX Runtime's list holds. */
function waiting(nodes: readonly GraphNode[]): number {
  const made = new Map(nodes.flatMap(({ output, second = output }, i) => [[output, i] as const, [second, i] as const]));
  const ready = nodes.map(({ inputs }) => Math.max(-1, ...inputs.map((name) => made.get(name) ?? -1)));
  return ready.reduce((sum, from, i) => sum + i - from, 0) / nodes.length;
}

it("computes each node after its inputs, and none is lost", () => {
  const nodes = soonest(nodesOf("resnet-8"));
  const seen = new Set<string>();
  const own = new Set(nodes.flatMap(({ output, second = output }) => [output, second]));
  for (const { inputs, output, second = output } of nodes) {
    for (const name of inputs) expect(own.has(name) && !seen.has(name)).toBe(false);
    for (const name of [output, second]) seen.add(name);
  }
  expect(new Set(nodes)).toEqual(new Set(nodesOf("resnet-8")));
});

it("lets few nodes wait in a deep net", () => {
  const deep = nodesOf("resnet-32");
  expect(waiting(deep)).toBeGreaterThan(150);
  expect(waiting(soonest(deep))).toBeLessThan(20);
});
