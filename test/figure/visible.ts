/** The start of an element that can be seen: any of SVG's shapes, as a mark may use each, an image, or words. */
export const visible = /<(?:path|line|polyline|polygon|circle|ellipse|rect|image|use|text)\b/;
