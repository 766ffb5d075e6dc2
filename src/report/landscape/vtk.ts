import { curvatureRatio, type Grid, type GridValues, type LossSlice, type PlanePath } from "../../landscape/index.ts";

/** How high the surface is. */
export interface VtkOptions {
  /** The height is the loss, or its base-10 logarithm. Default "linear". */
  readonly scale?: "linear" | "log";
  /** The loss above which the surface is flat. Default: none. */
  readonly ceiling?: number;
}

/** A point of the file. */
interface Node {
  readonly x: number;
  readonly y: number;
  readonly loss: number;
  /** NaN where it was not measured, as on paths. */
  readonly accuracy: number;
}

/**
 * A slice as VTK's XML for polygons (.vtp), which ParaView opens: a point for each measured one, at x, y and its height; a
 * quadrilateral for each four neighbours, so that a missing point leaves a hole. A line, and each path at its true loss, is a
 * polyline. With each point come `loss`, `log10_loss` and, where they were measured, `accuracy`, and `lambda_max`, `lambda_min` and
 * `lambda_ratio` of the Hessian, straight between the points of their map; none of them is cut at the ceiling.
 * The logarithm of a loss of 0 is that of the smallest positive one. The format: docs.vtk.org, "VTK XML formats"; arrays are
 * little-endian, in base64.
 */
export function sliceVtk(slice: LossSlice, options: VtkOptions = {}): string {
  const { nodes, numbers } = nodesOf(slice);
  const paths = (slice.paths ?? []).map(pathNodes);
  const all = [...nodes, ...paths.flat()];
  const log10 = logarithm(all);
  const { scale = "linear", ceiling = Infinity } = options;
  const height = (loss: number): number => (scale === "log" ? log10(Math.min(loss, ceiling)) : Math.min(loss, ceiling));
  const values = [
    doubles("loss", all, ({ loss }) => [loss]),
    doubles("log10_loss", all, ({ loss }) => [log10(loss)]),
    ...(slice.accuracy === undefined ? [] : [doubles("accuracy", all, ({ accuracy }) => [accuracy])]),
    ...curvatureArrays(slice, nodes, all),
  ];
  const polylines = [...linesOf(numbers), ...pathLines(paths, nodes.length)];
  const quads = quadsOf(numbers);
  return `<?xml version="1.0"?>
<VTKFile type="PolyData" version="1.0" byte_order="LittleEndian" header_type="UInt32">
<PolyData>
<Piece NumberOfPoints="${all.length}" NumberOfVerts="0" NumberOfLines="${polylines.length}" NumberOfStrips="0" NumberOfPolys="${quads.length}">
<PointData Scalars="loss">
${values.join("\n")}
</PointData>
<Points>
${doubles("Points", all, ({ x, y, loss }) => [x, y, height(loss)])}
</Points>
<Lines>
${cells(polylines)}
</Lines>
<Polys>
${cells(quads)}
</Polys>
</Piece>
</PolyData>
</VTKFile>
`;
}

/** The map of curvature, straight between its points, at the measured points; NaN on paths, and where it is not known. */
function curvatureArrays({ curvature }: LossSlice, nodes: readonly Node[], all: readonly Node[]): string[] {
  if (curvature === undefined) return [];
  const { largest, smallest } = curvature;
  const measured = new Set(nodes);
  const array = (name: string, values: GridValues): string => {
    const at = between(curvature, values);
    return doubles(name, all, (node) => [measured.has(node) ? at(node) : Number.NaN]);
  };
  return [
    array("lambda_max", largest),
    array("lambda_min", smallest),
    array("lambda_ratio", curvatureRatio(curvature)),
  ];
}

/** Values of an even grid, bilinear between its points; NaN where one of those around has none. Of a line all rows are the same. */
function between({ x, y }: Grid, values: GridValues): (node: Pick<Node, "x" | "y">) => number {
  const place = (nodes: readonly number[], at: number): number => {
    const [low, high] = [nodes[0], nodes[nodes.length - 1]];
    return nodes.length === 1 ? 0 : Math.max(0, Math.min(1, (at - low) / (high - low))) * (nodes.length - 1);
  };
  return (node) => {
    const [column, row] = [place(x, node.x), place(y, node.y)];
    const [j, i] = [Math.floor(column), Math.floor(row)];
    const [s, t] = [column - j, row - i];
    const corners = [
      { share: (1 - t) * (1 - s), value: () => values[i][j] },
      { share: (1 - t) * s, value: () => values[i][j + 1] },
      { share: t * (1 - s), value: () => values[i + 1][j] },
      { share: t * s, value: () => values[i + 1][j + 1] },
    ];
    return corners.reduce((sum, { share, value }) => (share === 0 ? sum : sum + share * (value() ?? Number.NaN)), 0);
  };
}

/** The measured points, and the number of each by row and column; null for a hole. */
function nodesOf({ x, y, loss, accuracy }: LossSlice): { nodes: Node[]; numbers: GridValues } {
  const nodes: Node[] = [];
  const numbers = y.map((yi, i) =>
    x.map((xj, j) => {
      const value = loss[i][j];
      if (value === null) return null;
      return nodes.push({ x: xj, y: yi, loss: value, accuracy: accuracy?.[i][j] ?? Number.NaN }) - 1;
    }),
  );
  return { nodes, numbers };
}

/** A path without the points at which the loss is not finite. */
const pathNodes = ({ x, y, loss }: PlanePath): Node[] =>
  loss.flatMap((value, k) => (value === null ? [] : [{ x: x[k], y: y[k], loss: value, accuracy: Number.NaN }]));

function logarithm(nodes: readonly Node[]): (loss: number) => number {
  const least = nodes.reduce((low, { loss }) => (loss > 0 && loss < low ? loss : low), Infinity);
  return (loss) => Math.log10(Math.max(loss, Number.isFinite(least) ? least : 1));
}

/** Corners go round against the clock as seen from above, so that the upper side is the front. */
function quadsOf(numbers: GridValues): number[][] {
  const quads: number[][] = [];
  for (let i = 0; i + 1 < numbers.length; i++)
    for (let j = 0; j + 1 < numbers[i].length; j++) {
      const corners = [numbers[i][j], numbers[i][j + 1], numbers[i + 1][j + 1], numbers[i + 1][j]];
      const there = corners.filter((corner) => corner !== null);
      if (there.length === 4) quads.push(there);
    }
  return quads;
}

/** Of a slice along a line: its points, a polyline for each stretch between holes. */
function linesOf(numbers: GridValues): number[][] {
  if (numbers.length > 1) return [];
  const stretches: number[][] = [[]];
  for (const number of numbers[0]) {
    if (number === null) stretches.push([]);
    else stretches[stretches.length - 1].push(number);
  }
  return stretches.filter(({ length }) => length > 1);
}

function pathLines(paths: readonly (readonly Node[])[], first: number): number[][] {
  let next = first;
  return paths.map((nodes) => nodes.map(() => next++)).filter(({ length }) => length > 1);
}

function cells(all: readonly (readonly number[])[]): string {
  let end = 0;
  const ends = all.map(({ length }) => {
    end += length;
    return end;
  });
  return `${integers("connectivity", all.flat())}\n${integers("offsets", ends)}`;
}

function doubles(name: string, nodes: readonly Node[], of: (node: Node) => readonly number[]): string {
  const values = nodes.flatMap(of);
  const components = name === "Points" ? ' NumberOfComponents="3"' : "";
  const text = binary(8 * values.length, (view, at) => {
    for (let k = 0; k < values.length; k++) view.setFloat64(at + 8 * k, values[k], true);
  });
  return `<DataArray type="Float64" Name="${name}"${components} format="binary">${text}</DataArray>`;
}

function integers(name: string, values: readonly number[]): string {
  const text = binary(4 * values.length, (view, at) => {
    for (let k = 0; k < values.length; k++) view.setInt32(at + 4 * k, values[k], true);
  });
  return `<DataArray type="Int32" Name="${name}" format="binary">${text}</DataArray>`;
}

/** Bytes in base64, behind their number. */
function binary(size: number, write: (view: DataView, at: number) => void): string {
  const bytes = new Uint8Array(4 + size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, size, true);
  write(view, 4);
  return base64(bytes);
}

const DIGITS = Uint8Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", (digit) =>
  digit.charCodeAt(0),
);
const PADDING = 61;

/** Four digits for each three bytes (RFC 4648); for megabytes several times as fast as `btoa`. */
function base64(bytes: Uint8Array): string {
  const text = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const three = (bytes[from] << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    for (let k = 0; k < 4; k++) text[to + k] = DIGITS[(three >> (18 - 6 * k)) & 63];
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  text.fill(PADDING, text.length - missing);
  return new TextDecoder().decode(text);
}
