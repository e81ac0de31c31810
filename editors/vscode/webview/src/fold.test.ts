// Boxes and edges of a fold, and how folds change.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import type { Architecture } from "./data.ts";
import { carryOver, collapse, expand, expandRest, firstFold, type Scene, scene } from "./fold.ts";
import { sample, shop } from "./sample.ts";
import { Tree } from "./tree.ts";

const boxes = ({ boxes }: Scene) => boxes.map(({ id, modules }) => `${id} ${modules.length}`);
const edges = ({ edges }: Scene) => edges.map(({ id, imports, mark }) => `${id}: ${imports.length} ${mark}`);

test("a package is a box in each of its layers; what has none goes with the others", () => {
  const tree = new Tree(shop());
  const drawn = scene(tree, firstFold(tree.it));
  assert.deepEqual(boxes(drawn), [
    "shop/mail/@presentation 1",
    "shop/orders/@presentation 1",
    "shop/mail/@application 1",
    "shop/orders/@application 2",
    "shop/mail/@infrastructure 1",
  ]);
  assert.deepEqual(edges(drawn), [
    "shop/mail/@presentation > shop/mail/@application: 1 fine",
    "shop/orders/@presentation > shop/orders/@application: 1 fine",
    "shop/mail/@application > shop/orders/@presentation: 1 wrong",
    "shop/mail/@application > shop/mail/@infrastructure: 1 fine",
    "shop/orders/@application > shop/mail/@application: 1 fine",
    "shop/orders/@application > shop/mail/@infrastructure: 1 fine",
  ]);
  assert.deepEqual(drawn.boxes.map(({ violations }) => violations.length), [0, 0, 1, 0, 0]);
});

test("a layer that is a guess makes no box beside one that is sure", () => {
  const it = sample(
    [["shop/a/x.py", "domain", false], ["shop/a/y.py", "domain", false], ["shop/a/z.py", "application"], ["shop/b/x.py", "domain", false]],
    [],
  );
  const drawn = scene(new Tree(it), firstFold(it));
  assert.deepEqual(boxes(drawn), ["shop/a/@application 3", "shop/b/@domain 1"]);
});

test("imports can be left out by their time", () => {
  const tree = new Tree(shop());
  const drawn = scene(tree, firstFold(tree.it), (when) => when !== "type-checking");
  assert.ok(!edges(drawn).some((edge) => edge.startsWith("shop/orders/@application > shop/mail/@infrastructure")));
});

test("a package is opened in place and closed again", () => {
  const tree = new Tree(shop());
  const first = firstFold(tree.it);
  const open = expand(tree, first, "shop/mail/");
  assert.deepEqual(open.shown, ["shop/mail/smtp/", "shop/mail/routes.py", "shop/mail/service.py", "shop/orders/"]);
  const clusters = scene(tree, open).boxes.map(({ cluster }) => cluster ?? "-");
  assert.deepEqual(clusters, ["shop/mail/", "-", "shop/mail/", "-", "shop/mail/"]);
  assert.deepEqual(collapse(tree, open, "shop/mail/").shown, first.shown);
  assert.deepEqual(expand(tree, first, "shop/gone/"), first);
});

test("the rest is one box a layer until it is opened", () => {
  const tree = new Tree(shop());
  const fold = { shown: ["shop/orders/"], rest: ["shop/mail/"] };
  assert.ok(boxes(scene(tree, fold)).includes("*@application 1"));
  assert.deepEqual(expandRest(fold), { shown: ["shop/orders/", "shop/mail/"], rest: [] });
});

test("what is accepted is drawn as such, and a cycle as a cycle", () => {
  const it = sample(
    [["shop/a/x.py", "domain"], ["shop/b/x.py", "domain"], ["shop/c/x.py", "domain"]],
    ["shop.a.x > shop.b.x !accepted", "shop.b.x > shop.c.x", "shop.c.x > shop.b.x"],
  );
  const cyclic: Architecture = { ...it, cycles: [{ modules: [1, 2], shortest: [1, 2], atImportTime: true, cuts: [] }] };
  const drawn = scene(new Tree(cyclic), firstFold(cyclic));
  assert.deepEqual(drawn.edges.map(({ mark }) => mark), ["accepted", "cycle", "cycle"]);
  assert.deepEqual(drawn.boxes.map(({ violations }) => violations.length), [0, 0, 0]);
});

test("a fold outlives an update: what is gone goes, what is new gets one box", () => {
  const before = new Tree(shop());
  const fold = expand(before, firstFold(before.it), "shop/mail/");
  const after = sample(
    [["shop/mail/routes.py", "presentation"], ["shop/orders/routes.py", "presentation"], ["shop/bills/a.py", "domain"], ["shop/bills/b.py", "domain"]],
    [],
  );
  assert.deepEqual(carryOver(new Tree(after), fold).shown, ["shop/mail/routes.py", "shop/orders/", "shop/bills/"]);
});

test("the first fold is what the server computed", () => {
  const url = new URL("../fixtures/parcels.json", import.meta.url);
  const it = JSON.parse(readFileSync(url, "utf8")) as Architecture;
  const drawn = scene(new Tree(it), firstFold(it));
  assert.deepEqual(
    drawn.boxes.map(({ lane, modules }) => ({ lane, modules: [...modules] })),
    it.picture.boxes.map(({ lane, modules }) => ({ lane, modules })),
  );
  assert.deepEqual(
    drawn.edges.map(({ from, to, imports }) => ({ from, to, weight: imports.length })),
    it.picture.edges.map(({ from, to, weight }) => ({ from, to, weight })),
  );
});
