import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type DeviceFacts, type DeviceName, deviceNames } from "../device.ts";
import { DeviceError } from "../error.ts";
import { nodeDevice } from "./device.ts";

/** The result of trying a device. */
export type Surveyed =
  | ({ readonly works: true } & DeviceFacts)
  | { readonly works: false; readonly name: DeviceName; readonly reason: string; readonly remedy: string };

/** The compiled file that tries one device; null for uncompiled sources, which try it in this process. */
const compiled = import.meta.url.endsWith(".js") ? fileURLToPath(new URL("./survey-one.js", import.meta.url)) : null;

/** Tries every device, each in its own process, since drivers may write to the terminal or crash. */
export const surveyDevices = (): Promise<Surveyed[]> =>
  Promise.all(deviceNames.map((name) => (compiled === null ? tryDevice(name) : inProcess(compiled, name))));

export async function tryDevice(device: DeviceName): Promise<Surveyed> {
  try {
    const { name, backend, runtime, float64, threads } = await nodeDevice({ device });
    return { name, works: true, backend, runtime, float64, threads };
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    return { name: device, works: false, reason: error.reason, remedy: error.remedy };
  }
}

/** The drivers' own words say which file is missing; the reason often does not. */
function withDriversWords(tried: Surveyed, words: string): Surveyed {
  const [first = ""] = words.split("\n");
  const said = first.replace(/^Warning: /, "").trim();
  return tried.works || said === "" ? tried : { ...tried, reason: `${tried.reason}; ${said}` };
}

/** The most milliseconds for a driver; SwiftShader takes 2 s. */
const PATIENCE = 60_000;

const inProcess = (file: string, name: DeviceName): Promise<Surveyed> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [file, name], { stdio: ["ignore", "pipe", "pipe"], timeout: PATIENCE });
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout.setEncoding("utf8").on("data", (text: string) => out.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => err.push(text));
    const broken = (why: string): void =>
      resolve({ name, works: false, reason: why, remedy: "check its installation, or use another device" });
    child.on("error", (error) => broken(error.message));
    child.on("close", (code, signal) => {
      const answer = out.join("").trim().split("\n").at(-1) ?? "";
      if (code === 0 && answer.startsWith("{")) resolve(withDriversWords(JSON.parse(answer), err.join("")));
      else broken(err.join("").trim().split("\n").at(-1) || `its process ended by ${signal ?? `code ${code}`}`);
    });
  });
