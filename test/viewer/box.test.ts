import { LineSegments } from "three";
import { describe, expect, test } from "vitest";
import { makeBox } from "../../viewer/box.ts";

describe("the box", () => {
  test("draws no line twice at one place: the two would show in dots and dashes", () => {
    const box = makeBox();
    const marks = [0, 0.5, 1].map((at) => ({ at, label: String(at) }));
    box.rule([marks, marks, marks]);
    const lines = box.group.children.filter((child) => child instanceof LineSegments);
    const segments = lines.flatMap(({ geometry }) => {
      const values = [...geometry.getAttribute("position").array].map((value) => value + 0);
      return Array.from({ length: values.length / 6 }, (_, k) =>
        [values.slice(6 * k, 6 * k + 3), values.slice(6 * k + 3, 6 * k + 6)].map(String).sort().join(" to "),
      );
    });
    // The upright edges belong to two walls each, of which one look shows both in one colour.
    const isUpright = (segment: string): boolean => {
      const [a, b] = segment.split(" to ").map((end) => end.split(","));
      return a[0] === b[0] && a[2] === b[2];
    };
    const flat = segments.filter((segment) => !isUpright(segment));
    expect(flat.length).toBeGreaterThan(10);
    expect(new Set(flat).size).toBe(flat.length);
  });
});
