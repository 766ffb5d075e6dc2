import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { getuid } from "node:process";

/** Where Linux distributions have it. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * The browser that is installed, or that CHROMIUM names. On Debian, where we may, its package is installed; undefined
 * where there is none in the end.
 */
export function findChromium(): string | undefined {
  const { CHROMIUM } = process.env;
  if (CHROMIUM !== undefined) return CHROMIUM;
  const installed = (): string | undefined => PLACES.find((place) => existsSync(place));
  if (installed() === undefined && isDebian() && getuid?.() === 0) install();
  return installed();
}

const isDebian = (): boolean =>
  existsSync("/etc/os-release") && /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));

function install(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const words of [["update"], ["install", "--yes", "--no-install-recommends", "chromium"]])
    spawnSync("apt-get", words, { env, stdio: "ignore", timeout: 300_000 });
}
