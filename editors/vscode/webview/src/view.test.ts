// What filters, focus and search leave of a scene.

import assert from "node:assert/strict";
import { test } from "node:test";

import { firstFold, scene } from "./fold.ts";
import { shop } from "./sample.ts";
import { Tree } from "./tree.ts";
import { around, drawsAll, FILTERS, matches, type View, visible } from "./view.ts";

const it = shop();
const tree = new Tree(it);
const all = scene(tree, firstFold(it));
const view: View = { fold: firstFold(it), selected: undefined, focus: undefined, search: "", filters: FILTERS };
const ids = (view: View) => visible(it, all, view).boxes.map(({ id }) => id);

test("without filters all is drawn", () => {
  assert.equal(ids(view).length, all.boxes.length);
  assert.ok(drawsAll(all, FILTERS));
});

test("only violations leaves the two ends of each", () => {
  const filters = { ...FILTERS, onlyViolations: true };
  assert.deepEqual(ids({ ...view, filters }), ["shop/orders/@presentation", "shop/mail/@application"]);
  assert.equal(visible(it, all, { ...view, filters }).edges.length, 1);
});

test("since the baseline leaves what it doesn't accept", () => {
  const filters = { ...FILTERS, onlyNew: true };
  assert.deepEqual(ids({ ...view, filters }), ["shop/orders/@presentation", "shop/mail/@application"]);
  const accepted = { ...it, violations: it.violations.map((found) => ({ ...found, isAccepted: true })) };
  const none = visible(accepted, scene(new Tree(accepted), firstFold(accepted)), { ...view, filters });
  assert.deepEqual([none.boxes, none.edges], [[], []]);
  // A note is never in the baseline: it isn't new because of that.
  const notes = { ...it, violations: it.violations.map((found) => ({ ...found, level: "info", fails: false })) };
  const quiet = visible(notes, scene(new Tree(notes), firstFold(notes)), { ...view, filters });
  assert.deepEqual([quiet.boxes, quiet.edges], [[], []]);
});

test("layers can be hidden", () => {
  const filters = { ...FILTERS, hidden: ["presentation"] };
  assert.ok(ids({ ...view, filters }).every((id) => !id.endsWith("@presentation")));
});

test("a focus leaves a box and its neighbours; edges keep their ends", () => {
  const focused = visible(it, all, { ...view, focus: "shop/mail/@infrastructure" });
  assert.deepEqual(
    focused.boxes.map(({ id }) => id),
    ["shop/mail/@application", "shop/orders/@application", "shop/mail/@infrastructure"],
  );
  for (const { id, from, to } of focused.edges) {
    assert.equal(id, `${focused.boxes[from]?.id} > ${focused.boxes[to]?.id}`);
  }
});

test("a focus on what is gone is none", () => {
  assert.equal(ids({ ...view, focus: "shop/gone/@domain" }).length, all.boxes.length);
});

test("a search finds modules within their packages", () => {
  const found = all.boxes.filter((box) => matches(it, box, "SMTP")).map(({ id }) => id);
  assert.deepEqual(found, ["shop/mail/@infrastructure"]);
});

test("what is around an edge are its ends", () => {
  const edge = all.edges[0];
  assert.ok(edge !== undefined);
  const { boxes, edges } = around(all, edge.id);
  assert.deepEqual([[...boxes], [...edges]], [[edge.from, edge.to], [0]]);
});
