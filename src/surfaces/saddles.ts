import { listed } from "./surface.ts";

const window = [
  [-2, 2],
  [-2, 2],
] as const;

/** A saddle: down along one axis, up along the other. */
export const saddle = listed({
  name: "saddle",
  title: "Saddle",
  text: "x^2 - y^2",
  domain: window,
  start: [-1.5, 0.001],
  saddles: [{ at: [0, 0], value: 0 }],
  complete: true,
  source: "closed form: the Hessian is diag(2, −2) everywhere",
});

/** A saddle with a third way down, for a monkey's tail. */
export const monkeySaddle = listed({
  name: "monkey-saddle",
  title: "Monkey saddle",
  text: "x^3 - 3*x*y^2",
  domain: window,
  start: [1.2, 0.3],
  saddles: [{ at: [0, 0], value: 0 }],
  complete: true,
  source: "closed form: the Hessian at the origin is zero, so the saddle is degenerate",
});
