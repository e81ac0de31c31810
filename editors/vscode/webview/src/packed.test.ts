// What a large page embeds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";

import { unpacked } from "./packed.ts";

test("packed text comes back", async () => {
  const text = JSON.stringify({ name: "ü </script> 𝕏", list: Array.from({ length: 5_000 }, (_, at) => at) });
  assert.equal(await unpacked(deflateRawSync(text).toString("base64")), text);
});
