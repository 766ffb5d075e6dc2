/** From where all views of a stage are seen: they turn together. */
export interface Orbit {
  /** Degrees that the eye has gone round to the right, from in front. */
  azimuth: number;
  /** Degrees above the horizon. */
  elevation: number;
  /** 1 shows the whole box; less is nearer. */
  distance: number;
}

export const home: Readonly<Orbit> = { azimuth: 30, elevation: 38, distance: 1 };

const [LOWEST, HIGHEST] = [6, 88];
const [NEAREST, FARTHEST] = [0.35, 2];

/** Degrees for each pixel of a drag, and for each press of a key. */
const [DRAG, KEY] = [0.4, 6];

export function turn(orbit: Orbit, right: number, up: number): void {
  orbit.azimuth = ((orbit.azimuth + right + 540) % 360) - 180;
  orbit.elevation = Math.max(LOWEST, Math.min(HIGHEST, orbit.elevation + up));
}

export function zoom(orbit: Orbit, factor: number): void {
  orbit.distance = Math.max(NEAREST, Math.min(FARTHEST, orbit.distance * factor));
}

/** What a key does; false if it does nothing. */
export function press(orbit: Orbit, key: string): boolean {
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => turn(orbit, KEY, 0),
    ArrowRight: () => turn(orbit, -KEY, 0),
    ArrowUp: () => turn(orbit, 0, KEY),
    ArrowDown: () => turn(orbit, 0, -KEY),
    "+": () => zoom(orbit, 0.9),
    "=": () => zoom(orbit, 0.9),
    "-": () => zoom(orbit, 1 / 0.9),
    Home: () => Object.assign(orbit, home),
  };
  if (!Object.hasOwn(keys, key)) return false;
  keys[key]();
  return true;
}

/**
 * Turns an orbit by dragging, with a mouse or one finger, and zooms by two fingers, or by the wheel while Ctrl is held: without it
 * the page scrolls. A finger that goes up or down scrolls the page, too, since a view can be as wide as a phone.
 */
export function dragged(element: HTMLElement, orbit: Orbit, changed: () => void): void {
  const fingers = new Map<number, readonly [x: number, y: number]>();
  const spread = (): number => {
    const [a, b] = [...fingers.values()];
    return b === undefined ? 0 : Math.hypot(a[0] - b[0], a[1] - b[1]);
  };
  element.style.touchAction = "pan-y";
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    element.setPointerCapture(event.pointerId);
    changed();
  });
  element.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) return;
    const apart = spread();
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (fingers.size === 1) turn(orbit, -DRAG * (event.clientX - before[0]), DRAG * (event.clientY - before[1]));
    else if (apart > 0) zoom(orbit, apart / Math.max(1, spread()));
    changed();
  });
  for (const end of ["pointerup", "pointercancel"] as const)
    element.addEventListener(end, (event) => void fingers.delete(event.pointerId));
  element.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(orbit, Math.exp(0.002 * event.deltaY));
      changed();
    },
    { passive: false },
  );
}
