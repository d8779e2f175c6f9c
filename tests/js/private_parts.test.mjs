// What is shown to one reader alone: asked for when it may have changed, and not by all at once.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { openPage } from "./page.mjs";
import { snapshot } from "./rooms.mjs";
import { Wire } from "./wire.mjs";

openPage();
mock.timers.enable({ apis: ["setTimeout"] });
mock.method(Math, "random", () => 0.5);
const { privatePart, QUESTIONS, RECORD } = await import("../../static/sittings/private_parts.js");

let wire;
let live;
let drawn;
beforeEach(() => {
  wire = new Wire();
  live = { state: snapshot(), mine: { person_id: 2, may: [] } };
  drawn = 0;
});
const part = (options) => privatePart(wire, live, () => { drawn += 1; }, options);
const shown = { id: 1, state: "shown" };

test("it is read and kept, and the page is drawn", async () => {
  const questions = part(QUESTIONS);
  const read = questions.read();
  assert.deepEqual([wire.last.message, wire.last.data], ["questions.mine", { sitting: 7 }]);
  await wire.answer({ ok: true, questions: { asked: [shown], upvoted: [3] } });
  assert.deepEqual(await read, { asked: [shown], upvoted: [3] });
  assert.deepEqual([questions.own, drawn], [{ asked: [shown], upvoted: [3] }, 1]);
});

test("a refusal, or no answer, changes nothing", async () => {
  const record = part(RECORD);
  const refused = record.read();
  await wire.answer({ ok: false, error: "not_allowed" });
  const lost = record.read();
  await wire.fail();
  assert.deepEqual([await refused, await lost, drawn], [null, null, 0]);
});

test("it is asked for once, a moment later, when something of it may have changed", () => {
  const questions = part(QUESTIONS);
  questions.follow();
  live.state = snapshot({ questions: [shown] });
  questions.follow();
  questions.follow();
  live.state = snapshot({ questions: [{ id: 1, state: "answered" }] });
  questions.follow();
  assert.equal(wire.asked.length, 0);
  mock.timers.tick(500);
  assert.equal(wire.asked.length, 1);
  questions.follow();
  mock.timers.tick(1_000);
  assert.equal(wire.asked.length, 1);
});

test("those whom it does not concern do not ask", () => {
  const questions = part(QUESTIONS);
  live.state = snapshot({ unseen: 1 });
  questions.follow();
  mock.timers.tick(1_000);
  assert.equal(wire.asked.length, 0);
  live = { state: snapshot({ unseen: 2 }), mine: { person_id: 2, may: ["show_question"] } };
  const chairs = part(QUESTIONS);
  chairs.follow();
  mock.timers.tick(1_000);
  assert.equal(wire.asked.length, 1);
});

test("a visitor has nothing of their own", () => {
  live.mine.person_id = null;
  const record = part(RECORD);
  live.state = snapshot({ record: { statements: [], count: 1, hidden: 0, commitments: [] } });
  record.follow();
  mock.timers.tick(1_000);
  assert.equal(wire.asked.length, 0);
});

test("two parts do not share what they begin with", async () => {
  const one = part(RECORD);
  one.read();
  await wire.answer({ ok: true, record: { own: [{ id: 1 }] } });
  assert.deepEqual(part(RECORD).own.own, []);
});
