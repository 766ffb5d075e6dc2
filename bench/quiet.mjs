import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Cores that others may use on average before a run counts as disturbed. */
const ALLOWED = 0.15;
/** Runs that are tried before the last one is taken as it is. */
const ATTEMPTS = 30;
const WAIT = 60 * 60e3;

/**
 * Runs when nothing else does, and again where something else did meanwhile: what all cores worked, less what the run's
 * processes did, tells. In the result, `others` is the number of cores that were busy elsewhere.
 */
export async function undisturbed(run) {
  for (let attempt = 1; ; attempt++) {
    await idle();
    const [others, start] = [othersWorked(), performance.now()];
    const result = run();
    const cores = (othersWorked() - others) / (performance.now() - start);
    if (cores <= ALLOWED || attempt === ATTEMPTS) return { ...result, others: Math.max(0, cores) };
  }
}

/** Returns once the machine has been idle for two seconds; after an hour in any case. */
async function idle() {
  for (const end = performance.now() + WAIT; performance.now() < end; ) {
    const before = othersWorked();
    await sleep(2000);
    if (othersWorked() - before < ALLOWED * 2000) return;
  }
}

/** Milliseconds that the cores have worked since the machine started, for others than this program's finished children. */
const othersWorked = () => 10 * (ofAll() - ofChildren());

// Both in hundredths of a second; proc(5) names the fields.

/** What is neither idle nor waiting for a disk; what the host of a virtual machine took for itself counts as work. */
function ofAll() {
  const [, user, nice, system, , , irq, softirq, steal] = lineOf("/proc/stat").split(/ +/).map(Number);
  return user + nice + system + irq + softirq + steal;
}

/** Fields 16 and 17, cutime and cstime; the name in brackets may hold blanks. */
function ofChildren() {
  const fields = lineOf("/proc/self/stat").split(") ").at(-1).split(" ");
  return Number(fields[13]) + Number(fields[14]);
}

const lineOf = (file) => readFileSync(file, "utf8").split("\n")[0];
