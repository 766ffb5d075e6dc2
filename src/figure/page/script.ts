/**
 * The page's script. Resting on a curve, its entry or its row, with the pointer or the keyboard, singles the curve out: the
 * others fade. A click on an entry keeps it so, in all charts, until the next click on it or Escape; several can be kept. A
 * button copies the code beside it; folded parts are printed. Without the script the page reads the same.
 */
export const script = `(() => {
const all = (query) => [...document.querySelectorAll(query)];
const keyAt = (e) => e.target.closest?.("[data-series]")?.dataset.series;
const kept = new Set();
const shine = (key) => {
  const keys = new Set(key === undefined ? kept : [...kept, key]);
  for (const e of all("[data-series]")) e.classList.toggle("hot", keys.has(e.dataset.series));
  for (const e of all(".chart")) e.classList.toggle("fading", e.querySelector("svg .hot") !== null);
};
const keep = (key, on) => {
  if (on) kept.add(key);
  else kept.delete(key);
  for (const b of all(".legend button")) if (b.dataset.series === key) b.setAttribute("aria-pressed", on);
};
for (const type of ["pointerover", "focusin"]) document.addEventListener(type, (e) => shine(keyAt(e)));
for (const type of ["pointerleave", "focusout"]) document.documentElement.addEventListener(type, () => shine());
document.addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return;
  for (const key of [...kept]) keep(key, false);
  shine();
});
for (const button of all(".legend button")) button.onclick = () => {
  const key = button.dataset.series;
  keep(key, !kept.has(key));
  shine(kept.has(key) ? key : undefined);
};
for (const line of all(".series path.line")) {
  const wide = line.cloneNode(true);
  wide.setAttribute("class", "reach");
  line.after(wide);
}
for (const button of all(".copy")) {
  const text = button.closest(".code").querySelector("code");
  button.hidden = false;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(text);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  };
}
const folded = all("details:not([open])");
addEventListener("beforeprint", () => { for (const e of folded) e.open = true; });
addEventListener("afterprint", () => { for (const e of folded) e.open = false; });
})()`;

/** The digest by which the page's policy admits the script; a test computes it again. */
export const scriptHash = "sha256-N1zEKu05NUNfW1CgSNmYD1oWwoRI7kiIiQ9DeEZmfaY=";
