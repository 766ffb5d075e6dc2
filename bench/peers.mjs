// What Downhill is measured against: packages that are installed here on first use, and PyTorch where there is one.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

const HERE = import.meta.dirname;

/** `{}`, or `{ missing: why }`. */
export function installPackages() {
  const installed = join(HERE, "node_modules", ".package-lock.json");
  const wanted = join(HERE, "package.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return {};
  console.error("Installing the peers into bench/node_modules …");
  const { status } = spawnSync(
    "npm",
    ["install", "--no-package-lock", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"],
    {
      cwd: HERE,
      env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" },
      stdio: ["ignore", 2, 2],
      shell: process.platform === "win32",
    },
  );
  return status === 0 ? {} : { missing: "npm could not install it" };
}

/** `{ command, version }`, or `{ missing: why }`. */
export function findPython({ DOWNHILL_PYTHON: command = "python3" } = process.env) {
  const { status, stdout } = spawnSync(command, ["-c", "import torch; print(torch.__version__)"], { encoding: "utf8" });
  if (status === 0) return { command, version: stdout.trim() };
  return { missing: `${command} has no PyTorch; name a Python that has it in DOWNHILL_PYTHON` };
}
