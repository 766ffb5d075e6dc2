/** Frames that take longer than this, in milliseconds, are too slow for views to turn by themselves; as many in a row. */
const [SLOW, MANY] = [90, 5];

/** What a frame does: `passed`, in milliseconds, since the one before; true to go on without being asked. */
type Draw = (now: number, passed: number) => boolean;

/** Frames, drawn when one is asked for, and only while an element is in sight. */
export class Frames {
  readonly #draw: Draw;
  readonly #tired: () => void;
  #visible = true;
  #asked = false;
  #last = 0;
  #slow = 0;

  /** `tired` is called where frames that go on by themselves are too slow: without a graphics card they would take all of a processor. */
  constructor(element: HTMLElement, draw: Draw, tired: () => void) {
    [this.#draw, this.#tired] = [draw, tired];
    new ResizeObserver(() => this.ask()).observe(element);
    new IntersectionObserver((entries) => {
      this.#visible = entries.some(({ isIntersecting }) => isIntersecting);
      this.ask();
    }).observe(element);
    document.addEventListener("visibilitychange", () => this.ask());
  }

  ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame((now) => {
      this.#asked = false;
      this.#frame(now);
    });
  }

  #frame(now: number): void {
    const passed = Math.min(100, now - this.#last);
    this.#last = now;
    if (!this.#visible || document.hidden) return;
    const begun = performance.now();
    const goesOn = this.#draw(begun, passed);
    this.#slow = goesOn && performance.now() - begun > SLOW ? this.#slow + 1 : 0;
    if (this.#slow > MANY) this.#tired();
    if (goesOn) this.ask();
  }
}
