import { unknownName } from "../../src/arguments/index.ts";
import { output } from "../flags/bundles.ts";
import { exitCode } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import type { Command } from "./command.ts";

const shells = ["bash", "zsh", "fish"] as const;

const about = `
The script contains all names, so completion is instant; print it again after an update. To install it:
  bash  downhill completion bash > ~/.downhill.bash
        with source ~/.downhill.bash in ~/.bashrc
  zsh   downhill completion zsh > ~/.zfunc/_downhill
        with fpath=(~/.zfunc $fpath) before compinit in ~/.zshrc
  fish  downhill completion fish > ~/.config/fish/completions/downhill.fish`;

/** Completes all commands, including itself. */
export const completion = (all: () => readonly Command[]): Command => ({
  name: "completion",
  summary: "print a completion script for bash, zsh or fish",
  about,
  words: [["<shell>", "bash, zsh or fish", { names: async () => shells }]],
  flags: output,
  examples: [
    ["downhill completion bash > ~/.downhill.bash", "write the script for bash into a file"],
    ["downhill completion fish | source", "completion in this fish session only"],
  ],
  load: async () => {
    const { grammarOf } = await import("../completion/grammar.ts");
    const scripts = {
      bash: async () => (await import("../completion/bash.ts")).bashScript,
      zsh: async () => (await import("../completion/zsh.ts")).zshScript,
      fish: async () => (await import("../completion/fish.ts")).fishScript,
    };
    return {
      read: (settings, io) => {
        const [given] = settings.words;
        const shell = shells.find((each) => each === given);
        if (shell === undefined) throw new UsageError(unknownName("shell", given, shells));
        return async () => {
          const script = await scripts[shell]();
          io.out.write(script(await grammarOf(all())));
          return exitCode.success;
        };
      },
    };
  },
});
