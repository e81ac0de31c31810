// Paths and cycles among boxes.

import assert from "node:assert/strict";
import { test } from "node:test";

import { firstFold, scene } from "./fold.ts";
import { sample } from "./sample.ts";
import { Tree } from "./tree.ts";
import { FILTERS, type View, visible } from "./view.ts";
import { circles, way } from "./way.ts";

// a > b > c > d > b, a > c, d > e, f alone
const files = ["a", "b", "c", "d", "e", "f"].map((name) => `shop/${name}.py`);
const it = sample(
  files.map((file) => [file, "domain"] as const),
  ["a > b", "b > c", "c > d", "d > b", "a > c", "d > e"].map((line) => line.replaceAll(/[a-z]/g, "shop.$&")),
  files,
);
const all = scene(new Tree(it), firstFold(it));
const id = (name: string) => `shop/${name}.py@domain`;
const names = (ids: readonly string[]) => ids.map((id) => id.replaceAll(/shop\/|\.py@domain/g, ""));

test("a path is the shortest", () => {
  assert.deepEqual(names((way(all, id("a"), id("e")) ?? []).map((edge) => edge.id)), ["a > c", "c > d", "d > e"]);
});

test("no path leads against the edges, to the same box, or to what is gone", () => {
  for (const [from, to] of [["e", "a"], ["a", "a"], ["a", "f"], ["a", "gone"], ["gone", "a"]] as const) {
    assert.equal(way(all, id(from), id(to)), undefined, `${from} ${to}`);
  }
});

test("a circle holds what leads back, and nothing that is only next to it", () => {
  const group = circles(all);
  const of = (name: string) => group[all.boxes.findIndex((box) => box.id === id(name))];
  assert.deepEqual([of("c"), of("d")], [of("b"), of("b")]);
  assert.equal(new Set(["a", "b", "e", "f"].map(of)).size, 4);
});

test("a deep chain has no circle and takes no stack", () => {
  const boxes = Array.from({ length: 50_000 }, (_, at) => ({ ...all.boxes[0], id: `${at}` }) as (typeof all.boxes)[number]);
  const edges = boxes.slice(1).map((_, at) => ({ ...all.edges[0], from: at, to: at + 1 }) as (typeof all.edges)[number]);
  assert.equal(new Set(circles({ boxes, edges })).size, boxes.length);
  assert.equal(way({ boxes, edges }, "0", "49999")?.length, 49_999);
});

const view: View = { fold: firstFold(it), selected: undefined, focus: undefined, search: "", filters: FILTERS };

test("only cycles leaves the circles alone, with their own edges", () => {
  const left = visible(it, all, { ...view, filters: { ...FILTERS, onlyCycles: true } });
  assert.deepEqual(names(left.boxes.map((box) => box.id)), ["b", "c", "d"]);
  assert.deepEqual(names(left.edges.map((edge) => edge.id)), ["b > c", "c > d", "d > b"]);
  for (const { id, from, to } of left.edges) assert.equal(id, `${left.boxes[from]?.id} > ${left.boxes[to]?.id}`);
});

test("a path leaves its boxes and its edges alone; without an end it leaves all", () => {
  const left = visible(it, all, { ...view, path: { from: id("a"), to: id("d") } });
  assert.deepEqual(names(left.boxes.map((box) => box.id)), ["a", "c", "d"]);
  assert.deepEqual(names(left.edges.map((edge) => edge.id)), ["a > c", "c > d"]);
  assert.equal(visible(it, all, { ...view, path: { from: id("a") } }).boxes.length, all.boxes.length);
  assert.equal(visible(it, all, { ...view, path: { from: id("a"), to: id("gone") } }).boxes.length, all.boxes.length);
});
