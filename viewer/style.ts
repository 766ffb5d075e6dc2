/** The look of a stage; its colours are the page's. */
export const style = `
.live { container-type: inline-size; }
.live .stage { position: relative; margin-top: 0.75rem; }
.live .stage.shown.several { width: min(100vw - 40px, 1240px); margin-inline: calc((100% - min(100vw - 40px, 1240px)) / 2); }
.stage .frame { position: relative; }
.stage canvas { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
.stage .views { position: relative; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); gap: 0.5rem; }
.stage .views.one { max-width: 980px; margin: 0 auto; }
.stage .view { position: relative; aspect-ratio: 5 / 4; max-height: 65vh; width: 100%; min-width: 0; cursor: grab; border-radius: 10px; user-select: none; -webkit-user-select: none; overflow: hidden; }
.stage .view:active { cursor: grabbing; }
.stage .view h3 { position: absolute; z-index: 1; top: 0.2rem; left: 0.6rem; right: 0.6rem; margin: 0; font-size: 0.9rem; line-height: 1.3; font-weight: 600; color: var(--figure-ink); pointer-events: none; }
.stage .view .label { position: absolute; left: 0; top: 0; font-size: 11px; line-height: 1; color: var(--figure-muted); white-space: nowrap; pointer-events: none; will-change: transform; }
@container (max-width: 480px) { .stage .view .label.name { font-size: 9.5px; } }
.stage .view .sign { position: absolute; left: -9px; top: -9px; width: 18px; height: 18px; pointer-events: none; }
.stage .view .sign.behind { opacity: 0.45; }
.stage .sign svg, .stage .names svg { display: block; overflow: visible; }
.stage .view .dot { position: absolute; left: -6px; top: -6px; width: 12px; height: 12px; border-radius: 50%; border: 2px solid #fff; box-shadow: 0 0 0 1.5px rgb(0 0 0 / 0.6), inset 0 0 0 1.5px rgb(0 0 0 / 0.35); pointer-events: none; }
.stage .under { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 0.5rem 1.4rem; margin: 0.4rem auto 0; font-size: 0.85rem; }
.stage .under label, .stage .under .choice { display: inline-flex; align-items: center; gap: 0.45rem; min-height: 2.1rem; color: var(--figure-muted); }
.stage .choice { border: 0; margin: 0; padding: 0; }
.stage .choice legend { float: left; padding: 0; margin-right: 0.1rem; }
.stage button, .stage select { min-height: 2.1rem; padding: 0.2rem 0.75rem; border: 1px solid var(--figure-grid); border-radius: 7px; background: var(--figure-paper); color: var(--figure-ink); font: inherit; cursor: pointer; }
.stage button[aria-pressed="true"] { background: var(--figure-ink); color: var(--figure-paper); border-color: var(--figure-ink); }
.stage input[type="range"] { width: 9rem; accent-color: var(--figure-0); }
.stage input[type="checkbox"] { width: 1.05rem; height: 1.05rem; accent-color: var(--figure-0); }
.stage output { min-width: 3.2em; color: var(--figure-ink); }
.stage .reading { position: absolute; z-index: 2; left: 0; top: 0; width: max-content; max-width: min(26rem, 100% - 8px); margin: 0; padding: 0.15rem 0.55rem; border: 1px solid var(--figure-muted); border-radius: 7px; background: var(--figure-paper); font-size: 0.85rem; line-height: 1.45; color: var(--figure-ink); pointer-events: none; }
.stage .reading[hidden] { display: none; }
.stage .hint { margin: 0.35rem auto 0; max-width: none; text-align: center; font-size: 0.85rem; line-height: 1.5; color: var(--figure-muted); }
.stage .bar { display: inline-flex; align-items: center; gap: 0.5rem; color: var(--figure-muted); }
.stage .bar i { display: block; width: 9rem; height: 0.7rem; border-radius: 4px; }
.stage .names { display: flex; flex-wrap: wrap; justify-content: center; gap: 0.25rem 1.25rem; margin: 0.3rem 0 0.5rem; padding: 0; list-style: none; font-size: 0.85rem; color: var(--figure-muted); }
.stage .names li { display: inline-flex; align-items: center; gap: 0.4rem; }
.stage .names i { width: 1.5rem; height: 0.3rem; border-radius: 0.15rem; }
.stage .names .stem { width: 2px; height: 1rem; border-radius: 1px; background: var(--figure-muted); }
.stage .names:empty { display: none; }
.live .note { font-size: 0.9rem; color: var(--figure-muted); }
@media (max-width: 699px) { .stage .view { aspect-ratio: 1; } }
.live.running .still { display: none; }
@media print { .live .stage { display: none; } .live.running .still { display: block; } }
`;
