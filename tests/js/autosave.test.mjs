// Running notes: when they are saved, what is kept, and what happens when two write at once.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { openPage, Store } from "./page.mjs";
import { settled, Wire } from "./wire.mjs";

openPage();
mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
const { Autosave } = await import("../../static/sittings/autosave.js");
const { drafts } = await import("../../static/sittings/drafts.js");

let wire;
let texts;
let server;
let notes;

beforeEach(() => {
  wire = new Wire();
  texts = drafts(7, 2, new Store());
  server = {};
  notes = new Autosave(wire, texts, () => Promise.resolve(server), () => {});
});

test("what is typed is saved a moment after the last key, with the version that was read", async () => {
  notes.know({ 11: { body: "Prima", version: 3 } });
  assert.equal(notes.text(11), "Prima");
  notes.type(11, "Prima e");
  mock.timers.tick(1_100);
  notes.type(11, "Prima e poi");
  mock.timers.tick(1_199);
  assert.equal(wire.asked.length, 0);
  mock.timers.tick(1);
  assert.equal(wire.last.message, "note.write");
  assert.deepEqual(wire.last.data, { point: 11, body: "Prima e poi", version: 3 });
  assert.equal(notes.of(11).state, "saving");
  await wire.answer({ ok: true, version: 4 });
  assert.deepEqual([notes.of(11).state, notes.text(11), texts.keys()], ["saved", "Prima e poi", []]);
});

test("who goes on typing is saved after ten seconds at the latest", () => {
  for (let second = 0; second < 10; second += 1) {
    notes.type(11, "a".repeat(second + 1));
    mock.timers.tick(1_000);
  }
  assert.equal(wire.asked.length, 1);
  assert.equal(wire.last.data.version, 0);
});

test("what was typed while it was being saved is saved after it", async () => {
  notes.type(11, "Uno");
  mock.timers.tick(1_200);
  notes.type(11, "Uno due");
  mock.timers.tick(1_200);
  assert.equal(wire.asked.length, 1);
  await wire.answer({ ok: true, version: 1 });
  assert.equal(notes.text(11), "Uno due");
  mock.timers.tick(1_200);
  assert.deepEqual(wire.last.data, { point: 11, body: "Uno due", version: 1 });
});

test("without a connection a note waits on the device and goes out when it is back", async () => {
  wire.connected = false;
  notes.type(11, "Uno");
  mock.timers.tick(1_200);
  assert.deepEqual([notes.of(11).state, wire.asked.length, texts.get(11)], ["waiting", 0, "Uno"]);
  wire.connected = true;
  notes.flush();
  await wire.answer({ ok: true, version: 1 });
  assert.equal(notes.of(11).state, "saved");
});

test("a save without an answer is tried again", async () => {
  notes.type(11, "Uno");
  mock.timers.tick(1_200);
  await wire.fail();
  assert.equal(notes.of(11).state, "waiting");
  mock.timers.tick(5_000);
  assert.equal(wire.asked.length, 2);
});

test("a refusal says what is wrong with the text, and keeps it", async () => {
  notes.type(11, "x");
  mock.timers.tick(1_200);
  await wire.answer({ ok: false, error: "invalid", detail: "Invalid.", fields: { body: ["Too long."] } });
  assert.deepEqual([notes.of(11).state, notes.of(11).detail, texts.get(11)], ["refused", "Too long.", "x"]);
});

async function conflict() {
  notes.know({ 11: { body: "Prima", version: 1 } });
  notes.type(11, "Mia");
  mock.timers.tick(1_200);
  server = { 11: { body: "Altrui", version: 2 } };
  await wire.answer({ ok: false, error: "conflict", detail: "Somebody else has written." });
  await settled();
}

test("two texts of one note stand beside each other until one is chosen", async () => {
  await conflict();
  assert.equal(notes.of(11).state, "conflict");
  assert.deepEqual(notes.of(11).theirs, { body: "Altrui", version: 2 });
  notes.flush();
  assert.equal(wire.asked.length, 1);
});

test("one's own text is saved over the version of the other", async () => {
  await conflict();
  notes.choose(11, true);
  assert.deepEqual(wire.last.data, { point: 11, body: "Mia", version: 2 });
});

test("the other text takes the place of one's own", async () => {
  await conflict();
  notes.choose(11, false);
  assert.deepEqual([notes.text(11), texts.keys(), notes.of(11).state], ["Altrui", [], undefined]);
});

test("a conflict over a closed sitting is a refusal: nobody else has written", async () => {
  notes.know({ 11: { body: "Prima", version: 1 } });
  server = { 11: { body: "Prima", version: 1 } };
  notes.type(11, "Mia");
  mock.timers.tick(1_200);
  await wire.answer({ ok: false, error: "conflict", detail: "The sitting is closed." });
  await settled();
  assert.deepEqual([notes.of(11).state, notes.of(11).detail], ["refused", "The sitting is closed."]);
});
