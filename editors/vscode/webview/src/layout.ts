// Where everything is: lanes from top to bottom, boxes in rows, edges through the gaps between boxes. Pure, and
// deterministic for a scene; given the previous layout, boxes stay where they were.

import type { Box, Scene } from "./fold.ts";
import { ports, route, type Route } from "./route.ts";
import { spread } from "./spread.ts";

export const BOX = { width: 156, height: 48 } as const;
const GAP = { box: 26, cluster: 20, row: 58, lane: 34, frame: 16 } as const;
/** The strip on the left with the name of the lane. */
export const GUTTER = 44;
const MARGIN = 28;
/** Sweeps over the rows that move boxes towards their neighbours. */
const SWEEPS = 12;

export interface Place {
  readonly box: Box;
  /** The middle. */
  readonly x: number;
  /** The top. */
  readonly y: number;
  readonly row: number;
}

export interface LaneBand {
  readonly lane: number;
  readonly y: number;
  readonly height: number;
}

/** The frame around boxes of one row that belong to one opened package. */
export interface Frame {
  readonly cluster: string;
  /** By id. */
  readonly boxes: ReadonlySet<string>;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  /** By index of box. */
  readonly places: readonly Place[];
  readonly bands: readonly LaneBand[];
  readonly frames: readonly Frame[];
  /** By index of edge. */
  readonly routes: readonly Route[];
  readonly width: number;
  readonly height: number;
}

/** A box with its neighbours and its position so far. */
interface Node {
  readonly box: Box;
  readonly index: number;
  x: number;
  row: number;
}

export function layout(scene: Scene, before?: Layout): Layout {
  const nodes: Node[] = scene.boxes.map((box, index) => ({ box, index, x: 0, row: 0 }));
  const links = neighbours(scene);
  const rows = intoRows(scene, nodes, before);
  sweep(rows, nodes, links, before);
  return settle(scene, rows, nodes);
}

/** What each box is connected with, and how strongly: cells of one package most of all, so that they form a column. */
function neighbours(scene: Scene): Map<number, number>[] {
  const links: Map<number, number>[] = scene.boxes.map(() => new Map());
  const link = (a: number, b: number, weight: number): void => {
    links[a]?.set(b, (links[a]?.get(b) ?? 0) + weight);
    links[b]?.set(a, (links[b]?.get(a) ?? 0) + weight);
  };
  const isRest = (index: number) => scene.boxes[index]?.item === undefined;
  for (const { from, to, imports, mark } of scene.edges) {
    // Everything imports the folded rest: it would pull all boxes towards itself.
    if (!isRest(from) && !isRest(to)) link(from, to, 1 + Math.log2(imports.length) + (mark === "fine" ? 0 : 2));
  }
  const columns = new Map<string, number>();
  scene.boxes.forEach(({ id, item }, index) => {
    if (item === undefined) return;
    const name = id.slice(0, id.lastIndexOf("@"));
    const other = columns.get(name);
    if (other !== undefined) link(other, index, 4);
    columns.set(name, index);
  });
  return links;
}

/** Splits lanes into rows, with a maximum number of boxes that gives the picture a shape that fits a screen. */
function intoRows(scene: Scene, nodes: Node[], before: Layout | undefined): Node[][] {
  const most = nodes.length > 60 ? 12 : nodes.length > 24 ? 8 : 6;
  const known = new Map(before?.places.map((place) => [place.box.id, place]));
  const rows: Node[][] = [];
  const lanes = new Set(nodes.map(({ box }) => box.lane));
  for (const lane of [...lanes].sort((a, b) => a - b)) {
    const own = nodes.filter(({ box }) => box.lane === lane);
    // So that imports within the lane go down, too.
    const depth = depths(scene, own);
    own.sort((a, b) => (depth.get(a.index) ?? 0) - (depth.get(b.index) ?? 0) || a.index - b.index);
    const kept = keptRows(own, known, most);
    if (kept !== undefined) {
      rows.push(...kept);
      continue;
    }
    const size = Math.ceil(own.length / Math.ceil(own.length / most));
    for (let at = 0; at < own.length; at += size) rows.push(own.slice(at, at + size));
  }
  rows.forEach((row, index) => row.forEach((node) => (node.row = index)));
  return rows;
}

/** The rows of a lane as they were, with new boxes in the shortest; nothing if too much has changed. */
function keptRows(own: readonly Node[], known: ReadonlyMap<string, Place>, most: number): Node[][] | undefined {
  const old = new Map<number, Node[]>();
  const fresh: Node[] = [];
  for (const node of own) {
    const row = known.get(node.box.id)?.row;
    const others = row === undefined ? undefined : old.get(row);
    if (row === undefined) fresh.push(node);
    else if (others === undefined) old.set(row, [node]);
    else others.push(node);
  }
  if (fresh.length > own.length / 2) return undefined;
  const rows = [...old].sort(([a], [b]) => a - b).map(([, row]) => row);
  for (const node of fresh) {
    const shortest = [...rows].sort((a, b) => a.length - b.length)[0];
    shortest?.push(node);
  }
  return rows.some((row) => row.length > most + 2) ? undefined : rows;
}

/** How far down a box of a lane belongs: those that import others of it come first, the folded rest comes last. */
function depths(scene: Scene, own: readonly Node[]): ReadonlyMap<number, number> {
  const depth = new Map(own.map(({ index, box }) => [index, box.item === undefined ? scene.boxes.length : 0]));
  for (const { from, to } of scene.edges) {
    const [above, below] = [depth.get(from), depth.get(to)];
    if (above === undefined || below === undefined) continue;
    depth.set(from, above - 1);
    depth.set(to, below + 1);
  }
  return depth;
}

const pitch = BOX.width + GAP.box;

/** The distance of a box from the one before it. */
function gaps(row: readonly Node[]): number[] {
  return row.map((node, at) => {
    const last = row[at - 1];
    if (last === undefined) return 0;
    return last.box.cluster === node.box.cluster ? pitch : pitch + GAP.cluster;
  });
}

function sweep(
  rows: readonly Node[][],
  nodes: readonly Node[],
  links: readonly Map<number, number>[],
  before: Layout | undefined,
): void {
  const known = new Map(before?.places.map((place) => [place.box.id, place.x]));
  // New boxes start in the middle of the existing ones.
  const middle = known.size === 0 ? 0 : [...known.values()].reduce((sum, x) => sum + x, 0) / known.size;
  for (const row of rows) {
    const left = middle - ((row.length - 1) * pitch) / 2;
    row.forEach((node, at) => (node.x = known.get(node.box.id) ?? left + at * pitch));
  }
  const isKnown = (node: Node) => known.has(node.box.id);
  if (nodes.length > 0 && nodes.every(isKnown)) {
    return;
  }
  const pull = (node: Node): number => {
    let [sum, weight] = [0, 0];
    for (const [other, strength] of links[node.index] ?? []) {
      const there = nodes[other];
      if (there === undefined) continue;
      // Those of the same row move too: half as much towards each other.
      const pulls = there.row === node.row ? strength / 2 : strength;
      sum += there.x * pulls;
      weight += pulls;
    }
    return weight === 0 ? node.x : sum / weight;
  };
  for (let n = 0; n < SWEEPS; n += 1) {
    const order = n % 2 === 0 ? rows : [...rows].reverse();
    for (const row of order) {
      const wanted = new Map(row.map((node) => [node, isKnown(node) ? (known.get(node.box.id) ?? 0) : pull(node)]));
      // The folded rest is next to the others, wherever they are.
      const last = Math.max(...row.filter(({ box }) => box.item !== undefined).map((node) => wanted.get(node) ?? 0));
      row.filter(({ box }) => box.item === undefined).forEach((node) => wanted.set(node, Number.isFinite(last) ? last + pitch : 0));
      arrange(row, (node) => wanted.get(node) ?? 0);
      place([row], (node) => wanted.get(node) ?? 0);
    }
  }
}

/** Sorts a row by the desired positions of its boxes; those of one package stay together, the rest is last. */
function arrange(row: Node[], wanted: (node: Node) => number): void {
  const sums = new Map<string, { sum: number; count: number }>();
  const name = ({ box }: Node) => box.cluster ?? box.id;
  for (const node of row) {
    const cluster = sums.get(name(node)) ?? { sum: 0, count: 0 };
    sums.set(name(node), { sum: cluster.sum + wanted(node), count: cluster.count + 1 });
  }
  const mean = (node: Node): number => {
    const { sum, count } = sums.get(name(node)) ?? { sum: 0, count: 1 };
    return sum / count;
  };
  const isRest = ({ box }: Node) => Number(box.item === undefined);
  row.sort((a, b) => {
    return (
      isRest(a) - isRest(b) ||
      mean(a) - mean(b) ||
      (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0) ||
      wanted(a) - wanted(b) ||
      a.index - b.index
    );
  });
}

function place(rows: readonly Node[][], wanted: (node: Node) => number): void {
  for (const row of rows) {
    const places = spread(row.map(wanted), gaps(row));
    row.forEach((node, at) => (node.x = places[at] ?? 0));
  }
}

/** Converts columns and rows to pixels, with the origin at the upper left. */
function settle(scene: Scene, rows: readonly Node[][], nodes: readonly Node[]): Layout {
  const left = Math.min(...nodes.map(({ x }) => x - BOX.width / 2), Number.MAX_SAFE_INTEGER);
  const right = Math.max(...nodes.map(({ x }) => x + BOX.width / 2), left);
  const shift = GUTTER + MARGIN - left;
  const bands: LaneBand[] = [];
  const tops: number[] = [];
  let y = 0;
  let lane = -1;
  rows.forEach((row, index) => {
    const own = row[0]?.box.lane ?? 0;
    const last = bands.at(-1);
    if (own !== lane || last === undefined) {
      y += bands.length === 0 ? 0 : GAP.lane;
      bands.push({ lane: own, y, height: 0 });
      lane = own;
      y += GAP.lane;
    } else {
      y += GAP.row;
    }
    tops[index] = y;
    y += BOX.height;
    const band = bands.at(-1);
    // The next band begins where this one ends.
    if (band !== undefined) bands[bands.length - 1] = { ...band, height: y + GAP.lane - band.y };
  });
  // Rounded to a tenth, so that converting back and forth moves nothing.
  const places = nodes.map(({ box, x, row }) => ({ box, x: Math.round((x + shift) * 10) / 10, y: tops[row] ?? 0, row }));
  const sides = ports(scene, places);
  return {
    places,
    bands,
    frames: frames(places),
    routes: scene.edges.map((edge, index) => route(edge, index, scene, places, sides[index] ?? { start: 0, end: 0 })),
    width: Math.ceil(right - left) + GUTTER + 2 * MARGIN,
    height: y + GAP.lane,
  };
}

function frames(places: readonly Place[]): Frame[] {
  const groups = new Map<string, Place[]>();
  for (const place of places) {
    if (place.box.cluster === undefined) continue;
    const name = `${place.row} ${place.box.cluster}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [place]);
    else group.push(place);
  }
  // A frame around a single box tells less than its name.
  return [...groups.values()].filter(({ length }) => length > 1).map((group) => {
    const xs = group.map(({ x }) => x);
    const left = Math.min(...xs) - BOX.width / 2 - GAP.frame / 2;
    return {
      cluster: group[0]?.box.cluster ?? "",
      boxes: new Set(group.map(({ box }) => box.id)),
      x: left,
      y: (group[0]?.y ?? 0) - GAP.frame,
      width: Math.max(...xs) + BOX.width / 2 + GAP.frame / 2 - left,
      height: BOX.height + GAP.frame * 1.5,
    };
  });
}
