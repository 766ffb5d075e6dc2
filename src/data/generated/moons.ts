import { pointSet } from "../points.ts";

/**
 * Two half circles of radius 1, one hooked into the other, with θ uniform in [0, π] and normal noise (default 0.2):
 * class 0 is (cos θ, sin θ); class 1 is (1 − cos θ, ½ − sin θ). A line cannot separate them, a small net can.
 */
export const moons = pointSet({
  name: "moons",
  title: "Two interleaving half circles",
  classes: 2,
  noise: 0.2,
  place: (label, random) => {
    const theta = Math.PI * random.uniform();
    const [x, y] = [Math.cos(theta), Math.sin(theta)];
    return label === 0 ? [x, y] : [1 - x, 0.5 - y];
  },
});
