// The key `/` leads to the search; while somebody types it is a sign like any other.

import assert from "node:assert/strict";
import { test } from "node:test";
import { leadToSearch } from "../../static/js/search_key.js";

/** A page with its search box, which tells what was pressed where. */
function page() {
  const told = [];
  const box = { focus: () => told.push("focus"), select: () => told.push("select") };
  let listen;
  leadToSearch({ addEventListener: (_kind, act) => { listen = act; }, getElementById: () => box });
  const press = (key, { typing = false, ...more } = {}) =>
    listen({ key, target: { closest: () => (typing ? {} : null) }, preventDefault() {}, ...more });
  return { told, press };
}

test("a slash leads to the box", () => {
  const { told, press } = page();
  press("/");
  assert.deepEqual(told, ["focus", "select"]);
});

test("not while somebody types, not with another key held, not another sign", () => {
  const { told, press } = page();
  press("/", { typing: true });
  press("/", { ctrlKey: true });
  press("x");
  assert.deepEqual(told, []);
});
