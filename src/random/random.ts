import { philox4x32 } from "./philox.ts";
import { checkStream, ROOT, type StreamId, substream } from "./stream.ts";

/** A generator's state, as plain JSON. */
export interface RandomState {
  readonly seed: number;
  /** The stream of the seed: two unsigned words. */
  readonly stream: StreamId;
  /** The number of 32-bit words drawn. */
  readonly position: number;
}

/** Any array, typed or not, whose elements can be exchanged. */
interface MutableArray<T> {
  readonly length: number;
  [index: number]: T;
}

const TWO_32 = 2 ** 32;
const TWO_53 = 2 ** 53;

/**
 * A seeded generator. The same seed and stream give the same bits on every machine; streams do not overlap.
 *
 * Philox4x32-10 in counter mode: key = seed, counter = (block of four words, stream). The paper recommends this split.
 */
export class Random {
  readonly #seed: number;
  #stream: StreamId;
  readonly #words = new Uint32Array(4);
  #position = 0;

  /**
   * @param seed a whole number, 0 … 2⁵³ − 1
   * @param stream a label: generators of one seed with different labels are independent; 3 and "3" are the same label
   */
  constructor(seed: number, stream?: string | number) {
    checkWhole(seed, "a seed");
    this.#seed = seed;
    this.#stream = stream === undefined ? ROOT : substream(ROOT, stream);
  }

  /** An independent generator of the same seed. It only depends on the labels, not on the draws so far. */
  fork(label: string | number): Random {
    return Random.restore({ seed: this.#seed, stream: substream(this.#stream, label), position: 0 });
  }

  /** A number in [0, 1): a multiple of 2⁻⁵³, all equally likely. */
  uniform(): number {
    return this.#bits53() / TWO_53;
  }

  /**
   * A standard normal number, by the ratio of uniforms with quadratic bounds: J. Leva, "A fast normal random number
   * generator", ACM TOMS 18 (1992). Chosen because it is plain arithmetic except for one logarithm in a hundred draws,
   * which is only used in a comparison: so libraries that round `log` differently still give the same bits.
   */
  normal(): number {
    for (;;) {
      const u = 1 - this.uniform(); // in (0, 1]: no division by zero
      const v = 1.7156 * (this.uniform() - 0.5);
      const x = u - 0.449871;
      const y = Math.abs(v) + 0.386595;
      const q = x * x + y * (0.196 * y - 0.25472 * x);
      if (q < 0.27597) return v / u;
      if (q <= 0.27846 && v * v <= -4 * Math.log(u) * u * u) return v / u;
    }
  }

  /**
   * A whole number in [0, n), all equally likely: draws beyond the last full multiple of n are discarded. Throws a
   * RangeError unless n is a whole number, 1 or more.
   */
  integer(n: number): number {
    if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`integer(n) needs a whole n ≥ 1, not ${n}`);
    const range = n <= TWO_32 ? TWO_32 : TWO_53;
    for (;;) {
      const draw = n <= TWO_32 ? this.#bits32() : this.#bits53();
      // That multiple is above range − n, so few draws need it: remainders of large numbers are slow.
      if (draw < range - n || draw < range - (range % n)) return draw % n;
    }
  }

  /** Shuffles in place, with every order equally likely (Fisher–Yates). */
  shuffle<T>(array: MutableArray<T>): void {
    for (let i = array.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = array[i];
      array[i] = array[j];
      array[j] = kept;
    }
  }

  /** The numbers 0 … n − 1 in a random order. */
  permutation(n: number): Uint32Array {
    checkWhole(n, "the length of a permutation");
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    this.shuffle(order);
    return order;
  }

  /** The state from which `restore` continues, as plain JSON. */
  state(): RandomState {
    return { seed: this.#seed, stream: this.#stream, position: this.#position };
  }

  /**
   * The generator that continues from a saved state, bit for bit. Throws a RangeError if it is not a generator's state.
   */
  static restore(state: RandomState): Random {
    const random = new Random(state.seed);
    checkWhole(state.position, "a generator's position");
    checkStream(state.stream);
    random.#stream = state.stream;
    random.#position = state.position;
    random.#draw();
    return random;
  }

  #bits53(): number {
    const high = this.#bits32() >>> 5;
    const low = this.#bits32() >>> 6;
    return high * 2 ** 26 + low;
  }

  #bits32(): number {
    const word = this.#position & 3;
    if (word === 0) this.#draw();
    this.#position++;
    return this.#words[word];
  }

  #draw(): void {
    const block = Math.floor(this.#position / 4);
    const counter = [block | 0, (block / TWO_32) | 0, this.#stream[0], this.#stream[1]] as const;
    philox4x32(counter, [this.#seed | 0, (this.#seed / TWO_32) | 0], this.#words);
  }
}

function checkWhole(value: number, what: string): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new RangeError(`${what} must be a whole number from 0 to 2^53 - 1, not ${value}`);
}
