import {
  arrow,
  contour,
  type Figure,
  figure,
  grid,
  line,
  marker,
  type Point,
  panel,
  text,
} from "../../../src/figure/index.ts";

/** Beale's function, 1958: minimum 0 at (3, ½). */
const beale = (x: number, y: number): number =>
  (1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2 + (2.625 - x + x * y ** 3) ** 2;

const slope = (x: number, y: number): readonly [number, number] => {
  const [a, b, c] = [1.5 - x + x * y, 2.25 - x + x * y ** 2, 2.625 - x + x * y ** 3];
  return [2 * (a * (y - 1) + b * (y ** 2 - 1) + c * (y ** 3 - 1)), 2 * x * (a + 2 * b * y + 3 * c * y ** 2)];
};

function descend(lr: number, beta: number): Point[] {
  const path: Point[] = [[1, 1.6]];
  let [x, y, vx, vy] = [1, 1.6, 0, 0];
  for (let t = 0; t < 200; t++) {
    const [gx, gy] = slope(x, y);
    [vx, vy] = [beta * vx - lr * gx, beta * vy - lr * gy];
    [x, y] = [x + vx, y + vy];
    path.push([x, y]);
  }
  return path;
}

function rmsprop(lr: number, rho: number): Point[] {
  const path: Point[] = [[1, 1.6]];
  let [x, y, sx, sy] = [1, 1.6, 0, 0];
  for (let t = 0; t < 200; t++) {
    const [gx, gy] = slope(x, y);
    [sx, sy] = [rho * sx + (1 - rho) * gx * gx, rho * sy + (1 - rho) * gy * gy];
    [x, y] = [x - (lr * gx) / (Math.sqrt(sx) + 1e-8), y - (lr * gy) / (Math.sqrt(sy) + 1e-8)];
    path.push([x, y]);
  }
  return path;
}

/** Trajectories over the contours of a narrow valley, in the colours of a well-known animation. */
export function bealeContours(): Figure {
  const paths = [
    ["SGD", "#e02020", descend(0.001, 0)],
    ["momentum", "#1a9a1a", descend(0.001, 0.95)],
    ["RMSProp", "ink", rmsprop(0.055, 0.975)],
  ] as const;
  return figure({
    title: "Beale's function",
    description: "From (1, 1.6): momentum runs far and comes back, RMSProp goes straight, SGD has barely begun.",
    width: 600,
    panels: [
      panel({
        x: { label: "x", domain: [-5, 5] },
        y: { label: "y", domain: [-5, 5] },
        aspect: 1,
        marks: [
          contour({ grid: grid(beale, { x: [-5, 5], y: [-5, 5] }), levels: 14, spacing: "log" }),
          ...paths.map(([label, color, points]) => line({ points, label, color, dash: "solid" })),
          ...paths.map(([label, color, points]) =>
            marker({ points: points.slice(-1), label, color, shape: "circle", size: 9 }),
          ),
          marker({ points: [[3, 0.5]], shape: "star", size: 11, titles: ["minimum"] }),
          text({ at: [3, 0.5], text: "minimum", shift: [10, 4] }),
          arrow({ from: [0, 2.8], to: [0.9, 1.75] }),
          text({ at: [0, 2.8], text: "start", anchor: "end", shift: [-4, -4] }),
        ],
      }),
    ],
  });
}
