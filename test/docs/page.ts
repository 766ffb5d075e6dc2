/** Reads from a Markdown page what can be run: its files, commands and programs, each with the output that the page shows. */

export interface Block {
  /** Line of the opening fence, from 0. */
  readonly line: number;
  /** The first word after the fence: `ts`, `sh`, `text`, … */
  readonly language: string;
  readonly code: readonly string[];
  /** The file that the block is, such as `houses.csv`, if the line above ends with that name and a colon. */
  readonly file: string | undefined;
  /** The number of headings above it. */
  readonly section: number;
}

/** One thing to run: a block of commands, or all TypeScript below one heading; and the outputs shown below the blocks. */
export interface Step {
  readonly kind: "sh" | "ts";
  readonly blocks: readonly Block[];
  readonly outputs: readonly (Block | undefined)[];
}

export interface Page {
  readonly name: string;
  readonly lines: readonly string[];
  readonly blocks: readonly Block[];
  readonly files: readonly Block[];
  readonly steps: readonly Step[];
}

export function readPage(name: string, text: string): Page {
  const lines = text.split("\n");
  const blocks = blocksOf(lines);
  const steps: Step[] = [];
  blocks.forEach((block, k) => {
    if (block.language !== "sh" && block.language !== "ts") return;
    const next = blocks[k + 1];
    const shown = next?.language === "text" && next.section === block.section && next.file === undefined;
    const outputs = [shown ? next : undefined];
    const before = steps.find((step) => step.kind === "ts" && step.blocks[0].section === block.section);
    if (block.language === "sh" || before === undefined) steps.push({ kind: block.language, blocks: [block], outputs });
    else
      steps.splice(steps.indexOf(before), 1, {
        kind: "ts",
        blocks: [...before.blocks, block],
        outputs: [...before.outputs, ...outputs],
      });
  });
  return { name, lines, blocks, files: blocks.filter(({ file }) => file !== undefined), steps };
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let section = 0;
  for (let at = 0; at < lines.length; at++) {
    if (/^#+ /.test(lines[at])) section++;
    const fence = /^```(\w*)/.exec(lines[at]);
    if (fence === null) continue;
    const end = lines.indexOf("```", at + 1);
    if (end === -1) throw new Error(`line ${at + 1}: a block that does not end`);
    const above = lines.slice(0, at).findLast((line) => line !== "") ?? "";
    blocks.push({
      line: at,
      language: fence[1],
      code: lines.slice(at + 1, end),
      file: /`([\w./-]+\.\w+)`:$/.exec(above)?.[1],
      section,
    });
    at = end;
  }
  return blocks;
}

/** Separates the outputs of two blocks of one program. */
export const SEPARATOR = "\u241e";

/** The program of a step, on the same lines as in the page, so that errors show the page's line numbers. */
export function programOf(page: Page, step: Step): string {
  const lines = page.lines.map(() => "");
  for (const { line, code } of step.blocks) {
    code.forEach((text, k) => {
      lines[line + 1 + k] = text;
    });
    lines[line + 1 + code.length] = `console.log("${SEPARATOR}");`;
  }
  return lines.join("\n");
}

/** A remark that says why a line is not run here: it needs something that a test lacks, or too much time. */
export const MARK = /\b(needs (a|an|the|some) |takes (a|half a|\w+) minutes?)/;

/** The command lines that are run, and those of which only the settings are checked. */
export function commandsOf(block: Block): { readonly run: string[]; readonly checked: string[] } {
  const lines = block.code.filter((line) => line !== "" && !line.startsWith("#"));
  const remark = (line: string): string => / # (.*)$/.exec(line)?.[1] ?? "";
  return {
    run: lines.filter((line) => !MARK.test(remark(line))),
    checked: lines.filter((line) => MARK.test(remark(line))),
  };
}

/** Whether a TypeScript block only has its types checked: its first line is a remark that says what it needs. */
export const onlyTyped = (step: Step): boolean =>
  /^\/\/ /.test(step.blocks[0].code[0]) && MARK.test(step.blocks[0].code[0]);
