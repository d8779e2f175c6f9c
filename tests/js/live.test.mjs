// The room kept up to date. Every order of lost and repeated frames is tests/live/
// test_interleavings.py; here is what the page is told.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { openPage } from "./page.mjs";
import { AT, poll, snapshot } from "./rooms.mjs";
import { Wire } from "./wire.mjs";

openPage();
mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.parse(AT) - 2_000 });
const { Live } = await import("../../static/sittings/live.js");

let wire;
let told;
const entry = (number, kind = "sitting.resumed", data = {}) => ({ number, kind, at: AT, data });
const frame = (...entries) => ({ stream: "sitting:7", entries });
const tell = Object.fromEntries(
  ["changed", "happened", "linked", "catching", "lost", "elsewhere", "refused"]
    .map((name) => [name, (...values) => told.push([name, ...values])]),
);
const toldOf = (name) => told.filter(([what]) => what === name).map(([, ...values]) => values);
const parts = () => ({
  presence: { count: 3, present: [], by_category: {}, quorum: null },
  questions: { questions: [], more_questions: 0, unseen: 4, hidden: 0, people: {} },
  record: { record: snapshot().record, people: {} },
  turnout: null,
});
const mine = () => ({ person_id: 2, now: AT, may: [], ballots: {} });

function start(state = snapshot(), message = undefined) {
  wire = new Wire();
  told = [];
  return new Live(wire, state, mine(), tell, message);
}

let live;
beforeEach(() => { live = start(); });

async function enter(answer = {}) {
  wire.hear("connect");
  await wire.answer({ ok: true, entries: [], mine: mine(), ...parts(), ...answer });
}

test("it enters with the number that it knows, and knows how far the clock is ahead", async () => {
  await enter();
  assert.deepEqual([wire.last.message, wire.last.data], ["enter", { sitting: 7, after: 10 }]);
  assert.deepEqual([live.linked, live.state.presence.count, live.state.unseen], [true, 3, 4]);
  assert.equal(live.mine.clock_ahead, 2_000);
  assert.deepEqual(toldOf("linked"), [[]]);
});

test("a projector watches", async () => {
  live = start(snapshot(), "watch");
  await enter();
  assert.equal(wire.last.message, "watch");
});

test("entries are told as they happen, or as missed", async () => {
  await enter({ entries: [entry(11)] });
  wire.hear("entries", frame(entry(12)));
  assert.deepEqual(toldOf("happened"), [[[entry(11)], true], [[entry(12)], false]]);
});

test("a whole snapshot takes the place of the old one, and only what is new was missed", async () => {
  await enter({ snapshot: snapshot({ number: 12, chronicle: [entry(9), entry(11), entry(12)] }) });
  assert.deepEqual(toldOf("happened"), [[[entry(11), entry(12)], true]]);
});

test("frames of other rooms are not heard", async () => {
  await enter();
  wire.hear("entries", { stream: "sitting:8", entries: [entry(11)] });
  wire.hear("presence", { sitting: 8, count: 99 });
  assert.deepEqual([live.state.number, live.state.presence.count], [10, 3]);
});

test("a gap, or a head beyond what is known, is asked for", async () => {
  await enter();
  wire.hear("entries", frame(entry(13)));
  assert.deepEqual([wire.asked.length, toldOf("catching").at(-1)], [2, [3]]);
  await wire.answer({ ok: true, entries: [11, 12, 13].map((number) => entry(number)), mine: mine(), ...parts() });
  wire.hear("head", { stream: "sitting:7", number: 13 });
  assert.equal(wire.asked.length, 2);
  wire.hear("head", { stream: "sitting:7", number: 14 });
  assert.equal(wire.asked.length, 3);
});

test("a frame that comes while it enters waits for the answer", async () => {
  wire.hear("connect");
  wire.hear("presence", { sitting: 7, count: 5, present: [], by_category: {}, quorum: null });
  assert.equal(live.state.presence.count, 1);
  await wire.answer({ ok: true, entries: [], mine: mine(), ...parts() });
  assert.equal(live.state.presence.count, 5);
});

test("without an answer it asks again, after a while or when the server says", async () => {
  wire.hear("connect");
  await wire.fail();
  mock.timers.tick(2_000);
  assert.equal(wire.asked.length, 2);
  await wire.answer({ ok: false, error: "busy", retry_after: 5 });
  mock.timers.tick(5_000);
  assert.deepEqual([wire.asked.length, toldOf("refused")], [3, []]);
});

test("a refusal is told", async () => {
  wire.hear("connect");
  await wire.answer({ ok: false, error: "not_found", detail: "No." });
  assert.deepEqual(toldOf("refused"), [[{ ok: false, error: "not_found", detail: "No." }]]);
});

test("a lost connection is told, and whether for good", () => {
  wire.hear("disconnect", "transport close");
  wire.hear("disconnect", "io server disconnect");
  assert.deepEqual(toldOf("lost"), [[false], [true]]);
});

test("what was done in another window is told, what was done in this one is not", () => {
  wire.hear("elsewhere", { sitting: 7, what: "left", by: "there" });
  wire.hear("elsewhere", { sitting: 7, what: "left", by: "here" });
  assert.deepEqual(toldOf("elsewhere"), [["left"]]);
});

test("who waited for the opening comes in when it is opened", async () => {
  await enter();
  wire.hear("entries", frame(entry(11, "sitting.opened", { presided_by: 1 })));
  assert.equal(wire.asked.length, 2);
});

test("ballots are noted, those of a secret poll without what they say", () => {
  const open = poll({ id: 31 });
  const secret = poll({ id: 32, rules: { ...open.rules, secret: true } });
  live = start(snapshot({ polls: [open, secret] }));
  live.noteBallot(31, "yes");
  live.noteBallot(32, "no");
  assert.deepEqual(live.mine.ballots, { 31: "yes", 32: null });
});

test("a ballot is noted for those whose proxy the reader holds, and what differs is kept", () => {
  live = start(snapshot({ polls: [poll({ id: 31 })] }));
  live.mine = { ...live.mine, proxies: [{ id: 5, name: "A", organisation_id: null, ballots: {} }, { id: 6, name: "B", organisation_id: null, ballots: {} }] };
  live.voteOtherwise(31, 5, "no");
  live.noteBallot(31, "yes");
  assert.deepEqual(live.mine.proxies.map(({ ballots }) => ballots), [{ 31: "no" }, { 31: "yes" }]);
  live.voteOtherwise(31, 5, null);
  assert.deepEqual(live.mine.otherwise, { 31: {} });
});

test("who votes by proxy alone has no ballot of their own", () => {
  const open = poll({ id: 31 });
  live = start(snapshot({ polls: [open, { ...open, id: 32, organisations: {}, rules: { ...open.rules, franchise: "organisations" } }] }));
  const standing = { organisation_id: null, persons: "in_charge", organisations: "in_charge", opinion: null };
  live.mine = { ...live.mine, standing, proxies: [{ id: 5, name: "A", organisation_id: 9, ballots: {} }] };
  live.noteBallot(31, "yes");
  live.noteBallot(32, "yes");
  assert.deepEqual([live.mine.ballots, live.mine.proxies[0].ballots], [{}, { 31: "yes" }]);
});

test("the votes counted in the room are those of one poll", async () => {
  await enter();
  live.noteRoomVotes({ yes: 4 });
  wire.hear("entries", frame(entry(11, "poll.opened", { poll_id: 33 })));
  assert.deepEqual(live.mine.room_votes, {});
});

test("it comes back on the connection that there is, or on a new one", () => {
  live.comeBack();
  assert.equal(wire.asked.length, 1);
  live = start();
  wire.connected = false;
  live.comeBack();
  assert.deepEqual([wire.connected, wire.asked.length], [true, 1]);
});
