import { exportModule, type Prediction, type Trained } from "../../src/nn/index.ts";

/** An exported ES module, as another program imports it. */
export interface PredictModule {
  predict(rows: readonly unknown[]): Prediction[];
}

export async function imported(trained: Trained): Promise<PredictModule> {
  const source = Buffer.from(exportModule(trained)).toString("base64");
  const module: PredictModule = await import(/* @vite-ignore */ `data:text/javascript;base64,${source}`);
  return module;
}
