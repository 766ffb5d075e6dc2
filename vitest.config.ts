import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

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

/** What in a test's text shows that it needs a process of its own: it mocks modules, measures memory, or uses the GPU. */
const NEEDS_PROCESS = /\bvi\.(mock|doMock|resetModules)\(|\bmemoryUsage\(|\bmaxRSS\b|\/gpu\.ts"/;

const folder = new URL("test/", import.meta.url);
const alone = readdirSync(fileURLToPath(folder), { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".test.ts") && NEEDS_PROCESS.test(readFileSync(new URL(name, folder), "utf8")))
  .map((name) => `test/${name}`);

/** Files that take the longest. Begun last, one of them would run alone for a minute. */
const LONGEST = [
  "train/gpu",
  "lecture/mutations-of-landscapes",
  "lecture/mutations-of-nets",
  "docs/pages",
  "lecture/experiments",
];

/** Files with processes of their own come before those that share one, which would end if another came between. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return (project.config.isolate ? 0 : LONGEST.length + 1) + (at < 0 ? LONGEST.length : at);
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    env: { ...softwareGpu, ...given },
    projects: [
      { extends: true, test: { name: "alone", include: alone } },
      // Starting a process and loading the library in it takes longer than most files' tests.
      { extends: true, test: { name: "together", include: ["test/**/*.test.ts"], exclude: alone, isolate: false } },
    ],
  },
});
