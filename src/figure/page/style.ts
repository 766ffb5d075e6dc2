import { palettes } from "../palette.ts";
import { variables } from "../svg/theme.ts";

/** The page's style sheet. Its colours are those of the drawings, which inherit them. */
export function stylesheet(theme: "auto" | "light" | "dark"): string {
  const [light, dark] = [
    `color-scheme:light;${variables(palettes.light)}`,
    `color-scheme:dark;${variables(palettes.dark)}`,
  ];
  const automatic = `:root{${light}}\n@media screen and (prefers-color-scheme:dark){:root{${dark}}}`;
  const fixed = `:root{${light}}\n@media screen{:root{${theme === "dark" ? dark : light}}}`;
  return `\n${theme === "auto" ? automatic : fixed}\n${rules}\n`;
}

const rules = `* { box-sizing: border-box; }
html { background: var(--figure-paper); color: var(--figure-ink); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 880px; margin: 0 auto; padding: clamp(1.5rem, 5vw, 4rem) 20px 3rem; }
h1 { margin: 0; overflow-wrap: break-word; font-size: clamp(1.75rem, 1.3rem + 2.2vw, 2.5rem); line-height: 1.15; letter-spacing: -0.02em; text-wrap: balance; }
h2 { margin: 3.25rem 0 1rem; font-size: 1.4rem; line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
p { max-width: 42rem; margin: 0.75rem 0; text-wrap: pretty; overflow-wrap: anywhere; }
.lead { margin: 0.9rem 0 0; font-size: 1.15rem; line-height: 1.5; color: var(--figure-muted); }
.lead strong { color: var(--figure-ink); }
a { color: inherit; text-decoration-color: var(--figure-muted); text-underline-offset: 0.15em; }
code { font: 0.9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
p code, .lead code { padding: 0.1em 0.3em; border-radius: 4px; background: var(--figure-grid); }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--figure-grid); font-size: 0.875rem; color: var(--figure-muted); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: 1.1rem 1.5rem; margin: 1.75rem 0; }
.facts div { min-width: 0; border-top: 1px solid var(--figure-grid); padding-top: 0.5rem; }
.facts .long { grid-column: 1 / -1; }
.facts dt { font-size: 0.8rem; line-height: 1.3; color: var(--figure-muted); }
.facts dd { margin: 0.1rem 0 0; font-weight: 600; overflow-wrap: break-word; min-width: 0; }

.chart { margin: 2rem 0; }
.chart figcaption { max-width: 42rem; font-size: 0.95rem; line-height: 1.5; color: var(--figure-muted); overflow-wrap: anywhere; }
.chart figcaption strong { display: block; color: var(--figure-ink); font-size: 1.05rem; }
.live .stage:empty { display: none; }
.downhill-figure { display: block; overflow: visible; }
.chart .wide, .chart .narrow { margin-top: 0.75rem; }
.chart .narrow { display: none; max-width: 520px; }
.narrow .downhill-figure { width: 100%; }
.series { transition: opacity 0.12s; }
.fading svg .series:not(.hot) { opacity: 0.12; }
.hot .line { stroke-width: 3; }
.reach { fill: none; stroke: transparent; stroke-width: 12; stroke-dasharray: none; pointer-events: stroke; }

.legend { display: flex; flex-wrap: wrap; gap: 0.15rem 0.3rem; margin: 0.6rem 0 0 -0.5rem; }
.legend button { display: inline-flex; align-items: center; gap: 0.45rem; min-height: 1.75rem; padding: 0.1rem 0.5rem; border: 0; border-radius: 6px; background: none; color: inherit; font: inherit; font-size: 0.825rem; text-align: left; cursor: pointer; overflow-wrap: anywhere; }
.legend button:hover, .legend button.hot { background: var(--figure-grid); }
.legend button[aria-pressed="true"] { background: var(--figure-grid); font-weight: 650; box-shadow: inset 0 0 0 1px var(--figure-muted); }
.swatch { flex: none; }
:focus-visible { outline: 2px solid var(--figure-0); outline-offset: 2px; }

.table { margin: 1.5rem 0; }
/* Shadows at the sides to which a table goes on: covers in the paper's colour scroll with it, the shadows do not. */
.scroll { overflow-x: auto; background: linear-gradient(to right, var(--figure-paper) 40%, transparent) left / 2.5rem 100% local, linear-gradient(to left, var(--figure-paper) 40%, transparent) right / 2.5rem 100% local, linear-gradient(to right, var(--shade), transparent) left / 0.5rem 100% scroll, linear-gradient(to left, var(--shade), transparent) right / 0.5rem 100% scroll; background-repeat: no-repeat; --shade: color-mix(in srgb, var(--figure-ink) 32%, transparent); }
.caption { margin: 0 0 0.6rem; font-weight: 600; font-size: 1.05rem; line-height: 1.35; overflow-wrap: break-word; }
table { width: 100%; border-collapse: separate; border-spacing: 0; font-size: 0.9rem; line-height: 1.35; }
th, td { padding: 0.45rem 0.75rem; text-align: left; font-weight: 400; border-bottom: 1px solid var(--figure-grid); }
th:first-child { padding-left: 0; white-space: nowrap; }
tbody th .swatch { display: inline-block; margin-right: 0.5rem; vertical-align: -0.05em; }
thead th { vertical-align: bottom; color: var(--figure-muted); font-size: 0.8rem; border-bottom-color: var(--figure-muted); }
.number { text-align: right; white-space: nowrap; }
thead .number { white-space: normal; }
.best strong { padding: 0.15rem 0.4rem; margin-right: -0.4rem; border-radius: 5px; background: color-mix(in srgb, var(--figure-ground) 20%, transparent); font-weight: 650; }
tbody tr:hover, tbody tr.hot { background: color-mix(in srgb, var(--figure-grid) 55%, transparent); }

.code { margin: 1rem 0; }
.code > div { display: flex; justify-content: space-between; align-items: end; gap: 1rem; }
.code p { margin: 0; }
.code pre { margin: 0.5rem 0 0; padding: 0.9rem 1rem; overflow-x: auto; border-radius: 8px; background: color-mix(in srgb, var(--figure-grid) 55%, transparent); }
.copy { flex: none; padding: 0.2rem 0.65rem; border: 1px solid var(--figure-grid); border-radius: 6px; background: var(--figure-paper); color: inherit; font: inherit; font-size: 0.8rem; cursor: pointer; }
details { margin: 1.25rem 0; border-top: 1px solid var(--figure-grid); border-bottom: 1px solid var(--figure-grid); }
summary { padding: 0.7rem 0; font-weight: 600; cursor: pointer; }

@media (max-width: 699px) {
  .chart .wide { display: none; }
  .chart .narrow { display: block; }
  tbody th:first-child, thead th:first-child { position: sticky; left: 0; background: var(--figure-paper); }
  .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacked :is(table, tbody) { display: block; }
  .stacked tbody tr { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.1rem 1.25rem; padding: 0.6rem 0; border-bottom: 1px solid var(--figure-grid); }
  .stacked tbody :is(th, td) { padding: 0; border: 0; white-space: normal; text-align: left; overflow-wrap: anywhere; }
  .stacked tbody th:first-child { flex: 1 1 0; min-width: 55%; font-weight: 650; }
  .stacked tbody td:last-child:nth-child(n + 3) { flex: 1 1 100%; }
  .stacked tbody td[data-name]::before { content: attr(data-name) " "; margin-right: 0.3rem; color: var(--figure-muted); font-size: 0.8rem; }
  .stacked tbody th:has(+ [data-name]) { flex-basis: 100%; }
}
@media print {
  main { max-width: none; padding: 0; }
  .chart .wide { display: block; }
  .chart .narrow, .copy { display: none; }
  .chart, tr, .code { break-inside: avoid; }
  h2 { break-after: avoid; }
}
@media (prefers-reduced-motion: reduce) { .series { transition: none; } }`;
