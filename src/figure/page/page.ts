import { isOptions } from "../../arguments/index.ts";
import { show } from "../check.ts";
import { checkBuilder, choice, type Form, type Forms, forms, listOf, madeBy, optional } from "../options.ts";
import { escapeText } from "../svg/element.ts";
import type { Block, Section } from "./blocks.ts";
import { drawChart, drawLive } from "./chart.ts";
import { inline } from "./inline.ts";
import { script, scriptHash } from "./script.ts";
import { stylesheet } from "./style.ts";
import { drawTable } from "./table.ts";

/** The contents of a page, and its theme. */
export interface PageOptions {
  /** The heading, and the title of the browser's tab. */
  readonly title: string;
  /** The first paragraph, in the markup of `Prose`. */
  readonly lead?: string;
  /** Blocks before the first section. */
  readonly blocks?: readonly Block[];
  /** The parts below, each with a heading. */
  readonly sections: readonly Section[];
  /** The last paragraph, in the markup of `Prose`. */
  readonly footer?: string;
  /** What shows the page's `live` figures in motion. Default: nothing; their drawings are shown. */
  readonly program?: Program;
  /** `auto`, the default, follows the reader's choice. Printed pages are light. */
  readonly theme?: "auto" | "light" | "dark";
}

/** A program for a page, which needs nothing from elsewhere. */
export interface Program {
  /** JavaScript, run once the page is there. */
  readonly script: string;
  /** Of the script, as the page's policy has it: "sha256-…". */
  readonly hash: string;
}

const program: Form = (what, value) => {
  if (!(isOptions(value) && "script" in value && "hash" in value))
    throw new TypeError(`${what} is ${show(value)}; give { script, hash }`);
  forms.words(`${what}.script`, value.script);
  if (!(typeof value.hash === "string" && /^sha256-[A-Za-z0-9+/]+=*$/.test(value.hash)))
    throw new RangeError(`${what}.hash is ${show(value.hash)}; give "sha256-" and a digest in base64`);
  if (/<\/?script|<!--/i.test(String(value.script)))
    throw new RangeError(
      `${what}.script holds "<script", "</script" or "<!--", which a page reads as its own; write them otherwise`,
    );
};

const pageForms: Forms<PageOptions> = {
  ...{ title: forms.words, lead: optional(forms.text), blocks: optional(forms.blocks) },
  sections: listOf(madeBy("section", "title", "blocks"), "a list of sections, each made by section()"),
  ...{ footer: optional(forms.text), program: optional(program), theme: optional(choice(["auto", "light", "dark"])) },
};

/** One HTML document that stands alone: drawings, style and script are inside, and its own policy forbids requests. */
export function page(options: PageOptions): string {
  checkBuilder("page", options, pageForms);
  const { lead, blocks = [], sections, footer, program, theme = "auto" } = options;
  const title = escapeText(options.title);
  const draw = blockWriter();
  const body = [
    `<header><h1>${title}</h1>${lead ? `<p class="lead">${inline(lead)}</p>` : ""}</header>`,
    ...blocks.map(draw),
    ...sections.map((each, i) => drawSection(each, i, draw)),
    footer ? `<footer>${inline(footer)}</footer>` : "",
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${scriptHash}'${program ? ` '${program.hash}'` : ""}">
<title>${title}</title>
<style>${stylesheet(theme)}</style>
</head>
<body>
<main>
${body.filter((part) => part !== "").join("\n")}
</main>
<script>${script}</script>
${program ? `<script>${program.script}</script>\n` : ""}</body>
</html>
`;
}

type Draw = (block: Block) => string;

const drawSection = ({ title, blocks }: Section, i: number, draw: Draw): string =>
  `<section aria-labelledby="section-${i + 1}">
<h2 id="section-${i + 1}">${escapeText(title)}</h2>
${blocks.map(draw).join("\n")}
</section>`;

/** Draws blocks, numbering charts and tables. */
function blockWriter(): Draw {
  let [charts, tables] = [0, 0];
  const draw: Draw = (block) => {
    switch (block.kind) {
      case "prose":
        return block.paragraphs.map((text) => `<p>${inline(text)}</p>`).join("\n");
      case "chart":
        charts += 1;
        return drawChart(block, `chart-${charts}`);
      case "live":
        charts += 1;
        return drawLive(block, `chart-${charts}`);
      case "table":
        tables += 1;
        return drawTable(block, `table-${tables}`);
      case "code":
        return drawCode(block.text, block.label);
      case "facts":
        return `<dl class="facts">${block.facts.map(drawFact).join("\n")}</dl>`;
      case "details":
        return `<details><summary>${escapeText(block.summary)}</summary>
${block.blocks.map(draw).join("\n")}
</details>`;
    }
  };
  return draw;
}

/** Characters from which on a fact takes a row of its own. */
const LONG = 60;

const drawFact = ([name, value]: readonly [string, string]): string =>
  `<div${value.length > LONG ? ' class="long"' : ""}><dt>${escapeText(name)}</dt><dd>${breakable(escapeText(value))}</dd></div>`;

/** Lets a text without blanks, such as a list of layers, break after a comma, a bar or an opening parenthesis, and not in a number. */
const breakable = (html: string): string => html.replace(/[,(|](?=[^\s\d])/g, "$&<wbr>");

/** The button appears where there is a script to serve it. */
const drawCode = (text: string, label?: string): string =>
  `<div class="code">
<div><p>${inline(label ?? "")}</p><button type="button" class="copy" hidden>Copy</button></div>
<pre tabindex="0"><code>${escapeText(text)}</code></pre></div>`;
