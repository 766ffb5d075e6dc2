import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** Where Debian's chromium keeps a GPU made of software, SwiftShader, for machines without one. */
const CHROMIUM = "/usr/lib/chromium";
const DRIVER = `${CHROMIUM}/vk_swiftshader_icd.json`;

const softwareGpu = existsSync(DRIVER) ? { VK_ICD_FILENAMES: DRIVER, LD_LIBRARY_PATH: CHROMIUM } : {};
const given = Object.fromEntries(
  Object.keys(softwareGpu).flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  }),
);

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
    env: { ...softwareGpu, ...given },
  },
});
