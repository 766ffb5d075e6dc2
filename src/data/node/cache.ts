import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

interface Platform {
  readonly platform: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The user's folder for downloaded data: below XDG_CACHE_HOME (whose specification ignores relative paths), or the operating system's cache. */
export function cacheFolder({ platform, home, env }: Platform = here()): string {
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return join(env.XDG_CACHE_HOME, "downhill");
  if (platform === "darwin") return join(home, "Library", "Caches", "downhill");
  if (platform === "win32") return join(env.LOCALAPPDATA ?? join(home, "AppData", "Local"), "downhill", "cache");
  return join(home, ".cache", "downhill");
}

function here(): Platform {
  return { platform: process.platform, home: homedir(), env: process.env };
}
