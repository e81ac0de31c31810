// The route of an edge: from box to box through the gaps of the rows between. Pure.

import type { Edge, Scene } from "./fold.ts";
import { BOX, type Place } from "./layout.ts";

export interface Route {
  /** The path, as SVG has it. */
  readonly path: string;
  /** Where its number stands. */
  readonly label: { readonly x: number; readonly y: number };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The distance between edges through one gap. */
const APART = 5;
/** Room for the arrow's head. */
const HEAD = 3;

/** Where an edge leaves its importer and enters what it imports, from left to right. */
export interface Ports {
  readonly start: number;
  readonly end: number;
}

export function route(edge: Edge, index: number, scene: Scene, places: readonly Place[], ports: Ports): Route {
  const [from, to] = [places[edge.from], places[edge.to]];
  if (from === undefined || to === undefined) return { path: "", label: { x: 0, y: 0 } };
  if (from.row === to.row) return within(from, to, scene, places);
  const isDown = from.row < to.row;
  const start: Point = {
    x: ports.start,
    y: isDown ? from.y + BOX.height : from.y,
  };
  const end: Point = {
    x: ports.end,
    y: isDown ? to.y - HEAD : to.y + BOX.height + HEAD,
  };
  const points: Point[] = [start];
  const step = isDown ? 1 : -1;
  for (let row = from.row + step; row !== to.row; row += step) {
    const own = places.filter((place) => place.row === row);
    const top = own[0]?.y;
    if (top === undefined) continue;
    const share = (top - start.y) / (end.y - start.y);
    const x = gap(start.x + (end.x - start.x) * share, own) + ((index % 7) - 3) * (APART / 2);
    const [enter, leave] = isDown ? [top - 4, top + BOX.height + 4] : [top + BOX.height + 4, top - 4];
    points.push({ x, y: enter }, { x, y: leave });
  }
  points.push(end);
  return { path: curve(points), label: middle(points) };
}

/** An edge between boxes of one row: straight between neighbours, otherwise above the boxes between. */
function within(from: Place, to: Place, scene: Scene, places: readonly Place[]): Route {
  const isRight = from.x < to.x;
  const between = places.some(({ row, x }) => {
    return row === from.row && x > Math.min(from.x, to.x) && x < Math.max(from.x, to.x);
  });
  if (!between) {
    const isBoth = scene.edges.some(({ from: a, to: b }) => places[a] === to && places[b] === from);
    const y = from.y + BOX.height / 2 + (isBoth ? (isRight ? -8 : 8) : 0);
    const [x, end] = isRight
      ? [from.x + BOX.width / 2, to.x - BOX.width / 2 - HEAD]
      : [from.x - BOX.width / 2, to.x + BOX.width / 2 + HEAD];
    return { path: `M${x} ${y}L${end} ${y}`, label: { x: (x + end) / 2, y: y - 6 } };
  }
  // The way back is narrower and higher, so that both are visible.
  const side = isRight ? BOX.width / 4 : -BOX.width / 8;
  const [x, end, y] = [from.x + side, to.x - side, from.y];
  const rise = Math.min(26, 12 + Math.abs(end - x) / 40) + (isRight ? 0 : 8);
  const path = `M${x} ${y}C${x} ${y - rise * 1.3} ${end} ${y - rise * 1.3} ${end} ${y - HEAD}`;
  return { path, label: { x: (x + end) / 2, y: y - rise } };
}

/** Where the edges leave and enter, by index of edge. Those on one side of a box are ordered by their other ends. */
export function ports(scene: Scene, places: readonly Place[]): readonly Ports[] {
  const ends: { start: number; end: number }[] = scene.edges.map(() => ({ start: 0, end: 0 }));
  const sides = new Map<string, { readonly edge: number; readonly end: "start" | "end"; readonly x: number }[]>();
  const join = (box: number, other: number, edge: number, end: "start" | "end"): void => {
    const [here, there] = [places[box], places[other]];
    if (here === undefined || there === undefined || here.row === there.row) return;
    const name = `${box} ${here.row < there.row}`;
    const joined = { edge, end, x: there.x };
    const side = sides.get(name);
    if (side === undefined) sides.set(name, [joined]);
    else side.push(joined);
  };
  scene.edges.forEach(({ from, to }, edge) => {
    join(from, to, edge, "start");
    join(to, from, edge, "end");
  });
  for (const [name, side] of sides) {
    const middle = places[Number.parseInt(name, 10)]?.x ?? 0;
    side.sort((a, b) => a.x - b.x || a.edge - b.edge);
    const step = Math.min(16, side.length > 1 ? (BOX.width - 36) / (side.length - 1) : 0);
    side.forEach(({ edge, end }, at) => {
      const own = ends[edge];
      if (own !== undefined) own[end] = middle + (at - (side.length - 1) / 2) * step;
    });
  }
  return ends;
}

/** The gap of a row that is nearest to where an edge would cross it. */
function gap(x: number, row: readonly Place[]): number {
  const sorted = [...row].sort((a, b) => a.x - b.x);
  const edge = BOX.width / 2 + 13;
  const first = sorted[0];
  if (first === undefined) return x;
  let nearest = first.x - edge;
  if (x < nearest) return x;
  sorted.forEach((place, at) => {
    const next = sorted[at + 1];
    const [left, right] = [place.x + edge, next === undefined ? Number.POSITIVE_INFINITY : next.x - edge];
    // A wide gap is crossed at the edge's own position.
    const best = right < left ? (place.x + (next?.x ?? 0)) / 2 : Math.min(Math.max(x, left), right);
    if (Math.abs(best - x) < Math.abs(nearest - x)) nearest = best;
  });
  return nearest;
}

/** Curves that leave and enter vertically. */
function curve(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const last = points[index - 1];
      if (last === undefined) return `M${round(point.x)} ${round(point.y)}`;
      if (Math.abs(last.x - point.x) < 0.5) return `L${round(point.x)} ${round(point.y)}`;
      const half = round((last.y + point.y) / 2);
      return `C${round(last.x)} ${half} ${round(point.x)} ${half} ${round(point.x)} ${round(point.y)}`;
    })
    .join("");
}

function middle(points: readonly Point[]): Point {
  const [last, end] = [points.at(-2), points.at(-1)];
  if (last === undefined || end === undefined) return { x: 0, y: 0 };
  return { x: (last.x + end.x) / 2, y: (last.y + end.y) / 2 };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
