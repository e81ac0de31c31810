// The user's view. Plain data, so that it can be stored; and what follows from it, pure.

import { type Architecture, isOpen } from "./data.ts";
import { type Box, type Edge, type Fold, type Scene } from "./fold.ts";
import { nameOf } from "./tree.ts";
import { circles, way } from "./way.ts";

export interface View {
  readonly fold: Fold;
  /** Box or edge, by id. */
  readonly selected: string | undefined;
  /** Only this box and its neighbours, by id. */
  readonly focus: string | undefined;
  /** Only the shortest path from one box to another, by id; without its end it is yet to be chosen. */
  readonly path?: { readonly from: string; readonly to?: string } | undefined;
  readonly search: string;
  /** As a structure matrix instead of boxes and edges. */
  readonly asMatrix?: boolean;
  readonly filters: Filters;
}

export interface Filters {
  /** Only boxes and edges that something is wrong with. */
  readonly onlyViolations: boolean;
  /** Only boxes and edges with a finding that the baseline doesn't accept. */
  readonly onlyNew: boolean;
  /** Only boxes that import each other in a circle, as they are drawn, and the edges of these circles. */
  readonly onlyCycles: boolean;
  /** Which edges are drawn before anything is selected. */
  readonly edges: "auto" | "all" | "wrong";
  /** Layers that aren't drawn. */
  readonly hidden: readonly string[];
  /** Imports that only type checkers see. */
  readonly typeChecking: boolean;
}

export const FILTERS: Filters = {
  onlyViolations: false,
  onlyNew: false,
  onlyCycles: false,
  edges: "auto",
  hidden: [],
  typeChecking: true,
};

/** From this number of edges on, only those with a problem are drawn before anything is selected. */
export const MANY_EDGES = 60;

/** The part of a scene that is drawn. */
export function visible(it: Architecture, all: Scene, view: View): Scene {
  const scene = filtered(it, all, view);
  const { from, to } = view.path ?? {};
  const path = from === undefined || to === undefined ? undefined : way(scene, from, to);
  if (path !== undefined) return part(scene, new Set(path.flatMap((edge) => [edge.from, edge.to])), new Set(path));
  if (!view.filters.onlyCycles) return scene;
  const circle = circles(scene);
  const edges = new Set(scene.edges.filter(({ from, to }) => circle[from] === circle[to]));
  return part(scene, new Set([...edges].flatMap((edge) => [edge.from, edge.to])), edges);
}

/** Some boxes of a scene, and some edges between them. */
function part(scene: Scene, kept: ReadonlySet<number>, edges: ReadonlySet<Edge>): Scene {
  const index = new Map<number, number>();
  const boxes = scene.boxes.filter((_, at) => kept.has(at) && index.set(at, index.size));
  return {
    boxes,
    edges: scene.edges.flatMap((edge) => {
      const [from, to] = [index.get(edge.from), index.get(edge.to)];
      return from === undefined || to === undefined || !edges.has(edge) ? [] : [{ ...edge, from, to }];
    }),
  };
}

function filtered(it: Architecture, all: Scene, view: View): Scene {
  const { filters, focus } = view;
  const isPart = filters.onlyViolations || filters.onlyNew;
  const counts = (edge: Edge) => (!filters.onlyViolations || isWrong(edge)) && (!filters.onlyNew || isNew(it, edge));
  const keep = all.boxes.map((box) => !filters.hidden.includes(it.lanes[box.lane]?.layer ?? "none"));
  const near = new Set<number>();
  const bad = new Set<number>();
  all.edges.forEach((edge) => {
    if (!keep[edge.from] || !keep[edge.to]) return;
    if (all.boxes[edge.from]?.id === focus || all.boxes[edge.to]?.id === focus) near.add(edge.from).add(edge.to);
    if (counts(edge)) bad.add(edge.from).add(edge.to);
  });
  const isFocused = focus !== undefined && near.size > 0;
  all.boxes.forEach((box, index) => {
    if (isFocused && !near.has(index) && box.id !== focus) keep[index] = false;
    if (isPart && !bad.has(index)) keep[index] = false;
  });
  const index = new Map<number, number>();
  const boxes: Box[] = [];
  all.boxes.forEach((box, at) => {
    if (keep[at]) index.set(at, boxes.push(box) - 1);
  });
  const edges = all.edges.flatMap((edge) => {
    const [from, to] = [index.get(edge.from), index.get(edge.to)];
    if (from === undefined || to === undefined || (isPart && !counts(edge))) return [];
    return [{ ...edge, from, to }];
  });
  return { boxes, edges };
}

export function isWrong(edge: Edge): boolean {
  return edge.mark === "wrong" || edge.mark === "cycle";
}

/** Whether an edge has a finding that fails a check and that the baseline doesn't accept. */
export function isNew(it: Architecture, edge: Edge): boolean {
  return edge.violations.some((index) => {
    const found = it.violations[index];
    return found !== undefined && isOpen(found);
  });
}

/** Whether fine edges are drawn before anything is selected. */
export function drawsAll(scene: Scene, filters: Filters): boolean {
  return filters.edges === "all" || (filters.edges === "auto" && scene.edges.length <= MANY_EDGES);
}

/** Whether a box contains something that is searched for. */
export function matches(it: Architecture, box: Box, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return true;
  if (box.item !== undefined && nameOf(it, box.item).toLowerCase().includes(wanted)) return true;
  return box.modules.some((module) => it.modules[module]?.name.toLowerCase().includes(wanted));
}

/** What a box or an edge is connected with. */
export function around(scene: Scene, id: string): { readonly boxes: ReadonlySet<number>; readonly edges: ReadonlySet<number> } {
  const boxes = new Set<number>();
  const edges = new Set<number>();
  scene.edges.forEach((edge, index) => {
    const isIt = edge.id === id || scene.boxes[edge.from]?.id === id || scene.boxes[edge.to]?.id === id;
    if (!isIt) return;
    edges.add(index);
    boxes.add(edge.from).add(edge.to);
  });
  return { boxes, edges };
}
