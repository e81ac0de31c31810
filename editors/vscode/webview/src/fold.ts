// Which packages are open, and what is drawn as a result: boxes and the imports between them. Pure.

import { type Architecture, CYCLE_RULE, type ImportTime, isFolder, type Item } from "./data.ts";
import { itemOf, key, Tree } from "./tree.ts";

/** The items with boxes, by key: survives updates of the project. */
export interface Fold {
  readonly shown: readonly string[];
  /** Folded into one box a layer. */
  readonly rest: readonly string[];
}

export interface Box {
  /** Survives updates. */
  readonly id: string;
  /** Nothing for the rest. */
  readonly item: Item | undefined;
  /** Index of its lane. */
  readonly lane: number;
  readonly modules: readonly number[];
  /** Violations that are not accepted and that are reported in it. */
  readonly violations: readonly number[];
  /** The open package that it came out of, by key. */
  readonly cluster: string | undefined;
}

export interface Edge {
  readonly id: string;
  /** Indices of boxes. */
  readonly from: number;
  readonly to: number;
  /** By index, in order. */
  readonly imports: readonly number[];
  /** By index; those that are accepted too. */
  readonly violations: readonly number[];
  readonly mark: Mark;
}

/** How an edge is drawn: against the rules, part of a cycle, accepted into the baseline, or fine. */
export type Mark = "wrong" | "cycle" | "accepted" | "fine";

export interface Scene {
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
}

/** The initial fold. */
export function firstFold(it: Architecture): Fold {
  const keys = (items: readonly Item[]) => items.map((item) => key(it, item));
  return { shown: keys(it.picture.shown), rest: keys(it.picture.rest) };
}

/** The part of a fold that still exists after an update; new items get boxes of their own. */
export function carryOver(tree: Tree, fold: Fold): Fold {
  const { it } = tree;
  const isThere = (name: string) => itemOf(it, name) !== undefined;
  const shown = fold.shown.filter(isThere);
  const rest = fold.rest.filter(isThere);
  if (shown.length === 0) return firstFold(it);
  const covered = new Set<number>();
  for (const name of [...shown, ...rest]) {
    const item = itemOf(it, name);
    if (item !== undefined) tree.members(item).forEach((module) => covered.add(module));
  }
  const fresh = new Set<string>();
  it.modules.forEach((_, module) => {
    if (covered.has(module)) return;
    // The outermost folder that contains only new items, so that a new package is one box.
    let item: Item = { module };
    for (let up = tree.around(item); up !== undefined; up = tree.around(up)) {
      if (tree.members(up).some((other) => covered.has(other))) break;
      item = up;
    }
    fresh.add(key(it, item));
  });
  return { shown: [...shown, ...fresh], rest };
}

/** Opens a package in place, or the rest. */
export function expand(tree: Tree, fold: Fold, name: string): Fold {
  const item = itemOf(tree.it, name);
  if (item === undefined || !isFolder(item)) return fold;
  let inside: Item[] = tree.inside(item);
  // Opening a package that contains a single package shows nothing new.
  while (inside.length === 1 && inside[0] !== undefined && isFolder(inside[0])) inside = tree.inside(inside[0]);
  const keys = inside.map((child) => key(tree.it, child));
  const replace = (names: readonly string[]) => names.flatMap((shown) => (shown === name ? keys : [shown]));
  return { shown: replace(fold.shown), rest: fold.rest };
}

export function expandRest(fold: Fold): Fold {
  return { shown: [...fold.shown, ...fold.rest], rest: [] };
}

/** Closes a package again: everything with a box in it is merged back into one. */
export function collapse(tree: Tree, fold: Fold, name: string): Fold {
  const outer = itemOf(tree.it, name);
  if (outer === undefined) return fold;
  let isPlaced = false;
  const shown = fold.shown.flatMap((shown) => {
    const item = itemOf(tree.it, shown);
    if (item === undefined || !tree.liesIn(item, outer)) return [shown];
    if (isPlaced) return [];
    isPlaced = true;
    return [name];
  });
  const rest = fold.rest.filter((rest) => {
    const item = itemOf(tree.it, rest);
    return item === undefined || !tree.liesIn(item, outer);
  });
  return { shown, rest };
}

/** The open package that contains an item: the folder around it, unless that is the frame of the whole picture. */
export function clusterOf(tree: Tree, item: Item): string | undefined {
  const around = tree.around(item);
  if (around === undefined || tree.around(around) === undefined) return undefined;
  return key(tree.it, around);
}

/** The boxes and the edges between them. `counts` decides which imports count. */
export function scene(tree: Tree, fold: Fold, counts: (when: ImportTime) => boolean = () => true): Scene {
  const { it } = tree;
  const boxes: Box[] = [];
  const boxOf = new Int32Array(it.modules.length).fill(-1);
  const open = it.violations.flatMap((violation, index) => (violation.isAccepted ? [] : [{ violation, index }]));
  it.lanes.forEach(({ layer }, lane) => {
    const add = (item: Item | undefined, modules: number[]): void => {
      const own = new Set(modules);
      modules.forEach((module) => (boxOf[module] = boxes.length));
      boxes.push({
        id: `${item === undefined ? "*" : key(it, item)}@${layer ?? "none"}`,
        item,
        lane,
        modules,
        violations: open.filter(({ violation }) => own.has(violation.module)).map(({ index }) => index),
        cluster: item === undefined ? undefined : clusterOf(tree, item),
      });
    };
    for (const name of fold.shown) {
      const item = itemOf(it, name);
      const cell = item === undefined ? undefined : cellsOf(tree, item).get(layer);
      if (item !== undefined && cell !== undefined) add(item, cell);
    }
    const rest = fold.rest.flatMap((name) => {
      const item = itemOf(it, name);
      return item === undefined ? [] : (cellsOf(tree, item).get(layer) ?? []);
    });
    if (rest.length > 0) add(undefined, rest.sort((a, b) => a - b));
  });
  return { boxes, edges: edges(it, boxes, boxOf, counts) };
}

/** As {@link Tree.cells}, cached per tree. */
function cellsOf(tree: Tree, item: Item): Map<string | null, number[]> {
  const name = key(tree.it, item);
  let known = remembered.get(tree);
  if (known === undefined) remembered.set(tree, (known = new Map()));
  let cells = known.get(name);
  if (cells === undefined) known.set(name, (cells = tree.cells(item)));
  return cells;
}

const remembered = new WeakMap<Tree, Map<string, Map<string | null, number[]>>>();

function edges(
  it: Architecture,
  boxes: readonly Box[],
  boxOf: Int32Array,
  counts: (when: ImportTime) => boolean,
): Edge[] {
  const between = new Map<string, { from: number; to: number; imports: number[]; violations: Set<number> }>();
  const ofImport = new Map<number, { violations: Set<number> }>();
  it.imports.forEach(({ from, to, when }, index) => {
    const [a, b] = [boxOf[from] ?? -1, boxOf[to] ?? -1];
    if (a < 0 || b < 0 || a === b || !counts(when)) return;
    const name = `${a} ${b}`;
    let edge = between.get(name);
    if (edge === undefined) between.set(name, (edge = { from: a, to: b, imports: [], violations: new Set() }));
    edge.imports.push(index);
    ofImport.set(index, edge);
  });
  it.violations.forEach((violation, index) => {
    for (const marked of violation.imports) ofImport.get(marked)?.violations.add(index);
  });
  const isInCycle = cyclic(it);
  return [...between.values()]
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .map(({ from, to, imports, violations }) => ({
      id: `${boxes[from]?.id} > ${boxes[to]?.id}`,
      from,
      to,
      imports,
      violations: [...violations].sort((a, b) => a - b),
      mark: mark(it, imports, violations, isInCycle),
    }));
}

function mark(
  it: Architecture,
  imports: readonly number[],
  violations: ReadonlySet<number>,
  isInCycle: (from: number, to: number) => boolean,
): Mark {
  const found = [...violations].flatMap((index) => it.violations[index] ?? []);
  const open = found.filter(({ isAccepted }) => !isAccepted);
  if (open.some(({ rule }) => rule !== CYCLE_RULE)) return "wrong";
  const closes = imports.some((index) => {
    const edge = it.imports[index];
    return edge !== undefined && isInCycle(edge.from, edge.to);
  });
  if (open.length > 0 || closes) return "cycle";
  return found.length > 0 ? "accepted" : "fine";
}

/** Whether an import belongs to the shortest cycle that a group of modules is reported with. */
function cyclic(it: Architecture): (from: number, to: number) => boolean {
  const hops = new Set<string>();
  for (const { shortest } of it.cycles) {
    shortest.forEach((from, at) => hops.add(`${from} ${shortest[(at + 1) % shortest.length]}`));
  }
  return (from, to) => hops.has(`${from} ${to}`);
}
