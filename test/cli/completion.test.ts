import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../cli/commands/index.ts";
import { withNames } from "../../cli/flags/flag.ts";
import { experiments } from "../../lecture/index.ts";
import { activationNames, losses } from "../../src/nn/index.ts";
import { downhill, temporaryFolder } from "./command.ts";

const has = (shell: string): boolean => spawnSync(shell, ["-c", ":"]).status === 0;

const scripts: Record<string, { readonly text: string; readonly file: string }> = {};
beforeAll(async () => {
  const folder = await temporaryFolder();
  for (const shell of ["bash", "zsh", "fish"]) {
    const { code, out, err } = await downhill(["completion", shell]);
    expect([code, err]).toEqual([0, ""]);
    const file = join(folder, shell);
    await writeFile(file, out);
    scripts[shell] = { text: out, file };
  }
});

/** What is typed, and what is offered for its last word. */
const offers: readonly (readonly [typed: string, offered: readonly string[]])[] = [
  ["downhill tr", ["train"]],
  ["downhill train --los", ["--loss"]],
  ["downhill train --loss ", Object.keys(losses)],
  ["downhill train --dtype ", ["f32", "f64"]],
  ["downhill train --lr-range --jso", ["--json", "--jsonl"]],
  ["downhill train --optimizer lb", ["lbfgs"]],
  ["downhill train --activation se", ["selu"]],
  ["downhill train --model densenet-c", ["densenet-cifar"]],
  ["downhill model len", ["lenet"]],
  ["downhill train --schedule one", ["one-cycle"]],
  ["downhill minimize --lr 0.1 bea", ["beale"]],
  ["downhill minimize thur", ["thurber"]],
  ["downhill data show dig", ["digits"]],
  ["downhill lecture learning-r", ["learning-rate"]],
  ["downhill completion fi", ["fish"]],
  ["downhill help tr", ["train"]],
  ["downhill train --set beta1", ["beta1="]],
  ["downhill train --optimizer adam,mo", []],
  ["downhill train --optimizer nadam+d", ["nadam+decay"]],
  ["downhill train --optimizer nadam", ["nadam"]],
  ["downhill compare --optimizer adam,sg", ["adam,sgd"]],
  ["downhill compare --optimizer adam,nadam+d", ["adam,nadam+decay"]],
  ["downhill train --backe", []],
];

describe.skipIf(!has("bash"))("in bash (skipped where there is none)", () => {
  const complete = (typed: string): string[] => {
    const program = `source "$1"; COMP_LINE=$2 COMP_POINT=\${#2}; _downhill; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", program, "bash", scripts.bash.file, typed], {
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    return stdout.split("\n").filter((line) => line !== "");
  };

  test.each(offers)("%s", (typed, offered) => {
    expect(complete(typed)).toEqual([...offered]);
  });

  test.each([
    ["downhill train --loss=mean", ["mean-squared-error"]],
    // Bash replaces what comes after the colon.
    ["downhill train --model mlp:64,", ["64,32"]],
    ["downhill train --schedule cosine:w", ["warmup="]],
    ["downhill train --schedule cosine:warmup=", []],
    ["downhill train --data cs", ["csv:"]],
    ["downhill train --data csv:/et", ["/etc"]],
    ["downhill train --lr ", []],
    ["downhill report /et", ["/etc"]],
    ["downhill frobnicate ", []],
  ])("%s", (typed, offered) => {
    expect(complete(typed)).toEqual(offered);
  });

  test.each(["report MY\\ d", "report 'MY d", 'report "MY d', "train --config=MY\\ d", "train --data csv:MY\\ d"])(
    "completes a path with a blank: %s",
    async (typed) => {
      const folder = await temporaryFolder();
      await mkdir(join(folder, "my dir"));
      const line = `downhill ${typed.replace("MY", join(folder, "my"))}`;
      expect(complete(line)).toEqual([join(folder, "my dir")]);
      const below = `downhill ${typed.replace("MY", join(folder, "my")).replace(/d$/, "dir/")}`;
      await mkdir(join(folder, "my dir", "below"));
      expect(complete(below)).toEqual([join(folder, "my dir", "below")]);
    },
  );

  test("every command offers its flags, and every flag its names", async () => {
    for (const { name, flags } of commands) {
      const own = [...flags.filter(({ hidden }) => !hidden).map((flag) => `--${flag.name}`), "--help"];
      expect(complete(`downhill ${name} --`).sort()).toEqual(own.sort());
      for (const flag of await Promise.all(flags.map(withNames)))
        if (!flag.hidden && flag.value !== undefined && flag.kind.words !== undefined)
          expect(complete(`downhill ${name} --${flag.name} `)).toEqual([...flag.kind.words]);
    }
  });
});

describe.skipIf(!has("fish"))("in fish (skipped where there is none)", () => {
  test.each(offers)("%s", (typed, offered) => {
    const program = `source $argv[1]; complete -C $argv[2]`;
    const { stdout, stderr } = spawnSync("fish", ["-c", program, scripts.fish.file, typed], { encoding: "utf8" });
    expect(stderr).toBe("");
    const words = stdout.split("\n").flatMap((line) => (line === "" ? [] : [line.split("\t")[0]]));
    expect(words.sort()).toEqual([...offered].sort());
  });

  test.each([
    ["downhill train --schedule cosine:w", "cosine:warmup="],
    ["downhill train --data csv:/et", "csv:/etc/"],
    ["downhill compare --optimizer=adam,sg", "--optimizer=adam,sgd"],
  ])("%s", (typed, offered) => {
    const program = `source $argv[1]; complete -C $argv[2]`;
    const { stdout } = spawnSync("fish", ["-c", program, scripts.fish.file, typed], { encoding: "utf8" });
    expect(stdout.split("\n")[0].split("\t")[0]).toBe(offered);
  });
});

test.skipIf(!has("zsh"))("zsh reads its script without a complaint (skipped where there is none)", () => {
  const { status, stderr } = spawnSync("zsh", ["-n", scripts.zsh.file], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
});

test("all scripts have all commands, flags and names", () => {
  for (const { text } of Object.values(scripts)) {
    for (const { name, flags } of commands) {
      expect(text).toContain(name);
      for (const flag of flags.filter(({ hidden }) => !hidden))
        expect(text).toMatch(new RegExp(`(--|-l )${flag.name}\\b`));
    }
    for (const name of [...activationNames, ...Object.keys(losses), ...experiments.map(({ id }) => id)])
      expect(text).toContain(name);
  }
});

test("a shell that is not known is refused, with the nearest", async () => {
  const { code, err } = await downhill(["completion", "bsh"]);
  expect([code, err]).toEqual([
    2,
    'downhill: shell "bsh" is not known; did you mean bash? (allowed: bash, zsh, fish)\n',
  ]);
});

test("its help says how to install it", async () => {
  const { out } = await downhill(["completion", "--help"]);
  for (const line of ["source ~/.downhill.bash in ~/.bashrc", "~/.zfunc/_downhill", "completions/downhill.fish"])
    expect(out).toContain(line);
});
