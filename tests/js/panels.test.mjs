// The panels of the room: what each shows to whom, and what its buttons send.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Element, openPage } from "./page.mjs";
import { AT, hand, point, poll, room, snapshot } from "./rooms.mjs";

const dialog = new Element({ showModal() {} });
const question = new Element();
openPage("en", { confirm: dialog, "confirm-question": question });
const { listeners, markup, press, submit, text } = await import("./lit.mjs");
const { COUNTS, PANELS } = await import("../../static/sittings/panels/index.js");
const { button } = await import("../../static/sittings/button.js");
const { isPresent } = await import("../../static/sittings/presence.js");

const buttons = (drawn) => listeners(drawn, "click").map(({ words }) => words);
const sitting = (changes) => ({ sitting: { ...snapshot().sitting, ...changes } });
const floor = { hand_id: 21, person_id: 2, category: "union", hand_kind: "floor", since: AT, seconds: 120 };

/** Draws a panel, presses a button, and gives back the message that it sent with its data. */
function sentBy(name, given, words) {
  press(PANELS[name](given), words);
  return given.sent.pop().slice(1, 3);
}

describe("button", () => {
  const options = { name: "a", label: "Do it", message: "do.it", data: { id: 1 } };
  const drawn = (act, more = {}) => button({ acts: { of: () => act } }, { ...options, ...more });

  test("says what became of its own act, and of no other under its name", () => {
    const act = { message: "do.it", data: { id: 1 }, status: "refused", detail: "No." };
    assert.equal(text(drawn(act)), "Do it No.");
    assert.equal(text(drawn({ ...act, data: { id: 2 } })), "Do it");
    assert.equal(text(drawn({ ...act, status: "waiting" })), "Do it Not sent: waiting for the connection.");
    assert.equal(text(drawn(act, { noted: false })), "Do it");
    assert.match(markup(drawn({ ...act, status: "sending" })), /aria-busy=true/);
  });

  test("names what it is done to, for those who do not see the page", () => {
    assert.match(markup(drawn(undefined, { about: "Point 2" })), /aria-label=Do it: Point 2/);
  });

  test("asks first, if it has a question", async () => {
    const sent = [];
    const acts = { of: () => undefined, send: (...act) => sent.push(act) };
    const ask = async (answer) => {
      const pressed = press(button({ acts }, { ...options, question: "Sure?" }), "Do it");
      dialog.returnValue = answer;
      dialog.fire("close");
      await pressed;
    };
    await ask("no");
    assert.deepEqual([question.textContent, sent.length], ["Sure?", 0]);
    await ask("yes");
    assert.equal(sent.length, 1);
  });
});

describe("presence", () => {
  const present = (presence, mine) => isPresent(room({ state: snapshot({ presence: { ...snapshot().presence, ...presence } }), mine }));

  test("is by name; of a crowd the reader knows of themselves", () => {
    assert.equal(present({ count: 1, present: [2] }, { present: false }), true);
    assert.equal(present({ count: 1, present: [3] }, { present: true }), false);
    assert.equal(present({ count: 300, present: [3] }, { present: true }), true);
  });
});

describe("now", () => {
  test("before the opening and after the end it says so; the chair opens", () => {
    const convened = room({ state: snapshot(sitting({ state: "convened" })), may: ["open_sitting"] });
    assert.match(text(PANELS.now(convened)), /has not begun yet/);
    assert.deepEqual(buttons(PANELS.now(convened)), ["Open the sitting"]);
    assert.match(text(PANELS.now(room({ state: snapshot(sitting({ state: "cancelled" })) }))), /is cancelled/);
    assert.match(text(PANELS.now(room({ state: snapshot(sitting({ state: "closed" })) }))), /The sitting is closed\. The minutes are written/);
  });

  test("where a quorum is asked for the roll is called, who waits is counted, then the works begin", () => {
    const quorum = { needed: { persons: 3 }, there: { persons: 2 }, met: false };
    const waiting = (changes) => room({
      may: ["call_roll", "open_sitting"],
      state: { ...snapshot(sitting({ state: "convened", ...changes })), presence: { ...snapshot().presence, count: 2, quorum } },
    });
    assert.match(text(PANELS.now(waiting({}))), /Waiting in the room and in the hall: 2/);
    assert.deepEqual(sentBy("now", waiting({}), "Call the roll"), ["sitting.call_roll", { sitting: 7 }]);
    const called = waiting({ roll_called_at: AT });
    assert.match(text(PANELS.now(called)), /roll is being called by Carla Neri.*persons present: 2, at least 3 needed/);
    assert.deepEqual(buttons(PANELS.now(called)), ["Begin the works"]);
  });

  test("before its day a sitting is opened with a reason, and a rehearsal without", () => {
    const starts_at = new Date(Date.now() + 9 * 24 * 3600 * 1000).toISOString();
    const early = (changes) => room({ may: ["open_sitting"], state: snapshot(sitting({ state: "convened", starts_at, ...changes })) });
    const chair = early({});
    assert.match(text(PANELS.now(chair)), /The sitting is convened for .*Why does it begin today\?/);
    submit(PANELS.now(chair), "Open the sitting", { reason: "All are here." });
    assert.deepEqual(chair.sent.pop().slice(1, 3), ["sitting.open", { sitting: 7, early_reason: "All are here." }]);
    assert.deepEqual(buttons(PANELS.now(early({ id: 2 ** 50 }))), ["Open the sitting"]);
  });

  test("the next point is offered while none is under discussion", () => {
    const chair = room({ may: ["start_point"] });
    assert.deepEqual(sentBy("now", chair, "Start point 1: Minutes"), ["agenda.start", { point: 11 }]);
    const current = room({ may: ["start_point"], state: snapshot({ agenda: [point(11, 1, { state: "current", title: "Minutes" })] }) });
    assert.match(text(PANELS.now(current)), /1\. Minutes/);
    assert.deepEqual(buttons(PANELS.now(current)), []);
  });

  test("the speaker ends their own floor, the chair anybody's, with a minute more", () => {
    const state = snapshot({ floor });
    assert.deepEqual(sentBy("now", room({ state }), "I have finished"), ["floor.end", { hand: 21 }]);
    const chair = room({ state, may: ["give_floor", "extend_floor"], mine: { person_id: 1 } });
    assert.deepEqual(sentBy("now", chair, "End the floor"), ["floor.end", { hand: 21 }]);
    assert.deepEqual(sentBy("now", chair, "One more minute"), ["floor.extend", { hand: 21, seconds: 180 }]);
    assert.deepEqual(buttons(PANELS.now(room({ state, mine: { person_id: 3 } }))), []);
  });

  test("a break is said with its reason, and who watches hears that they do", () => {
    const state = snapshot(sitting({ suspended: { since: AT, reason: "Lunch" } }));
    assert.match(text(PANELS.now(room({ state, mine: { person_id: null } }))), /suspended since 10:00( AM)?: Lunch.*watching as a visitor/);
  });

  test("whom the table's rule keeps out is told why", () => {
    const kept = room({ mine: { outside: "organisations", present: false } });
    assert.match(text(PANELS.now(kept)), /Only these attend the sittings of this table/);
  });

  test("a missing quorum is said beside it", () => {
    const quorum = { needed: { persons: 3 }, there: { persons: 1 }, met: false };
    const state = snapshot({ presence: { ...snapshot().presence, quorum } });
    assert.match(text(PANELS.now(room({ state }))), /The quorum is not reached/);
    assert.match(text(PANELS.quorum(room({ state, may: ["verify_quorum"] }))), /persons present: 1, at least 3 needed.*Verify the quorum/);
  });
});

describe("agenda", () => {
  const agenda = [
    point(11, 1, { state: "done", title: "Minutes", spent: 125, minutes_planned: 5 }), point(12, 2, { title: "Transport", minutes_planned: 10 }),
    point(13, 3, { title: "Housing", state: "suspended", spent: 60 }), point(14, 4, { title: "Any other business" }),
  ];
  const chair = () => room({ state: snapshot({ agenda }), may: ["start_point", "move_point", "close_point"] });

  test("says how each point stands, with the time taken of that planned", () => {
    const said = text(PANELS.agenda(room({ state: snapshot({ agenda }) })));
    for (const words of ["Minutes – done, 2 of 5 minutes", "Transport – 10 minutes", "Housing – put aside for later, 1 min"]) assert.ok(said.includes(words), words);
  });

  test("points to come are moved, but for the last, which stays the last", () => {
    assert.deepEqual(buttons(PANELS.agenda(chair())), ["Start", "Move down", "Start", "Move up", "Start"]);
    assert.deepEqual(sentBy("agenda", chair(), "Move down"), ["agenda.move", { point: 12, before: 14 }]);
    assert.deepEqual(sentBy("agenda", chair(), "Move up"), ["agenda.move", { point: 13, before: 12 }]);
  });

  test("its papers and its proposal can be read", () => {
    const papers = [point(11, 1, { title: "Minutes", proposal_id: 5, materials: [{ id: 4, title: "Draft", file_name: "a b.pdf" }] })];
    const drawn = markup(PANELS.agenda(room({ state: snapshot({ agenda: papers }) })));
    assert.match(drawn, /href=\/proposte\/5/);
    assert.match(drawn, /href=\/materiali\/4\/a%20b\.pdf>Draft/);
  });

  test("is empty, or conducted: the current point is finished or put aside", () => {
    assert.equal(text(PANELS.agenda(room({ state: snapshot({ agenda: [] }) }))), "The agenda is empty.");
    const current = snapshot({ agenda: [point(11, 1, { state: "current", running_since: AT })] });
    assert.deepEqual(buttons(PANELS.agenda(room({ state: current, may: ["close_point"] }))), ["Finish", "Put aside"]);
  });
});

describe("hands", () => {
  const three = snapshot({ hands: [hand(21, 2), hand(22, 1), hand(23, 3, { hand_kind: "point_of_order" })] });

  test("those who may ask for the floor, to a point of order, or to reply to the speaker", () => {
    const may = ["raise_hand"];
    assert.deepEqual(buttons(PANELS.hands(room({ may }))), ["Ask for the floor", "Raise a point of order"]);
    const speaking = snapshot({ floor: { ...floor, person_id: 1 } });
    assert.deepEqual(sentBy("hands", room({ may, state: speaking }), "Ask to reply"), ["hand.raise", { sitting: 7, kind: "reply" }]);
    assert.deepEqual(buttons(PANELS.hands(room({ may, state: snapshot({ floor }) }))), []);
  });

  test("one's own hand has a place, and is withdrawn", () => {
    const mine = room({ may: ["raise_hand"], state: three });
    assert.match(text(PANELS.hands(mine)), /Asking for the floor 3 Your place in the list: 2/);
    assert.deepEqual(sentBy("hands", mine, "Withdraw the request"), ["hand.withdraw", { hand: 21 }]);
  });

  test("the chair gives the floor and moves hands among those of their kind", () => {
    const chair = room({ may: ["move_hand", "choose_order"], state: three });
    assert.deepEqual(buttons(PANELS.hands(chair)).slice(0, 5), ["Give the floor", "Give the floor", "Move down", "Give the floor", "Move up"]);
    assert.deepEqual(sentBy("hands", chair, "Move down"), ["hand.move", { hand: 21, before: null }]);
    assert.deepEqual(sentBy("hands", chair, "to one category"), ["speakers.order", { sitting: 7, ordering: "alternate" }]);
    assert.deepEqual(sentBy("hands", chair, "5 minutes"), ["speakers.limit", { sitting: 7, seconds: 300 }]);
  });

  const spentUnion = { quotas: { union: 60 }, spoken: { persons: {}, categories: { union: 60 }, points: {} } };

  test("who has used up the time of their group comes last, with the reason", () => {
    const hands = [hand(21, 2), hand(22, 1, { category: "citizen" })];
    const speakers = { ...snapshot().speakers, ...spentUnion };
    const chair = room({ may: ["move_hand", "give_floor"], state: snapshot({ hands, speakers }) });
    const drawn = PANELS.hands(chair);
    assert.match(text(drawn), /Carla Neri.*Anna Bianchi.*after the others: Trade unions has used up its time/);
    assert.deepEqual(buttons(drawn), ["Give the floor", "Give the floor"]);
    assert.match(text(PANELS.shares(chair)), /The time is for the whole sitting Trade unions used up \(1:00\)/);
  });

  test("the chair sets the time of each group that is here, in minutes", () => {
    const state = snapshot({ presence: { ...snapshot().presence, by_category: { citizen: 2, union: 1 } } });
    const chair = room({ may: ["move_hand", "choose_order"], state });
    submit(PANELS.hands(chair), "Set the time of each group", { citizen: "", union: "1.5", scope: "point" });
    assert.deepEqual(chair.sent.pop().slice(1, 3), ["speakers.quotas", { sitting: 7, quotas: { union: 90 }, quota_scope: "point" }]);
  });

  test("a hand that is dropped on another takes its place", () => {
    const chair = room({ may: ["move_hand"], state: snapshot({ hands: [hand(21, 2), hand(22, 1), hand(23, 3)] }) });
    const [first, , last] = listeners(PANELS.hands(chair), "drop");
    const drop = ({ hear }, dragged) => {
      hear({ preventDefault() {}, dataTransfer: { getData: () => dragged } });
      return chair.sent.pop()?.slice(1);
    };
    assert.deepEqual(drop(first, "23"), ["hand.move", { hand: 23, before: 21 }]);
    assert.deepEqual(drop(last, "21"), ["hand.move", { hand: 21, before: null }]);
    assert.equal(drop(first, "21"), undefined);
    assert.equal(drop(first, "99"), undefined);
  });
});

describe("questions", () => {
  const shown = (id, changes) => ({ id, person_id: 1, body: `Question ${id}?`, state: "shown", answer: null, upvotes: 0, ...changes });
  const questions = [shown(1, { state: "answered", upvotes: 9, answer: "Yes." }), shown(2, { upvotes: 1 }), shown(3, { upvotes: 4, person_id: 2 })];
  const state = snapshot({ questions });

  test("stand by how many wish for an answer, those with one last", () => {
    const said = text(PANELS.questions(room({ state })));
    assert.deepEqual(said.match(/Question \d/g), ["Question 3", "Question 2", "Question 1"]);
    assert.match(said, /Answer: Yes\./);
  });

  test("others' are upvoted, and no longer", () => {
    assert.deepEqual(buttons(PANELS.questions(room({ state }))), ["I would like an answer too"]);
    assert.deepEqual(sentBy("questions", room({ state }), "I would like"), ["question.upvote", { question: 2 }]);
    assert.deepEqual(sentBy("questions", room({ state, ownQuestions: { asked: [], upvoted: [2] } }), "I no longer"), ["question.downvote", { question: 2 }]);
  });

  test("the chair answers, hides with a reason, shows and merges", () => {
    const ownQuestions = { asked: [], upvoted: [], moderated: [{ id: 8, body: "Waiting?", state: "waiting", reason: null }] };
    const chair = room({ state: snapshot({ questions: [questions[1]] }), may: ["answer_question"], ownQuestions });
    assert.deepEqual(COUNTS.questions(chair), { count: 1, waits: 1 });
    const drawn = PANELS.questions(chair);
    submit(drawn, "Written answer", { answer: "Soon." });
    assert.deepEqual(chair.sent.pop().slice(0, 3), ["answer-2", "question.answer", { question: 2, answer: "Soon." }]);
    submit(drawn, "Asks the same as", { into: "2" });
    assert.deepEqual(chair.sent.pop().slice(1, 3), ["question.merge", { question: 8, into: 2 }]);
    assert.deepEqual(sentBy("questions", chair, "Answered now"), ["question.answer", { question: 2, answer: null }]);
    assert.deepEqual(sentBy("questions", chair, "Show"), ["question.show", { question: 8 }]);
  });

  test("one's own that are not shown say why", () => {
    const ownQuestions = { asked: [{ id: 5, body: "Mine?", state: "hidden", reason: "Off topic" }], upvoted: [] };
    assert.match(text(PANELS.questions(room({ ownQuestions }))), /Your question is not shown: Mine\? Reason: Off topic/);
  });
});

describe("record", () => {
  const statement = (id, person_id, changes) => ({ id, kind: "vote", person_id, point_id: null, poll_id: null, body: `Words ${id}`, ...changes });
  const state = snapshot({ record: { statements: [statement(3, 1, { poll_id: 31 }), statement(2, 2)], count: 40, hidden: 0, commitments: [] }, polls: [poll()] });

  test("shows others' statements, one's own apart, and how many more there are", () => {
    const ownRecord = { own: [{ ...statement(2, 2), state: "made" }], hidden: [], organisations: [], phrases: [] };
    const drawn = PANELS.record(room({ state, ownRecord }));
    assert.match(text(drawn), /Your statements.*Words 2.*Statement of vote: Do we agree\?.*Words 3.*38 earlier ones/);
    assert.deepEqual(buttons(drawn), ["Withdraw"]);
  });

  test("the chair leaves words out, with a reason, and lets them stand again", () => {
    const ownRecord = { own: [], hidden: [{ ...statement(9, 1), state: "hidden", reason: "Names" }], organisations: [], phrases: [] };
    const chair = room({ state, ownRecord, may: ["hide_statement"] });
    submit(PANELS.record(chair), "Leave the words out", { reason: "Names" });
    assert.deepEqual(chair.sent.pop().slice(1, 3), ["statement.hide", { statement: 3, reason: "Names" }]);
    assert.deepEqual(sentBy("record", chair, "Let the words stand"), ["statement.show", { statement: 9 }]);
  });
});

describe("commitments", () => {
  const commitment = { id: 4, point_id: null, body: "Send the map", person_id: null, organisation_id: 5, organisation: "Beta", due_on: "2026-12-01" };
  const state = snapshot({ record: { ...snapshot().record, commitments: [commitment] } });

  test("say by whom and until when", () => {
    assert.match(text(PANELS.commitments(room({ state }))), /Send the map Beta, by (December 1|1 December),? 2026/);
    assert.deepEqual(COUNTS.commitments(room({ state })), { count: 1 });
  });

  test("the chair takes one down, of a person or an organisation, revises and strikes out", () => {
    const ownRecord = { own: [], hidden: [], organisations: [{ id: 6, name: "Gamma" }], phrases: [] };
    const chair = room({ state, ownRecord, may: ["make_commitment"] });
    const drawn = PANELS.commitments(chair);
    assert.match(text(drawn), /Choose Carla Neri Anna Bianchi, Sindacato Alfa Gamma Beta/);
    submit(drawn, "Take down a commitment", { body: "Ask", owner: "person-2", due_on: "2026-12-02" });
    assert.deepEqual(chair.sent.pop().slice(1, 3), ["commitment.make", { sitting: 7, person: 2, body: "Ask", due_on: "2026-12-02" }]);
    submit(drawn, "Save the commitment", { body: "Send", owner: "", due_on: "2026-12-02" });
    assert.deepEqual(chair.sent.pop().slice(1, 3), ["commitment.revise", { commitment: 4, body: "Send", due_on: "2026-12-02" }]);
  });
});

describe("present, shares, sitting and video", () => {
  test("of a crowd some are named and the others counted", () => {
    const state = snapshot({ presence: { count: 12, present: [2], by_category: { citizen: 2, union: 10 }, quorum: null } });
    assert.match(text(PANELS.present(room({ state }))), /Trade unions 10 Citizens 2 By name Anna Bianchi, Sindacato Alfa And 11 more/);
    assert.deepEqual(COUNTS.present(room({ state })), { count: 12 });
  });

  test("the time spoken is shared among categories, the most first", () => {
    const spoken = { persons: {}, categories: { citizen: 30, union: 90 } };
    const state = snapshot({ speakers: { ...snapshot().speakers, spoken } });
    assert.equal(text(PANELS.shares(room({ state }))), "Time spoken 2:00 Trade unions 1:30 Citizens 0:30");
    assert.equal(text(PANELS.shares(room())), "");
  });

  test("who is present leaves, or goes on in this window alone; the chair closes", () => {
    assert.deepEqual(buttons(PANELS.sitting(room())), ["Leave the sitting", "Go on only in this window"]);
    const chair = room({ may: ["close_sitting"], state: snapshot({ presence: { ...snapshot().presence, present: [] } }), mine: { present: false } });
    assert.match(text(PANELS.sitting(chair)), /Close the sitting .*Close the sitting now/);
    const done = [point(11, 1, { state: "done" }), point(12, 2, { state: "postponed" })];
    const ended = room({ may: ["close_sitting"], state: snapshot({ agenda: done }), mine: { person_id: 1 } });
    assert.deepEqual(buttons(PANELS.sitting(ended)), ["Close the sitting"]);
  });

  test("the closing names what is left, and asks what becomes of each", () => {
    const state = snapshot({
      agenda: [point(11, 1, { state: "done" }), point(12, 2, { title: "Transport" })],
      polls: [poll()], hands: [hand(21, 2)], questions: [{ id: 5, person_id: 2, body: "?", state: "shown", answer: null, upvotes: 0 }],
    });
    const chair = room({ may: ["close_sitting"], state });
    const drawn = PANELS.sitting(chair);
    assert.match(text(drawn), /2\. Transport.*A poll is open.*Asking for the floor: 1\. The requests lapse.*without an answer: 1/);
    submit(drawn, "Close the sitting now", { postponed: ["12"], count_poll: "yes" });
    assert.deepEqual(chair.sent.pop().slice(1, 3), ["sitting.close", { sitting: 7, count_poll: true, postponed: [12] }]);
  });

  test("the video is a frame of this site, until the sitting is closed", () => {
    const video_url = "https://meet.example/";
    assert.match(markup(PANELS.video(room({ state: snapshot(sitting({ video_url })) }))), /src=\/video/);
    assert.equal(markup(PANELS.video(room({ state: snapshot(sitting({ video_url, state: "closed" })) }))), "");
    assert.equal(markup(PANELS.video(room())), "");
  });
});
