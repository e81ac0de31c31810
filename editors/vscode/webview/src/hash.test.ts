// What is shown, into the address and back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fromHash, toHash } from "./hash.ts";
import { FILTERS, type View } from "./view.ts";

const view: View = { fold: { shown: [], rest: [] }, selected: undefined, focus: undefined, search: "", filters: FILTERS };

test("what was never changed needs no words", () => {
  const { fold: _, ...others } = view;
  assert.equal(toHash(others), "");
  assert.equal(fromHash(""), undefined);
  assert.equal(fromHash("#"), undefined);
});

test("a view comes back as it was", () => {
  const chosen: View = {
    fold: { shown: ["shop/a & b=c#", "shop/ü.py"], rest: ["shop/+"] },
    selected: "shop/a@none > shop/b@domain",
    focus: "*@none",
    path: { from: "</script>", to: "%41" },
    search: " smtp ",
    asMatrix: true,
    filters: { onlyViolations: true, onlyNew: true, onlyCycles: true, edges: "all", typeChecking: false, hidden: ["domain", "none"] },
  };
  assert.deepEqual(fromHash(`#${toHash(chosen)}`), chosen);
  assert.deepEqual(fromHash(toHash({ ...view, path: { from: "a" } }))?.path, { from: "a" });
});

test("what an address says wrongly is left out", () => {
  const read = fromHash("#edges=some&only=nothing&to=b&rest=x&%E0%A4%A&constructor=1");
  assert.deepEqual(read, { selected: undefined, focus: undefined, path: undefined, search: "", asMatrix: false, filters: FILTERS });
});
