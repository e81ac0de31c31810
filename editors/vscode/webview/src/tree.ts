// Folders with their contents.

import { type Architecture, isFolder, type Item } from "./data.ts";

export class Tree {
  readonly it: Architecture;
  readonly #children: number[][];
  readonly #own: number[][];

  constructor(it: Architecture) {
    this.it = it;
    this.#children = it.folders.map(() => []);
    this.#own = it.folders.map(() => []);
    it.folders.forEach(({ parent }, index) => {
      if (parent !== undefined) this.#children[parent]?.push(index);
    });
    it.modules.forEach(({ folder }, index) => this.#own[folder]?.push(index));
  }

  /** What lies directly in an item: packages, then modules. */
  inside(item: Item): Item[] {
    if (!isFolder(item)) return [];
    const folders = (this.#children[item.folder] ?? []).map((folder) => ({ folder }));
    return [...folders, ...(this.#own[item.folder] ?? []).map((module) => ({ module }))];
  }

  /** The modules of an item, at any depth, sorted. */
  members(item: Item): number[] {
    const members: number[] = [];
    const open: Item[] = [item];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (isFolder(next)) open.push(...this.inside(next));
      else members.push(next.module);
    }
    return members.sort((a, b) => a - b);
  }

  /**
   * The modules of an item by layer. Those whose layer is not sure go with the layer that most of the others surely have,
   * where there is one; otherwise all go with the layer that most of them have.
   */
  cells(item: Item): Map<string | null, number[]> {
    const layer = (module: number) => this.it.modules[module]?.layer;
    const members = this.members(item);
    const sure = members.filter((module) => layer(module) !== undefined && this.it.modules[module]?.isSure);
    const voters = sure.length > 0 ? sure : members.filter((module) => layer(module) !== undefined);
    const counts = new Map<string, number>();
    for (const module of voters) {
      const name = layer(module) ?? "";
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const most = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? null;
    const isSure = new Set(sure);
    const cells = new Map<string | null, number[]>();
    for (const module of members) {
      const name = isSure.has(module) ? (layer(module) ?? null) : most;
      const cell = cells.get(name);
      if (cell === undefined) cells.set(name, [module]);
      else cell.push(module);
    }
    return cells;
  }

  /** The folder around an item. */
  around(item: Item): Item | undefined {
    const folder = isFolder(item) ? this.it.folders[item.folder]?.parent : this.it.modules[item.module]?.folder;
    return folder === undefined ? undefined : { folder };
  }

  /** Whether `inner` lies in `outer`, or is it. */
  liesIn(inner: Item, outer: Item): boolean {
    for (let item: Item | undefined = inner; item !== undefined; item = this.around(item)) {
      if (key(this.it, item) === key(this.it, outer)) return true;
    }
    return false;
  }
}

/** Identifies an item across updates: indices shift, paths don't. */
export function key(it: Architecture, item: Item): string {
  return isFolder(item) ? `${it.folders[item.folder]?.path ?? ""}/` : (it.modules[item.module]?.path ?? "");
}

/** The item with this key, if it still exists. */
export function itemOf(it: Architecture, name: string): Item | undefined {
  let items = byKey.get(it);
  if (items === undefined) {
    const all: Item[] = [...it.folders.map((_, folder) => ({ folder })), ...it.modules.map((_, module) => ({ module }))];
    byKey.set(it, (items = new Map(all.map((item) => [key(it, item), item]))));
  }
  return items.get(name);
}

const byKey = new WeakMap<Architecture, ReadonlyMap<string, Item>>();

/** The dotted name. */
export function nameOf(it: Architecture, item: Item): string {
  return isFolder(item) ? (it.folders[item.folder]?.name || it.name) : (it.modules[item.module]?.name ?? "");
}

/** The part of a dotted name that the surrounding name doesn't show: that of the package, or of the whole picture. */
export function shortName(it: Architecture, item: Item, around?: Item): string {
  const name = nameOf(it, item);
  const frame = around === undefined ? (it.folders[0]?.name ?? "") : nameOf(it, around);
  return frame !== "" && name.startsWith(`${frame}.`) ? name.slice(frame.length + 1) : name;
}
