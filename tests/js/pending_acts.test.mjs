// What is kept of a person in this window: acts that wait, and texts that are not saved.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Store } from "./page.mjs";
import { drafts } from "../../static/sittings/drafts.js";
import { forgetOthers, pendingActs } from "../../static/sittings/pending_acts.js";

const act = (at = 0, more = {}) => ({ message: "hand.raise", data: { sitting: 7 }, key: "k", at, ...more });

describe("acts that wait", () => {
  test("are read back without what only the page knows", () => {
    const storage = new Store();
    pendingActs(7, 2, storage, () => 0).write([["hand", act(0, { status: "waiting", done() {} })]]);
    assert.deepEqual(pendingActs(7, 2, storage, () => 0).read(), [["hand", act()]]);
  });

  test("are of one sitting and one person; another person's are forgotten", () => {
    const storage = new Store();
    pendingActs(7, 2, storage, () => 0).write([["hand", act()]]);
    assert.deepEqual(pendingActs(8, 2, storage, () => 0).read(), []);
    assert.equal(pendingActs(7, 2, storage, () => 0).read().length, 1);
    assert.deepEqual(pendingActs(7, 3, storage, () => 0).read(), []);
    assert.deepEqual(Object.keys(storage), []);
  });

  test("live a quarter of an hour", () => {
    const storage = new Store();
    pendingActs(7, 2, storage, () => 0).write([["hand", act(1)]]);
    const later = (ms) => pendingActs(7, 2, storage, () => ms).read().length;
    assert.deepEqual([later(15 * 60_000), later(15 * 60_000 + 1)], [1, 0]);
  });

  test("are twenty at most, the latest; none leave nothing behind", () => {
    const storage = new Store();
    const keeper = pendingActs(7, 2, storage, () => 0);
    keeper.write(Array.from({ length: 25 }, (_none, index) => [`act-${index}`, act()]));
    assert.deepEqual([keeper.read().length, keeper.read()[0][0]], [20, "act-5"]);
    keeper.write([]);
    assert.deepEqual(Object.keys(storage), []);
  });

  test("are none where the store holds something else", () => {
    const storage = new Store();
    storage.setItem("acts:7:2", "{not JSON");
    assert.deepEqual(pendingActs(7, 2, storage, () => 0).read(), []);
  });

  test("are forgotten by prefix: what else is stored stays", () => {
    const storage = new Store();
    for (const key of ["receipts:2", "receipts:12", "acts:7:12", "folds"]) storage.setItem(key, "x");
    forgetOthers(storage, "receipts:", 2);
    assert.deepEqual(Object.keys(storage), ["receipts:2", "acts:7:12", "folds"]);
  });
});

describe("drafts", () => {
  test("outlive a reload until they are dropped", () => {
    const storage = new Store();
    const texts = drafts(7, 2, storage);
    texts.set(11, "Si discute");
    texts.set(12, "");
    const again = drafts(7, 2, storage);
    assert.deepEqual([again.get(11), again.get(12), again.keys()], ["Si discute", "", [11, 12]]);
    again.drop(11);
    again.drop(12);
    assert.deepEqual(Object.keys(storage), []);
  });

  test("another person at the same device finds nothing", () => {
    const storage = new Store();
    drafts(7, 2, storage).set(11, "Si discute");
    assert.deepEqual(drafts(7, 3, storage).keys(), []);
    assert.deepEqual(drafts(7, 2, storage).keys(), []);
  });

  test("are none where the store holds something else", () => {
    const storage = new Store();
    storage.setItem("drafts:7:2", "oops");
    assert.deepEqual(drafts(7, 2, storage).keys(), []);
  });
});
