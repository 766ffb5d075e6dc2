/** w and g of a step: any numbers will do, as long as all contenders have the same. */
export function fill(w, g) {
  for (let i = 0; i < w.length; i++) {
    w[i] = Math.sin(i);
    g[i] = Math.cos(i) / 10;
  }
}
