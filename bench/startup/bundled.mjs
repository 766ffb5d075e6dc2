// The same import where everything has been put into one file: what is left is to evaluate it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "vite";
import { measure, settings } from "../contender.mjs";

await build({
  configFile: false,
  logLevel: "error",
  build: {
    ssr: settings.script,
    outDir: settings.folder,
    rolldownOptions: {
      external: ["onnxruntime-node", "@resvg/resvg-js", "gifenc"],
      output: { entryFileNames: "bundle.mjs", codeSplitting: false },
    },
  },
  ssr: { noExternal: true },
});
await measure(() => {
  const { status } = spawnSync(process.execPath, [join(settings.folder, "bundle.mjs")], { stdio: "inherit" });
  if (status !== 0) throw new Error(`the bundle ended with status ${status}`);
});
