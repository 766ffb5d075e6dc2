/**
 * Every update rule a second time, as loops over plain numbers, written from the papers and not from src/optimizers:
 * what the laws compare the compiled rules with. A rule that is new in the registry gets its loop here.
 */

type Numbers = Record<string, number>;

/** Changes w in place by the gradient of step t, counted from 1. */
export type PlainStep = (w: number[], g: readonly number[], t: number) => void;

const zeros = (n: number): number[] => new Array<number>(n).fill(0);

/** A rule that treats each weight for itself: `memory` numbers a weight, each with its start. */
const each =
  (
    memory: readonly (number | ((h: Numbers) => number))[],
    move: (w: number, g: number, t: number, m: number[], h: Numbers) => number,
  ) =>
  (h: Numbers, size: number): PlainStep => {
    const kept = Array.from({ length: size }, () =>
      memory.map((start) => (typeof start === "number" ? start : start(h))),
    );
    return (w, g, t) => {
      for (let i = 0; i < size; i++) w[i] -= move(w[i], g[i], t, kept[i], h);
    };
  };

/** Adam's two averages and what becomes of them. */
const withMoments = (
  starts: readonly (number | ((h: Numbers) => number))[],
  second: (v: number, g: number, h: Numbers, m: number) => number,
  move: (m: number, v: number, t: number, h: Numbers, g: number, w: number) => number,
) =>
  each(starts, (w, g, t, kept, h) => {
    kept[0] = h.beta1 * kept[0] + (1 - h.beta1) * g;
    kept[1] = second(kept[1], g, h, kept[0]);
    return move(kept[0], kept[1], t, h, g, w);
  });

const square = (v: number, g: number, h: Numbers): number => h.beta2 * v + (1 - h.beta2) * g * g;
const first = (m: number, t: number, h: Numbers): number => m / (1 - h.beta1 ** t);
const root = (v: number, t: number, h: Numbers): number => Math.sqrt(v / (1 - h.beta2 ** t)) + h.eps;

const meanSquare = (kept: number[], g: number, h: Numbers): number => (kept[0] = h.rho * kept[0] + (1 - h.rho) * g * g);

export const plainRules: Readonly<Record<string, (hyper: Numbers, size: number) => PlainStep>> = {
  "gradient-descent": each([], (_w, g, _t, _m, h) => h.lr * g),
  momentum: each([0], (_w, g, _t, m, h) => {
    m[0] = h.beta * m[0] + g;
    return h.lr * m[0];
  }),
  "momentum-averaged": each([0], (_w, g, _t, m, h) => {
    m[0] = h.beta * m[0] + (1 - h.beta) * g;
    return h.lr * m[0];
  }),
  nesterov: each([0], (_w, g, _t, m, h) => {
    m[0] = h.beta * m[0] + g;
    return h.lr * m[0];
  }),
  "nesterov-rewritten": each([0], (_w, g, _t, m, h) => {
    m[0] = h.beta * m[0] + g;
    return h.lr * (g + h.beta * m[0]);
  }),
  adagrad: each([(h) => h.initial], (_w, g, _t, m, h) => {
    m[0] += g * g;
    return (h.lr * g) / (Math.sqrt(m[0]) + h.eps);
  }),
  rmsprop: each([0], (_w, g, _t, m, h) => (h.lr * g) / (Math.sqrt(meanSquare(m, g, h)) + h.eps)),
  "rmsprop-centered": each([0, 0], (_w, g, _t, m, h) => {
    m[1] = h.rho * m[1] + (1 - h.rho) * g;
    return (h.lr * g) / (Math.sqrt(Math.max(0, meanSquare(m, g, h) - m[1] * m[1])) + h.eps);
  }),
  "rmsprop-momentum": each([0, 0], (_w, g, _t, m, h) => {
    m[1] = h.beta * m[1] + g / (Math.sqrt(meanSquare(m, g, h)) + h.eps);
    return h.lr * m[1];
  }),
  adadelta: each([0, 0], (_w, g, _t, m, h) => {
    const step = (Math.sqrt(m[1] + h.eps) / Math.sqrt(meanSquare(m, g, h) + h.eps)) * g;
    m[1] = h.rho * m[1] + (1 - h.rho) * step * step;
    return h.lr * step;
  }),
  adam: withMoments([0, 0], square, (m, v, t, h) => (h.lr * first(m, t, h)) / root(v, t, h)),
  "adam-uncorrected": withMoments([0, 0], square, (m, v, _t, h) => (h.lr * m) / (Math.sqrt(v) + h.eps)),
  adamax: withMoments(
    [0, 0],
    (u, g, h) => Math.max(h.beta2 * u, Math.abs(g)),
    (m, u, t, h) => (h.lr * first(m, t, h)) / (u + h.eps),
  ),
  nadam: withMoments([0, 0], square, (m, v, t, h, g) => {
    const ahead = (h.beta1 * m) / (1 - h.beta1 ** (t + 1)) + ((1 - h.beta1) * g) / (1 - h.beta1 ** t);
    return (h.lr * ahead) / root(v, t, h);
  }),
  rprop: each([(h) => h.lr, 0], (_w, g, _t, m, h) => {
    const agree = Math.sign(g * m[1]);
    if (agree > 0) m[0] = Math.min(m[0] * h.grow, h.step_max);
    if (agree < 0) m[0] = Math.max(m[0] * h.shrink, h.step_min);
    m[1] = agree < 0 ? 0 : g;
    return Math.sign(m[1]) * m[0];
  }),
  amsgrad: each([0, 0, 0], (_w, g, _t, m, h) => {
    m[0] = h.beta1 * m[0] + (1 - h.beta1) * g;
    m[1] = square(m[1], g, h);
    m[2] = Math.max(m[2], m[1]);
    return (h.lr * m[0]) / (Math.sqrt(m[2]) + h.eps);
  }),
  yogi: withMoments(
    [0, (h) => h.initial],
    (v, g, h) => v - (1 - h.beta2) * Math.sign(v - g * g) * g * g,
    (m, v, _t, h) => (h.lr * m) / (Math.sqrt(v) + h.eps),
  ),
  adamw: withMoments(
    [0, 0],
    square,
    (m, v, t, h, _g, w) => h.lr * (first(m, t, h) / root(v, t, h) + h.weight_decay * w),
  ),
  radam: withMoments([0, 0], square, (m, v, t, h) => {
    const longest = 2 / (1 - h.beta2) - 1;
    const length = longest - (2 * t * h.beta2 ** t) / (1 - h.beta2 ** t);
    if (length <= 4) return h.lr * first(m, t, h);
    const [a, b] = [(length - 4) * (length - 2) * longest, (longest - 4) * (longest - 2) * length];
    return (h.lr * Math.sqrt(a / b) * first(m, t, h)) / root(v, t, h);
  }),
  lamb: (h, size) => {
    const [m, v] = [zeros(size), zeros(size)];
    return (w, g, t) => {
      const u = g.map((x, i) => {
        m[i] = h.beta1 * m[i] + (1 - h.beta1) * x;
        v[i] = square(v[i], x, h);
        return first(m[i], t, h) / root(v[i], t, h) + h.weight_decay * w[i];
      });
      const [a, b] = [Math.hypot(...w), Math.hypot(...u)];
      const ratio = a > 0 && b > 0 ? a / b : 1;
      for (let i = 0; i < size; i++) w[i] -= h.lr * ratio * u[i];
    };
  },
  adabelief: withMoments(
    [0, 0],
    (s, g, h, m) => h.beta2 * s + (1 - h.beta2) * (g - m) ** 2 + h.eps,
    (m, s, t, h) => (h.lr * first(m, t, h)) / root(s, t, h),
  ),
  lion: each([0], (w, g, _t, m, h) => {
    const c = h.beta1 * m[0] + (1 - h.beta1) * g;
    m[0] = h.beta2 * m[0] + (1 - h.beta2) * g;
    return h.lr * (Math.sign(c) + h.weight_decay * w);
  }),
};
