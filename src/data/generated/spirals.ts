import { pointSet } from "../points.ts";

/**
 * Arms of a spiral, one for each class: r uniform in [0, 1], θ = 2π (class / classes + r), a full turn from the centre to the
 * rim; the point r (cos θ, sin θ) and normal noise (default 0.02).
 */
export const spirals = pointSet({
  name: "spirals",
  title: "Arms of a spiral",
  classes: 3,
  anyClasses: true,
  noise: 0.02,
  place: (label, random, classes) => {
    const r = random.uniform();
    const theta = 2 * Math.PI * (label / classes + r);
    return [r * Math.cos(theta), r * Math.sin(theta)];
  },
});
