// The chronicle as the room shows it. What each entry says is tests/parity/chronicle.json.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./page.mjs";
import { AT, point, room, snapshot } from "./rooms.mjs";

openPage();
const { listeners, press, text } = await import("./lit.mjs");
const { chronicle, isAnnounced, older, sentence } = await import("../../static/sittings/chronicle.js");

const points = (count) => Array.from({ length: count }, (_none, index) =>
  ({ number: index + 1, kind: "agenda.point_added", at: AT, data: { title: `Point ${index + 1}` } }));
const started = { number: 90, kind: "agenda.point_started", at: AT, data: { point_id: 12 } };

test("it shows the newest eight entries, the newest first, and a button for the others", () => {
  let all = 0;
  const entries = [...points(9), { number: 10, kind: "speakers.placed", at: AT, data: { placed: [] } }];
  const short = room({ state: snapshot({ chronicle: entries }), showWholeChronicle: () => { all += 1; } });
  const lines = text(chronicle(short)).split("On the agenda: ").slice(1);
  assert.deepEqual(lines.map((line) => parseInt(line.slice(6), 10)), [9, 8, 7, 6, 5, 4, 3, 2]);
  assert.equal(text(older(short)), "Show the whole chronicle (9)");
  press(older(short), "Show");
  assert.equal(all, 1);
});

test("it shows all of it once the reader wants so, and no button where there is nothing more", () => {
  const long = room({ state: snapshot({ chronicle: points(9) }), wholeChronicle: true });
  assert.equal(text(chronicle(long)).split("On the agenda: ").length, 10);
  assert.deepEqual(listeners(older(long), "click"), []);
  assert.deepEqual(listeners(older(room({ state: snapshot({ chronicle: points(8) }) })), "click"), []);
});

test("what the page does not hold is fetched on demand and follows what it holds", () => {
  let fetched = 0;
  const state = snapshot({ chronicle: points(3).map((entry) => ({ ...entry, number: entry.number + 200 })) });
  const said = (number) => ({ number, kind: "sitting.opened", at: AT, sentence: `Earlier ${number}.` });
  const earlier = { lines: [said(201), said(200)], isAll: false, fetch: () => { fetched += 1; } };
  assert.equal(text(older(room({ state, earlier }))), "Show more of the chronicle");
  const long = room({ state, earlier, wholeChronicle: true });
  press(older(long), "Show earlier");
  assert.equal(fetched, 1);
  assert.ok(text(chronicle(long)).includes("Earlier 200."));
  assert.ok(!text(chronicle(long)).includes("Earlier 201."), "the state holds this entry itself");
  const all = { ...earlier, isAll: true };
  assert.deepEqual(listeners(older(room({ state, earlier: all, wholeChronicle: true })), "click"), []);
});

test("a point is called by its place on the agenda, also once that has changed", () => {
  const state = snapshot({ chronicle: [started] });
  assert.equal(sentence(state, started), "Under discussion now: 2. Transport");
  const moved = { ...state, agenda: [point(12, 1, { title: "Transport" }), point(11, 2)] };
  assert.equal(sentence(moved, started), "Under discussion now: 1. Transport");
});

test("a sentence that does not change is written once", () => {
  const entry = { number: 1, kind: "sitting.closed", at: AT, get data() { this.read = (this.read ?? 0) + 1; return {}; } };
  sentence(snapshot(), entry);
  sentence(snapshot(), entry);
  assert.equal(entry.read, 1);
});

test("what matters most is read out", () => {
  const kinds = ["sitting.opened", "agenda.point_started", "floor.given", "poll.opened", "poll.closed", "poll.annulled", "hand.raised", "agenda.point_added"];
  assert.deepEqual(kinds.map((kind) => isAnnounced({ kind })), [true, true, true, true, true, true, false, false]);
});
