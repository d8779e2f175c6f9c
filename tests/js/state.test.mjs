// What entries and frames make of the room. That they make a fresh snapshot whatever happens is
// tests/live/test_replay.py; here each kind is looked at on its own.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { apply, currentPoint, openPoll, receive, withPresence, withQuestions, withRecord, withTurnout, withUpvotes } from "../../static/sittings/state.js";
import { AT, hand, LATER, point, poll, snapshot } from "./rooms.mjs";

const entry = (kind, data = {}, number = 11) => ({ number, kind, at: LATER, data });
const after = (state, kind, data) => apply(state, entry(kind, data));

test("an entry joins the chronicle and moves the number, also one of an unknown kind", () => {
  const before = snapshot();
  const state = after(before, "something.new", { any: 1 });
  assert.equal(state.number, 11);
  assert.deepEqual(state.chronicle, [entry("something.new", { any: 1 })]);
  assert.deepEqual({ ...state, number: 10, chronicle: [] }, before);
});

test("a room holds no more entries and polls than a fresh snapshot", () => {
  let state = snapshot({ number: 0 });
  for (let number = 1; number <= 450; number += 1) {
    state = number % 2
      ? apply(state, entry("poll.opened", { poll_id: number, question: "?" }, number))
      : apply(state, entry("poll.closed", { poll_id: number - 1, tally: {} }, number));
  }
  assert.deepEqual([state.chronicle.length, state.chronicle[0].number, state.number], [200, 251, 450]);
  assert.deepEqual([state.polls.length, state.polls.at(-1).id], [101, 449]);
});

test("no state is changed in place", () => {
  const before = snapshot({ hands: [hand(21, 2)] });
  const copy = structuredClone(before);
  after(before, "floor.given", { hand_id: 21, seconds: null });
  after(before, "agenda.point_started", { point_id: 11 });
  assert.deepEqual(before, copy);
});

describe("an entries frame", () => {
  test("is applied from the number that is known on, with the people it names", () => {
    const frame = { entries: [entry("sitting.resumed", {}, 10), entry("sitting.closed", {}, 11)], people: { 9: { name: "Nuova" } } };
    const { state, fresh, gap } = receive(snapshot(), frame);
    assert.equal(gap, false);
    assert.deepEqual(fresh.map(({ number }) => number), [11]);
    assert.equal(state.sitting.state, "closed");
    assert.equal(state.people[9].name, "Nuova");
  });

  test("with a gap before it changes nothing", () => {
    const before = snapshot();
    const { state, fresh, gap } = receive(before, { entries: [entry("sitting.closed", {}, 12)] });
    assert.deepEqual([state, fresh, gap], [before, [], true]);
  });

  test("that is known already changes nothing but people", () => {
    const { state, fresh, gap } = receive(snapshot(), { entries: [entry("sitting.closed", {}, 10)] });
    assert.equal(state.sitting.state, "open");
    assert.deepEqual([fresh, gap], [[], false]);
  });
});

describe("the sitting", () => {
  test("is convened, opened and closed", () => {
    const convened = after(snapshot(), "sitting.convened", { title: "Altra", place: "Altrove", starts_at: LATER });
    assert.deepEqual([convened.sitting.title, convened.sitting.place, convened.sitting.state], ["Altra", "Altrove", "convened"]);
    const open = after(convened, "sitting.opened", { presided_by: 2 });
    assert.deepEqual([open.sitting.state, open.sitting.opened_at, open.sitting.presided_by], ["open", LATER, 2]);
    const closed = after({ ...open, turnout: { poll_id: 1 } }, "sitting.closed");
    assert.deepEqual([closed.sitting.state, closed.sitting.closed_at, closed.turnout], ["closed", LATER, null]);
  });

  test("is suspended and resumed, and the point at hand with it", () => {
    const before = snapshot({ agenda: [point(11, 1, { state: "current", running_since: AT })] });
    const suspended = after(before, "sitting.suspended", { point_id: 11, spent: 300, reason: "Pause" });
    assert.deepEqual(suspended.sitting.suspended, { since: LATER, reason: "Pause" });
    assert.deepEqual([suspended.agenda[0].spent, suspended.agenda[0].running_since], [300, null]);
    const resumed = after(suspended, "sitting.resumed", { point_id: 11 });
    assert.deepEqual([resumed.sitting.suspended, resumed.agenda[0].running_since], [null, LATER]);
    assert.equal(after(suspended, "sitting.closed").sitting.suspended, null);
  });

  test("has a video, or none", () => {
    assert.equal(after(snapshot(), "sitting.video_set", { video_url: "https://a.example/" }).sitting.video_url, "https://a.example/");
  });
});

describe("the agenda", () => {
  test("takes a point in its place", () => {
    const { agenda } = after(snapshot({ agenda: [point(11, 2)] }), "agenda.point_added", { point_id: 13, rank: 1, title: "First", minutes_planned: 5, proposal_id: null });
    assert.deepEqual(agenda.map(({ id }) => id), [13, 11]);
    assert.deepEqual(agenda[0], point(13, 1, { title: "First", minutes_planned: 5 }));
  });

  test("a point is started, put aside, taken up again and closed", () => {
    const started = after(snapshot(), "agenda.point_started", { point_id: 11 });
    assert.equal(currentPoint(started).id, 11);
    const aside = after(started, "agenda.point_suspended", { point_id: 11, spent: 60 });
    assert.deepEqual([aside.agenda[0].state, aside.agenda[0].spent, aside.agenda[0].running_since], ["suspended", 60, null]);
    const again = apply(aside, { ...entry("agenda.point_started", { point_id: 11 }), at: "2026-11-28T10:00:00+00:00" });
    assert.deepEqual([again.agenda[0].started_at, again.agenda[0].running_since], [LATER, "2026-11-28T10:00:00+00:00"]);
    const closed = after(again, "agenda.point_closed", { point_id: 11, spent: 90 });
    assert.deepEqual([closed.agenda[0].state, closed.agenda[0].spent, closed.agenda[0].ended_at], ["done", 90, LATER]);
    assert.equal(currentPoint(closed), undefined);
  });

  test("is put in another order, with new ranks", () => {
    const { agenda } = after(snapshot(), "agenda.reordered", { point_ids: [12, 11] });
    assert.deepEqual(agenda.map(({ id, rank, title }) => [id, rank, title]), [[12, 1, "Transport"], [11, 2, "Minutes"]]);
  });

  test("papers are put beside a point in their order, and taken away", () => {
    const attach = (state, material_id) => after(state, "agenda.material_attached", { point_id: 12, material_id, title: `Paper ${material_id}`, file_name: "a.pdf" });
    const both = attach(attach(snapshot(), 5), 4);
    assert.deepEqual(both.agenda[1].materials.map(({ id }) => id), [4, 5]);
    assert.deepEqual(both.agenda[0].materials, []);
    const one = after(both, "agenda.material_detached", { point_id: 12, material_id: 4 });
    assert.deepEqual(one.agenda[1].materials, [{ id: 5, title: "Paper 5", file_name: "a.pdf" }]);
  });
});

describe("the speakers", () => {
  const raise = { hand_id: 21, person_id: 2, category: "union", point_id: 11, hand_kind: "floor", reply_to: null };

  test("a hand is raised and withdrawn", () => {
    const up = after(snapshot(), "hand.raised", raise);
    assert.deepEqual(up.hands, [hand(21, 2, { point_id: 11, raised_at: LATER })]);
    assert.deepEqual(after(up, "hand.withdrawn", { hand_id: 21 }).hands, []);
  });

  test("the floor is given, extended and ended, and the time is added up", () => {
    const spoken = { persons: { 2: 10 }, categories: {}, points: { 11: { union: 5 } } };
    const up = after(snapshot({ speakers: { ...snapshot().speakers, spoken } }), "hand.raised", raise);
    const speaking = after(up, "floor.given", { hand_id: 21, point_id: 11, seconds: 120 });
    assert.deepEqual(speaking.floor, { hand_id: 21, person_id: 2, category: "union", hand_kind: "floor", point_id: 11, since: LATER, seconds: 120 });
    assert.deepEqual([speaking.hands, speaking.speakers.last], [[], "union"]);
    assert.equal(after(speaking, "floor.extended", { hand_id: 21, seconds: 180 }).floor.seconds, 180);
    assert.equal(after(speaking, "floor.extended", { hand_id: 99, seconds: 180 }).floor.seconds, 120);
    const ended = after(speaking, "floor.ended", { hand_id: 21, seconds: 30 });
    assert.equal(ended.floor, null);
    assert.deepEqual(ended.speakers.spoken, { persons: { 2: 40 }, categories: { union: 30 }, points: { 11: { union: 35 } } });
    const aside = after(after(up, "floor.given", { hand_id: 21, point_id: null, seconds: null }), "floor.ended", { hand_id: 21, seconds: 30 });
    assert.deepEqual(aside.speakers.spoken.points, spoken.points);
    assert.equal(after(speaking, "floor.ended", { hand_id: 99, seconds: 30 }).floor.hand_id, 21);
  });

  test("an order is chosen, hands are placed, the time is limited", () => {
    const chosen = after(snapshot(), "speakers.order_chosen", { ordering: "alternate", placed: [] });
    assert.equal(chosen.speakers.ordering, "alternate");
    const placed = after(chosen, "speakers.placed", { placed: [22, 21] });
    assert.deepEqual([placed.speakers.ordering, placed.speakers.placed], ["by_hand", [22, 21]]);
    assert.equal(after(placed, "speakers.time_limited", { seconds: 180 }).speakers.seconds, 180);
    const { quotas, quota_scope } = after(placed, "speakers.quotas_set", { quotas: { union: 600 }, quota_scope: "point" }).speakers;
    assert.deepEqual([quotas, quota_scope], [{ union: 600 }, "point"]);
  });
});

describe("polls", () => {
  const { rules, ...put } = poll();
  const opened = () => after(snapshot(), "poll.opened", {
    poll_id: 31, point_id: null, poll_kind: put.poll_kind, question: put.question, weights: null, effect: put.effect,
    attendance_needed: { persons: 2 }, attendance_there: { persons: 3 }, ...rules,
  });

  test("one is opened with its rules and offers options", () => {
    const state = after(opened(), "poll.option_offered", { poll_id: 31, rank: 1, label: "Di sera" });
    const expected = poll({ options: ["Di sera"], opened_at: LATER, attendance_needed: { persons: 2 }, attendance_there: { persons: 3 } });
    assert.deepEqual(openPoll(state), expected);
  });

  test("one is closed with its result, and its turnout is over", () => {
    const before = withTurnout(opened(), { poll_id: 31, cast: 1, electorate: 3, tally: null });
    const result = { electorate: 3, tally: { yes: 2 }, carried: true, grounds: "majority", numbers: null, winners: [], cast: 2 };
    const state = after(before, "poll.closed", { poll_id: 31, ...result });
    assert.deepEqual([openPoll(state), state.turnout], [undefined, null]);
    assert.deepEqual([state.polls[0].state, state.polls[0].closed_at, state.polls[0].tally], ["closed", LATER, { yes: 2 }]);
  });

  test("one is annulled without a result, and its turnout is over", () => {
    const before = withTurnout(opened(), { poll_id: 31, cast: 1, electorate: 3, tally: null });
    const state = after(before, "poll.annulled", { poll_id: 31, reason: "key_lost" });
    assert.deepEqual([openPoll(state), state.turnout], [undefined, null]);
    const { state: ended, closed_at, annulled_because, carried, tally } = state.polls[0];
    assert.deepEqual([ended, closed_at, annulled_because, carried, tally], ["annulled", LATER, "key_lost", null, null]);
  });

  test("one that was counted keeps nothing of its result once it is annulled", () => {
    const result = { electorate: 3, tally: { yes: 2 }, carried: true, grounds: "majority", numbers: null, winners: [], cast: 2, attendance_needed: { persons: 2 } };
    const counted = after(opened(), "poll.closed", { poll_id: 31, ...result });
    const { polls: [annulled] } = after(counted, "poll.annulled", { poll_id: 31, reason: "by_chair", explanation: "Another text." });
    const { carried, tally, electorate, cast, grounds, attendance_needed, explanation } = annulled;
    assert.deepEqual([carried, tally, electorate, cast, grounds, attendance_needed], [null, null, null, null, null, null]);
    assert.equal(explanation, "Another text.");
  });

  test("an opinion poll is neither carried nor not", () => {
    const asked = after(snapshot(), "poll.opened", { poll_id: 31, effect: "consultative", question: "?" });
    const closed = after(asked, "poll.closed", { poll_id: 31, electorate: 3, tally: { yes: 2 }, carried: false });
    assert.equal(closed.polls[0].carried, null);
  });

  test("turnout counts for the open poll alone", () => {
    const turnout = { poll_id: 31, cast: 1, electorate: 3, tally: { yes: 1 } };
    assert.deepEqual(withTurnout(opened(), { ...turnout, sitting: 7 }).turnout, turnout);
    assert.equal(withTurnout(opened(), { ...turnout, poll_id: 30 }).turnout, null);
    assert.equal(withTurnout(snapshot({ turnout }), null).turnout, null);
  });
});

test("presence, questions, upvotes and the record come as they are, with their people", () => {
  const people = { 9: { name: "Nuova" } };
  const presence = { count: 2, present: [2, 9], by_category: { union: 2 }, quorum: null };
  const here = withPresence(snapshot(), { ...presence, people, sitting: 7 });
  assert.deepEqual([here.presence, here.people[9], here.people[2].name], [presence, people[9], "Anna Bianchi"]);
  const asked = withQuestions(here, { questions: [{ id: 1, upvotes: 0 }, { id: 2, upvotes: 3 }], more_questions: 0, unseen: 2, hidden: 1, people });
  assert.deepEqual([asked.questions.length, asked.unseen, asked.hidden], [2, 2, 1]);
  assert.deepEqual(withUpvotes(asked, { upvotes: { 1: 4 } }).questions.map(({ upvotes }) => upvotes), [4, 0]);
  const record = { statements: [], count: 1, hidden: 0, commitments: [] };
  assert.deepEqual(withRecord(here, { record, people }).record, record);
});
