// Where boxes are: in lanes, without overlap, and where they were before.

import assert from "node:assert/strict";
import { test } from "node:test";

import { firstFold, scene, type Scene } from "./fold.ts";
import { BOX, layout, type Layout } from "./layout.ts";
import { sample, shop, type Written } from "./sample.ts";
import { spread } from "./spread.ts";
import { Tree } from "./tree.ts";

function drawn(it = shop()): Scene {
  return scene(new Tree(it), firstFold(it));
}

/** Many packages of two layers, importing each other at random, but always in the same way. */
function wide(count: number): Scene {
  const modules: Written[] = [];
  const imports: string[] = [];
  let seed = 7;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  for (let n = 0; n < count; n += 1) {
    modules.push([`shop/p${n}/routes.py`, "presentation"], [`shop/p${n}/service.py`, "application"]);
    imports.push(`shop.p${n}.routes > shop.p${n}.service`);
    imports.push(`shop.p${n}.service > shop.p${Math.floor(random() * count)}.service`);
  }
  return drawn(sample(modules, imports.filter((line) => line.split(" > ")[0] !== line.split(" > ")[1])));
}

const at = ({ places }: Layout) => new Map(places.map(({ box, x, y }) => [box.id, `${x.toFixed(1)} ${y}`]));

test("places on a line are as near as can be to where they want to be", () => {
  assert.deepEqual(spread([], []), []);
  assert.deepEqual(spread([5], [0]), [5]);
  assert.deepEqual(spread([0, 100], [0, 10]), [0, 100]);
  assert.deepEqual(spread([0, 0, 0], [0, 10, 10]), [-10, 0, 10]);
  assert.deepEqual(spread([10, 0, 50], [0, 10, 10]), [0, 10, 50]);
});

test("lanes follow each other, and boxes lie within theirs", () => {
  const scene = drawn();
  const { places, bands } = layout(scene);
  assert.deepEqual(bands.map(({ lane }) => lane), [0, 1, 2]);
  bands.forEach((band, index) => {
    const next = bands[index + 1];
    if (next !== undefined) assert.ok(band.y + band.height <= next.y);
  });
  for (const { box, y } of places) {
    const band = bands.find(({ lane }) => lane === box.lane);
    assert.ok(band !== undefined && y >= band.y && y + BOX.height <= band.y + band.height, box.id);
  }
});

test("no two boxes overlap, however many there are", () => {
  const { places, width, height } = layout(wide(40));
  for (const a of places) {
    assert.ok(a.x - BOX.width / 2 >= 0 && a.x + BOX.width / 2 <= width && a.y + BOX.height <= height, a.box.id);
    for (const b of places) {
      if (a === b || a.row !== b.row) continue;
      assert.ok(Math.abs(a.x - b.x) >= BOX.width, `${a.box.id} ${b.box.id}`);
    }
  }
});

test("every edge has a way that begins and ends at its boxes", () => {
  const scene = drawn();
  const { routes, places } = layout(scene);
  scene.edges.forEach((edge, index) => {
    const numbers = routes[index]?.path.match(/-?[\d.]+/g)?.map(Number) ?? [];
    const [x = 0, y = 0] = numbers;
    const [endX = 0, endY = 0] = numbers.slice(-2);
    const touches = (place: Layout["places"][number] | undefined, x: number, y: number) =>
      place !== undefined && Math.abs(place.x - x) <= BOX.width / 2 + 4 && y >= place.y - 4 && y <= place.y + BOX.height + 4;
    assert.ok(touches(places[edge.from], x, y), `${edge.id} begins at ${x} ${y}`);
    assert.ok(touches(places[edge.to], endX, endY), `${edge.id} ends at ${endX} ${endY}`);
  });
});

test("the same scene is laid out the same", () => {
  assert.deepEqual(at(layout(wide(20))), at(layout(wide(20))));
});

test("an import more moves no box", () => {
  const it = shop();
  const before = layout(drawn(it));
  const from = it.modules.findIndex(({ name }) => name === "shop.mail.routes");
  const to = it.modules.findIndex(({ name }) => name === "shop.orders.service");
  const more = { ...it, imports: [...it.imports, { from, to, line: 9, when: "load" as const }] };
  const after = layout(drawn(more), before);
  assert.equal(after.routes.length, before.routes.length + 1);
  assert.deepEqual(at(after), at(before));
});

test("a box more leaves the others in their order", () => {
  const before = layout(wide(8));
  const after = layout(wide(9), before);
  const order = (it: Layout, row: number) =>
    it.places.filter((place) => place.row === row).sort((a, b) => a.x - b.x).map(({ box }) => box.id);
  const known = new Set(before.places.map(({ box }) => box.id));
  for (const row of new Set(before.places.map(({ row }) => row))) {
    assert.deepEqual(order(after, row).filter((id) => known.has(id)), order(before, row));
  }
});

test("a box more that nobody imports makes the picture no wider", () => {
  const it = shop();
  const before = layout(drawn(it));
  const more = sample(
    [...it.modules.map(({ path, layer }): Written => (layer === undefined ? [path] : [path, layer])), ["shop/zoo/a.py", "domain"]],
    it.imports.map(({ from, to }) => `${it.modules[from]?.name} > ${it.modules[to]?.name}`),
  );
  assert.equal(more.modules.length, it.modules.length + 1);
  assert.equal(layout(drawn(more), before).width, before.width);
});

test("nothing is a picture too", () => {
  const { places, bands } = layout({ boxes: [], edges: [] });
  assert.deepEqual([places, bands], [[], []]);
});
