// The structure matrix.

import assert from "node:assert/strict";
import { test } from "node:test";

import { firstFold, scene } from "./fold.ts";
import { rows } from "./matrix.ts";
import { shop } from "./sample.ts";
import { Tree } from "./tree.ts";

const it = shop();
const all = scene(new Tree(it), firstFold(it));

test("each edge stands once, in the row of its importer and the column of what is imported", () => {
  const matrix = rows(all);
  assert.equal(matrix.length, all.boxes.length);
  const found = matrix.flatMap(({ box, cells }) =>
    cells.flatMap((edge, at) => (edge === undefined ? [] : [[edge.id, `${box.id} > ${all.boxes[at]?.id}`]])),
  );
  assert.equal(found.length, all.edges.length);
  for (const [id, place] of found) assert.equal(id, place);
});

test("what goes up the layers stands left of the diagonal, and nothing on it", () => {
  const left = rows(all).flatMap(({ cells }, at) => cells.slice(0, at + 1).flatMap((edge) => edge?.id ?? []));
  assert.ok(left.includes("shop/mail/@application > shop/orders/@presentation"), left.join());
  assert.ok(rows(all).every(({ cells }, at) => cells.length === all.boxes.length && cells[at] === undefined));
  const wrong = all.edges.filter(({ mark }) => mark === "wrong").map(({ id }) => id);
  assert.ok(wrong.length > 0 && wrong.every((id) => left.includes(id)));
});
