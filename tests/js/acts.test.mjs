// Acts: sent once, kept while there is no connection, shown for a moment when they are done.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { openPage } from "./page.mjs";
import { settled, Wire } from "./wire.mjs";

openPage();
mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
const { Acts } = await import("../../static/sittings/acts.js");

let wire;
let told;
let kept;
const tell = {
  changed: () => { told.changed += 1; },
  refused: (detail) => told.refused.push(detail),
  done: (message, data) => told.done.push([message, data]),
};

function acts(waiting = []) {
  const store = { read: () => waiting, write: (pairs) => { kept = pairs.map(([name, act]) => [name, act.status]); } };
  return new Acts(wire, tell, store);
}

beforeEach(() => {
  wire = new Wire();
  told = { changed: 0, refused: [], done: [] };
  kept = undefined;
});

test("an act is sent with a key of its own and shown as sent for four seconds", async () => {
  const all = acts();
  const answers = [];
  all.send("hand", "hand.raise", { sitting: 7 }, (answer) => answers.push(answer));
  assert.equal(all.of("hand").status, "sending");
  const { key, ...data } = wire.last.data;
  assert.equal(wire.last.message, "hand.raise");
  assert.deepEqual(data, { sitting: 7 });
  assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  await wire.answer({ ok: true, hand: 21 });
  assert.equal(all.of("hand").status, "sent");
  assert.deepEqual(answers, [{ ok: true, hand: 21 }]);
  assert.deepEqual(told.done, [["hand.raise", { sitting: 7 }]]);
  assert.deepEqual(kept, []);
  mock.timers.tick(4_000);
  assert.equal(all.of("hand"), undefined);
});

test("two acts have two keys", () => {
  const all = acts();
  all.send("a", "hand.raise", {});
  all.send("b", "hand.raise", {});
  assert.notEqual(wire.asked[0].data.key, wire.asked[1].data.key);
});

test("what is being sent is not sent twice by a second press", () => {
  const all = acts();
  all.send("hand", "hand.raise", {});
  all.send("hand", "hand.raise", {});
  assert.equal(wire.asked.length, 1);
  assert.equal(all.count("sending"), 1);
});

test("a refusal stays with its button and is told", async () => {
  const all = acts();
  all.send("hand", "hand.raise", {});
  await wire.answer({ ok: false, error: "conflict", detail: "No.", fields: { body: ["Empty."] } });
  const { status, detail, fields } = all.of("hand");
  assert.deepEqual([status, detail, fields], ["refused", "No.", { body: ["Empty."] }]);
  assert.deepEqual(told.refused, ["No."]);
  mock.timers.tick(60_000);
  assert.equal(all.of("hand").status, "refused");
});

test("a refusal goes with the reader's next act that is done; the fault of a field stays", async () => {
  const all = acts();
  all.send("conclude", "agenda.conclude", {});
  await wire.answer({ ok: false, error: "conflict", detail: "A poll is open.", fields: {} });
  all.send("note", "note.write", {});
  await wire.answer({ ok: false, error: "invalid", detail: "No.", fields: { body: ["Empty."] } });
  assert.equal(all.of("conclude").status, "refused");
  all.send("close", "poll.close", {});
  await wire.answer({ ok: true });
  assert.equal(all.of("conclude"), undefined);
  assert.equal(all.of("note").status, "refused");
});

test("without a connection an act waits, is kept, and goes out with the same key", async () => {
  const all = acts();
  wire.connected = false;
  all.send("hand", "hand.raise", { sitting: 7 });
  assert.deepEqual([all.of("hand").status, wire.asked.length], ["waiting", 0]);
  assert.deepEqual(kept, [["hand", "waiting"]]);
  const { key } = all.of("hand");
  wire.connected = true;
  all.flush();
  assert.equal(wire.last.data.key, key);
  all.flush();
  assert.equal(wire.asked.length, 1);
  await wire.answer({ ok: true });
  assert.deepEqual(kept, []);
});

test("an act without an answer is sent again, with the same key", async () => {
  const all = acts();
  all.send("hand", "hand.raise", {});
  await wire.fail();
  assert.equal(all.of("hand").status, "waiting");
  mock.timers.tick(10_000);
  assert.equal(wire.asked.length, 2);
  assert.equal(wire.asked[1].data.key, wire.asked[0].data.key);
});

test("a busy server is asked again when it says", async () => {
  const all = acts();
  all.send("hand", "hand.raise", {});
  await wire.answer({ ok: false, error: "busy", retry_after: 3 });
  assert.deepEqual([all.of("hand").status, told.refused], ["waiting", []]);
  mock.timers.tick(2_999);
  assert.equal(wire.asked.length, 1);
  mock.timers.tick(1);
  assert.equal(wire.asked.length, 2);
});

test("a later act takes the place of one that waits under its name", async () => {
  const all = acts();
  wire.connected = false;
  all.send("ballot", "ballot.cast", { choice: "yes" });
  all.send("ballot", "ballot.cast", { choice: "no" });
  wire.connected = true;
  all.flush();
  await settled();
  assert.deepEqual(wire.asked.map(({ data }) => data.choice), ["no"]);
});

test("an act is not forgotten for one that was sent before it under its name", async () => {
  const all = acts();
  all.send("ballot", "ballot.cast", { choice: "yes" });
  await wire.answer({ ok: true });
  mock.timers.tick(3_000);
  all.send("ballot", "ballot.cast", { choice: "no" });
  await wire.answer({ ok: true });
  mock.timers.tick(1_000);
  assert.equal(all.of("ballot").data.choice, "no");
});

test("what was kept over a reload waits, and has no listener any more", async () => {
  const all = acts([["hand", { message: "hand.raise", data: { sitting: 7 }, key: "k", at: 1 }]]);
  assert.equal(all.count("waiting"), 1);
  all.flush();
  assert.deepEqual(wire.last.data, { sitting: 7, key: "k" });
  await wire.answer({ ok: true });
  assert.equal(all.of("hand").status, "sent");
});
