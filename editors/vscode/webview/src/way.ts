// Paths and cycles among the drawn boxes. Pure.

import type { Edge, Scene } from "./fold.ts";

/** The shortest path from one box to another, by id: the first in the order of edges. Nothing if there is none. */
export function way(scene: Scene, from: string, to: string): readonly Edge[] | undefined {
  const [start, end] = [from, to].map((id) => scene.boxes.findIndex((box) => box.id === id));
  if (start === undefined || end === undefined || start < 0 || end < 0 || start === end) return undefined;
  const out = leaving(scene);
  const reached = new Map<number, Edge | undefined>([[start, undefined]]);
  // Boxes added during the loop are visited too, nearest first.
  for (const at of reached.keys()) {
    if (at === end) break;
    for (const edge of out[at] ?? []) if (!reached.has(edge.to)) reached.set(edge.to, edge);
  }
  const path: Edge[] = [];
  for (let edge = reached.get(end); edge !== undefined; edge = reached.get(edge.from)) path.unshift(edge);
  return path.length === 0 ? undefined : path;
}

/** For each box the group of boxes that it forms a cycle with; a box in no cycle is alone in its group. */
export function circles(scene: Scene): readonly number[] {
  const out = leaving(scene);
  const into: Edge[][] = scene.boxes.map(() => []);
  scene.edges.forEach((edge) => into[edge.to]?.push(edge));
  const group: number[] = scene.boxes.map(() => -1);
  // Kosaraju: last finished first, and then against the edges. No recursion: a picture may be deep.
  const seen = new Set<number>();
  const finished: number[] = [];
  for (const root of scene.boxes.keys()) {
    if (seen.has(root)) continue;
    seen.add(root);
    const open = [{ at: root, next: 0 }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const edge = out[top.at]?.[top.next++];
      if (edge === undefined) {
        finished.push(top.at);
        open.pop();
      } else if (!seen.has(edge.to)) {
        seen.add(edge.to);
        open.push({ at: edge.to, next: 0 });
      }
    }
  }
  for (const root of finished.reverse()) {
    if (group[root] !== -1) continue;
    group[root] = root;
    const open = [root];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const { from } of into[at] ?? []) {
        if (group[from] !== -1) continue;
        group[from] = root;
        open.push(from);
      }
    }
  }
  return group;
}

function leaving(scene: Scene): Edge[][] {
  const out: Edge[][] = scene.boxes.map(() => []);
  scene.edges.forEach((edge) => out[edge.from]?.push(edge));
  return out;
}
