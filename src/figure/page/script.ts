/**
 * The page's script. Resting on a curve, its entry or its row fades the others; a click on an entry hides the curve, in
 * all charts; a button copies the code beside it; folded parts are printed. Without it the page reads the same.
 */
export const script = `(() => {
const all = (query) => [...document.querySelectorAll(query)];
const of = (key) => all("[data-series]").filter((e) => e.dataset.series === key);
const keyAt = (e) => e.target.closest?.("[data-series]")?.dataset.series;
const shine = (key) => {
  for (const e of all(".hot, .fading")) e.classList.remove("hot", "fading");
  if (key === undefined) return;
  for (const e of of(key)) e.classList.add("hot");
  for (const e of all(".chart")) e.classList.toggle("fading", e.querySelector("svg .hot:not(.off)") !== null);
};
for (const type of ["pointerover", "focusin"]) document.addEventListener(type, (e) => shine(keyAt(e)));
document.addEventListener("focusout", () => shine());
for (const button of all(".legend button")) button.onclick = () => {
  const shown = button.getAttribute("aria-pressed") !== "true";
  for (const e of of(button.dataset.series)) {
    if (e.matches("svg *")) e.classList.toggle("off", !shown);
    else if (e.matches("button")) e.setAttribute("aria-pressed", shown);
  }
  shine(shown ? button.dataset.series : undefined);
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

/** What the page's policy knows its script by: a test computes it again. */
export const scriptHash = "sha256-PqvfIxqFwXaM21qA6Vd0EdoCwDMIPUujz1xuTmLkNM0=";
