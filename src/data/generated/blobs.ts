import { pointSet } from "../points.ts";

/**
 * Round clouds, one for each class: centres equally spaced on the circle of radius 1, with normal noise (default 0.3).
 */
export const blobs = pointSet({
  name: "blobs",
  title: "Round clouds of points",
  classes: 3,
  anyClasses: true,
  noise: 0.3,
  place: (label, _random, classes) => {
    const theta = (2 * Math.PI * label) / classes;
    return [Math.cos(theta), Math.sin(theta)];
  },
});
