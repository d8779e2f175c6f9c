// Polls as the room shows them: how each kind is voted in, what was voted, how it ended.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Element, openPage } from "./page.mjs";
import { poll, room, snapshot } from "./rooms.mjs";

const votes = new Element({ value: "4" });
openPage("en", { "room-votes": votes });
const { listeners, markup, press, text } = await import("./lit.mjs");
const { KINDS } = await import("../../static/sittings/panels/polls/index.js");
const { pollPanel } = await import("../../static/sittings/panels/poll.js");
const { result } = await import("../../static/sittings/chronicle.js");

const OPTIONS = ["By day", "By night", "Never"];
const of = (kind, changes = {}) => poll({ poll_kind: kind, options: OPTIONS, ...changes, rules: { ...poll().rules, most: 2, grades: 3, ...changes.rules } });
const voter = (open, mine = {}) => room({ may: ["cast_ballot"], state: snapshot({ polls: [open] }), mine });
const buttons = (drawn) => listeners(drawn, "click").map(({ words }) => words);

/** A form in which boxes are ticked, or values chosen in lists. */
class Filled extends Element {
  constructor({ ticked = [], chosen = [] }) {
    super();
    this.put("input:checked", ...ticked.map((value) => ({ value })));
    this.put("select[data-rank]", ...chosen.map((value, index) => ({ dataset: { rank: String(index + 1) }, value })));
    this.put("select", { value: "no" });
  }
}

function cast(open, filled) {
  const given = voter(open);
  const [{ hear }] = listeners(pollPanel(given), "submit");
  hear({ preventDefault() {}, target: new Filled(filled) });
  return given.sent.pop()?.[2];
}

describe("voting", () => {
  test("every kind that the server knows has a module here", () => {
    const { poll_words } = JSON.parse(globalThis.document.getElementById("words").textContent);
    assert.deepEqual(Object.keys(KINDS).sort(), Object.keys(poll_words).sort(), "a line in panels/polls/index.js");
  });
  test("by one press: yes, no, abstain; four levels of consensus", () => {
    const given = voter(poll());
    assert.deepEqual(buttons(pollPanel(given)), ["I am in favour", "I am against", "I abstain"]);
    press(pollPanel(given), "I am against");
    assert.deepEqual(given.sent.pop().slice(0, 3), ["ballot", "ballot.cast", { poll: 31, choice: "no" }]);
    assert.equal(buttons(pollPanel(voter(poll({ poll_kind: "consensus" })))).length, 4);
  });

  test("by proxy: with one press for all, or otherwise", () => {
    const proxies = [{ id: 5, name: "Piera Rossi", organisation_id: null, ballots: {} }];
    const given = voter(poll(), { proxies });
    const chosen = [];
    given.voteOtherwise = (...what) => chosen.push(what);
    assert.match(text(pollPanel(given)), /You also vote by proxy for: Piera Rossi/);
    const drawn = pollPanel(given);
    listeners(drawn, "click").filter(({ words }) => words === "I am against")[1].hear();
    assert.deepEqual(chosen, [[31, 5, "no"]]);
    given.mine.otherwise = { 31: { 5: "no" } };
    listeners(pollPanel(given), "click").find(({ words }) => words === "I am in favour").hear();
    assert.deepEqual(given.sent.pop()[2], { poll: 31, choice: "yes", by_proxy: { 5: "no" } });
  });

  test("by proxy alone, where one has no vote; not for an organisation that is not entitled", () => {
    const open = poll({ organisations: { 9: 1 }, rules: { ...poll().rules, franchise: "organisations" } });
    const standing = { organisation_id: null, persons: null, organisations: "no_organisation", opinion: null };
    const held = (organisation_id) => [{ id: 5, name: "Piera Rossi", organisation_id, ballots: { 31: "yes" } }];
    const alone = text(pollPanel(voter(open, { standing, proxies: held(9) })));
    assert.match(alone, /You vote by proxy for: Piera Rossi.*Voted by proxy for Piera Rossi: I am in favour/);
    assert.deepEqual(buttons(pollPanel(voter(open, { standing, proxies: held(8) }))), []);
    const final = { ...open, rules: { ...open.rules, changeable: false, secret: true } };
    assert.deepEqual(buttons(pollPanel(voter(final, { standing, proxies: held(9) }))), [], "neither a vote nor a receipt");
  });

  test("an annulled poll says why, and neither result nor receipts", () => {
    const secret = { ...poll().rules, secret: true };
    const annulled = poll({ state: "annulled", annulled_because: "key_lost", rules: secret });
    const said = text(pollPanel(voter(annulled)));
    assert.match(said, /Poll annulled: the key of its sealed ballots was lost/);
    assert.doesNotMatch(said, /[Cc]arried|receipts|In favour/);
    const later = room({ state: snapshot({ polls: [annulled, poll({ id: 32 })] }), may: ["cast_ballot"] });
    assert.match(text(pollPanel(later)), /Earlier polls: 1.*Poll annulled/);
  });

  test("for one option, or blank", () => {
    assert.deepEqual(cast(of("single_choice"), { ticked: ["2"] }), { poll: 31, choice: "2" });
    const given = voter(of("single_choice"));
    press(pollPanel(given), "Blank ballot");
    assert.deepEqual(given.sent.pop()[2], { poll: 31, choice: "blank" });
  });

  test("for several", () => {
    assert.deepEqual(cast(of("multiple_choice"), { ticked: ["1", "3"] }).choice, "1,3");
    assert.match(text(pollPanel(voter(of("multiple_choice")))), /Choose from 1 to 2 options/);
  });

  test("with a grade for each, as far as they were given", () => {
    assert.equal(cast(of("rating"), { chosen: ["3", "", "1"] }).choice, "1=3,3=1");
  });

  test("in order of preference; two on one place are no order", () => {
    assert.equal(cast(of("ranked_choice"), { chosen: ["2", "1", ""] }).choice, "2>1");
    assert.equal(cast(of("ranked_choice"), { chosen: ["10", "9", "2"] }).choice, "3>2>1");
    assert.equal(cast(of("ranked_choice"), { chosen: ["1", "1", ""] }).choice, "");
  });

  test("what was chosen is in the form again", () => {
    const chosen = (kind, choice) => markup(pollPanel(voter(of(kind), { ballots: { 31: choice } })));
    assert.match(chosen("multiple_choice", "1,3"), /value=1 \?checked=true.*value=2 \?checked=false.*value=3 \?checked=true/s);
    assert.match(chosen("ranked_choice", "3>1"), /data-rank=1>.*value=2\s+\?selected=true.*data-rank=2>.*value=\s+\?selected=/s);
    assert.match(chosen("rating", "1=3,2=1,3=2"), /data-rank=1>.*value=3\s+\?selected=true/s);
  });

  test("only those who are present with an account", () => {
    assert.match(text(pollPanel(room({ state: snapshot({ polls: [poll()] }) }))), /Those who are present with an account can vote/);
  });
});

describe("what was voted", () => {
  const said = (kind, choice) => KINDS[kind].said(of(kind), choice);

  test("is said as it was offered", () => {
    assert.equal(said("yes_no_abstain", "yes"), "I am in favour");
    assert.equal(said("single_choice", "2"), "By night");
    assert.equal(said("multiple_choice", "1,3"), "By day, Never");
    assert.equal(said("rating", "1=3,3=1"), "By day: 3, Never: 1");
    assert.equal(said("ranked_choice", "3>1"), "1. Never, 2. By day");
    for (const kind of Object.keys(KINDS)) assert.equal(said(kind, "blank"), "Blank ballot", kind);
  });

  test("is acknowledged, and can be changed or not", () => {
    assert.match(text(pollPanel(voter(poll(), { ballots: { 31: "yes" } }))), /Vote recorded: I am in favour\. It can be changed/);
    const final = poll({ rules: { ...poll().rules, changeable: false } });
    const drawn = pollPanel(voter(final, { ballots: { 31: "yes" } }));
    assert.match(text(drawn), /It cannot be changed\./);
    assert.deepEqual(buttons(drawn), []);
  });
});

describe("a secret poll", () => {
  const secret = () => poll({ rules: { ...poll().rules, secret: true } });
  beforeEach(() => { sessionStorage.removeItem("receipts:2"); });

  test("shows the receipt that the voter asks for, in this window, to nobody else", () => {
    const given = voter(secret(), { ballots: { 31: null } });
    press(pollPanel(given), "Show my receipt");
    const [, message, data, done] = given.sent.pop();
    assert.deepEqual([message, data], ["ballot.receipt", { poll: 31 }]);
    done({ receipt: "abcd" });
    assert.match(text(pollPanel(given)), /Your vote is sealed.*Your receipt: abcd Copy it before/);
    const other = voter(secret(), { ballots: { 31: null }, person_id: 3 });
    other.state.presence.present.push(3);
    assert.doesNotMatch(text(pollPanel(other)), /abcd/);
    assert.doesNotMatch(text(pollPanel(given)), /abcd/);
  });

  test("once it is closed the receipts can be checked", () => {
    const closed = { ...secret(), state: "closed", tally: { yes: 1 }, carried: true, grounds: "majority", cast: 1 };
    assert.match(markup(pollPanel(voter(closed))), /href=\/votazioni\/31\/ricevute/);
  });
});

describe("the chair", () => {
  test("enters the votes of the room, word by word or as a ballot", () => {
    const chair = room({ may: ["count_in_room"], state: snapshot({ polls: [poll()] }), mine: { room_votes: { yes: 3 } } });
    const drawn = pollPanel(chair);
    assert.match(text(drawn), /I am in favour 3/);
    listeners(drawn, "submit")[0].hear({ preventDefault() {}, target: new Filled({}) });
    const counted = [];
    assert.deepEqual(chair.sent[0].slice(0, 3), ["room-votes", "poll.count_room", { poll: 31, choice: "no", votes: 4 }]);
    chair.noteRoomVotes = (given) => counted.push(given);
    chair.sent.pop()[3]({ room_votes: { no: 4 } });
    assert.deepEqual(counted, [{ no: 4 }]);
  });
});

describe("how it ended", () => {
  const ended = (kind, tally, changes = {}) => of(kind, { state: "closed", tally, carried: true, grounds: "majority", cast: 6, electorate: 8, entitled: 9, ...changes });
  const said = (closed) => text(pollPanel(room({ state: snapshot({ polls: [closed] }) })));

  test("is said with its reason, its counts and its electorate", () => {
    assert.match(said(ended("yes_no_abstain", { no: 2, yes: 4 }, { options: [] })), /Carried\. More votes in favour than against\. Votes in favour 4 Votes against 2 6 of the 9 persons entitled have voted; present: 8\./);
  });

  test("of grades shows points and mean", () => {
    const tally = { 1: 5, "1=1": 0, "1=2": 1, "1=3": 1, 2: 2, "2=1": 2, "2=2": 0, "2=3": 0, 3: 0, "3=1": 0, "3=2": 0, "3=3": 0, blank: 1 };
    assert.match(said(ended("rating", tally)), /By day 0 1 1 5 2\.5 By night 2 0 0 2 1 Never 0 0 0 0 0 Blank ballot: 1/);
  });

  test("of preferences shows each round", () => {
    const tally = { "1/1": 2, "1/2": 3, "1/3": 1, "1/exhausted": 0, "2/1": 3, "2/2": 3, "2/exhausted": 0, blank: 1 };
    assert.match(said(ended("ranked_choice", tally)), /Round 1 Round 2 By day 2 3 By night 3 3 Never 1 – Exhausted ballots 0 0 Blank ballots: 1/);
  });

  test("of options is a choice, and never carried", () => {
    const chosen = said(ended("single_choice", { 1: 1, 2: 4, blank: 0 }, { grounds: "most_votes", numbers: { votes: 4 }, winners: [2] }));
    assert.match(chosen, /Simple majority The most votes, 4: By night\. By day 1/);
    assert.doesNotMatch(chosen, /Carried/);
    const tied = ended("single_choice", { 1: 4, 2: 4 }, { carried: false, grounds: "options_tie", numbers: { votes: 4 }, winners: [1, 2] });
    assert.match(said(tied), /No choice\. Tied with 4 votes each/);
  });

  test("of an opinion poll is the counts under a heading of its own", () => {
    const asked = ended("yes_no_abstain", { no: 2, yes: 4 }, { options: [], effect: "consultative", carried: null, grounds: "consultative" });
    const words = said(asked);
    assert.match(words, /^Opinion poll It gathers opinions and decides nothing\./);
    assert.doesNotMatch(words, /Carried|majority/);
  });

  test("of an open poll leads to the names, that of a secret one to its receipts", () => {
    const closed = ended("yes_no_abstain", { yes: 4 }, { options: [] });
    assert.match(said(closed), /Who voted what, by name$/);
    assert.match(said({ ...closed, rules: { ...closed.rules, secret: true } }), /Check the receipts of this poll$/);
  });

  test("can be annulled by the chair with a reason, while the sitting is open", () => {
    const closed = ended("yes_no_abstain", { yes: 4 }, { options: [] });
    const panel = (state, may) => text(pollPanel(room({ may, state })));
    const { sitting } = snapshot();
    assert.match(panel(snapshot({ polls: [closed] }), ["annul_poll"]), /Annul the poll Reason, which everybody reads/);
    assert.doesNotMatch(panel(snapshot({ polls: [closed] }), ["close_poll"]), /Annul/);
    assert.doesNotMatch(panel(snapshot({ polls: [closed], sitting: { ...sitting, state: "closed" } }), ["annul_poll"]), /Annul/);
    const annulled = { ...closed, state: "annulled", annulled_because: "by_chair", explanation: "Another text." };
    const words = panel(snapshot({ polls: [annulled] }), ["annul_poll"]);
    assert.match(words, /Poll annulled by the chair\. Reason: Another text\./);
    assert.doesNotMatch(words, /Annul the poll|Votes in favour/);
  });

  test("of earlier polls is one sentence", () => {
    const state = snapshot({ polls: [ended("yes_no_abstain", { yes: 4 }, { id: 30, options: [] }), poll()] });
    assert.match(text(pollPanel(room({ state }))), /Earlier polls: 1 Do we agree\? Carried: More votes in favour/);
    assert.match(result(state, { ...state.polls[0], poll_id: 30 }), /^Carried: .* present with a vote: 8\.$/);
  });

  test("the rules are said in one line", () => {
    const strict = poll({ rules: { ...poll().rules, secret: true, majority: "absolute", majority_of: "entitled", quorum: 5 } });
    assert.match(said(strict), /Secret poll · Every person has a vote · Absolute majority of those entitled · quorum: 5 votes/);
  });
});

test("the form of a ballot says which poll it is for", () => {
  assert.match(markup(pollPanel(voter(of("single_choice")))), /<legend class="visually-hidden">Do we agree\?<\/legend>/);
});
