// The forms of the room, which stand outside of what is drawn anew: what is typed is never lost.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Element, openPage } from "./page.mjs";
import { poll, room, snapshot } from "./rooms.mjs";

class Form extends Element {
  constructor(fields) {
    super();
    this.elements = Object.assign(Object.entries(fields).map(([name, value]) => field(name, value)), { namedItem(name) { return this[name]; } });
    for (const one of this.elements) this.elements[one.name] = one;
  }

  get fields() {
    return Object.fromEntries(this.elements.map(({ name, value }) => [name, value]));
  }
}

function field(name, value) {
  return { name, ...(typeof value === "boolean" ? { checked: value } : { value }), closest: () => null };
}

const QUESTION = {
  question: "Do we agree?", effect: "binding", poll_kind: "yes_no_abstain", franchise: "persons", majority: "simple", majority_of: "voters",
  quorum_of: "number", quorum: "0", least: "", most: "", grades: "", options: "", entitled: "", secret: false, changeable: true, live: false,
};
const forms = { text: new Form({ body: "" }), poll: new Form({ ...QUESTION, "weight-5": "3", "weight-6": "" }) };
const section = (form) => new Element().put("form", form).put("[data-note]", new Element());
const sections = { text: section(forms.text), poll: section(forms.poll) };
const fold = new Element({ open: true, contains: () => false });
sections.poll.closest = () => fold;
const select = new Element();
const document = openPage("en", { "panel-question": sections.text, "panel-ask": sections.poll, "statement-poll": select });
const { pollForm } = await import("../../static/sittings/poll_form.js");
const { offerPolls } = await import("../../static/sittings/statement.js");
const { textForm } = await import("../../static/sittings/text_form.js");

const sent = [];
const acts = { of: () => acts.last, send: (...act) => sent.push(act) };
const note = (name) => sections[name].querySelector("[data-note]").text;

describe("a form for a text", () => {
  let taken = 0;
  const show = textForm(acts, "panel-question", {
    message: "question.ask", data: () => ({ sitting: 7 }), done: () => { taken += 1; }, shown: ({ mine }) => mine.may.includes("ask_question"),
  });
  const [body] = forms.text.elements;

  test("is shown to those who may", () => {
    show(room());
    assert.equal(sections.text.hidden, true);
    show(room({ may: ["ask_question"] }));
    assert.equal(sections.text.hidden, false);
  });

  test("sends what was typed, and is emptied once it has been taken", () => {
    body.value = "When?";
    forms.text.fire("submit");
    const [name, message, data, done] = sent.pop();
    assert.deepEqual([name, message, data], ["panel-question", "question.ask", { sitting: 7, body: "When?" }]);
    assert.equal(body.value, "When?");
    done();
    assert.deepEqual([body.value, taken], ["", 1]);
  });

  test("keeps what was typed after it had been sent", () => {
    body.value = "When?";
    forms.text.fire("submit");
    body.value = "When, and where?";
    sent.pop()[3]();
    assert.equal(body.value, "When, and where?");
  });

  test("says what was wrong with the field, or why nothing was sent", () => {
    acts.last = { status: "refused", detail: "Invalid.", fields: { body: ["Write something."] } };
    show(room());
    assert.equal(note("text"), "Write something.");
    acts.last = { status: "refused", detail: "Not now." };
    show(room());
    assert.equal(note("text"), "Not now.");
    acts.last = { status: "waiting" };
    show(room());
    assert.equal(note("text"), "Not sent: waiting for the connection.");
    acts.last = undefined;
    show(room());
    assert.equal(note("text"), "");
  });

  test("is not wired on a page without it", () => {
    assert.doesNotThrow(() => textForm(acts, "panel-nowhere", {})(room()));
  });
});

describe("the form for a poll", () => {
  const parts = [new Element({ dataset: { for: "single_choice rating" } }), new Element({ dataset: { for: "weights" } })];
  forms.poll.put("[data-for]", ...parts);
  const show = pollForm(acts, 7);
  const fields = forms.poll.elements;

  test("is for the chair of a sitting that is open and goes on", () => {
    const chair = (state) => show(room({ may: ["open_poll"], state })) ?? sections.poll.hidden;
    const { sitting } = snapshot();
    assert.equal(chair(snapshot()), false);
    assert.equal(chair(snapshot({ sitting: { ...sitting, state: "closed" } })), true);
    assert.equal(chair(snapshot({ sitting: { ...sitting, suspended: { since: "", reason: "" } } })), true);
    show(room());
    assert.equal(sections.poll.hidden, true);
  });

  test("shows the fields that the kind of poll and its voters call for", () => {
    const hidden = () => parts.map((one) => one.hidden);
    assert.deepEqual(hidden(), [true, true]);
    fields.poll_kind.value = "rating";
    forms.poll.fire("change");
    assert.deepEqual(hidden(), [false, true]);
    fields.franchise.value = "weights";
    forms.poll.fire("change");
    assert.deepEqual(hidden(), [false, false]);
  });

  test("sends what is filled in: options line by line, weights by organisation", () => {
    fields.options.value = " By day \n\nBy night\n";
    fields.grades.value = "5";
    forms.poll.fire("submit");
    const [name, message, data] = sent.at(-1);
    assert.deepEqual([name, message], ["ask", "poll.open"]);
    const { question, effect, poll_kind, franchise, majority, majority_of, quorum, quorum_of, secret, changeable, live } = { ...QUESTION, poll_kind: "rating", franchise: "weights" };
    assert.deepEqual(data, {
      sitting: 7, question, effect, poll_kind, franchise, majority, majority_of, quorum, quorum_of, secret, changeable, live,
      grades: "5", options: ["By day", "By night"], weights: { 5: "3" },
    });
  });

  test("once it is open the question and the options are emptied, unless they are others by now", () => {
    const done = sent.at(-1)[3];
    fields.question.value = "And next?";
    done();
    assert.deepEqual([fields.question.value, fold.open], ["And next?", true]);
    fields.question.value = QUESTION.question;
    fields.options.value = "By day\nBy night\nNever";
    done();
    assert.equal(fold.open, false);
    assert.deepEqual([fields.question.value, fields.options.value], ["", "By day\nBy night\nNever"]);
    fields.options.value = "By day\nBy night";
    done();
    assert.equal(fields.options.value, "");
  });

  test("what makes a poll secret or of opinions alone is chosen anew for the next", () => {
    fields.secret.checked = true;
    fields.effect.value = "consultative";
    forms.poll.fire("submit");
    sent.at(-1)[3]();
    assert.deepEqual([fields.secret.checked, fields.effect.value], [false, "binding"]);
  });

  test("the question begins with the title of the point at hand; what was typed stays", () => {
    const at = (title) => show(room({ may: ["open_poll"], state: snapshot({ agenda: [{ id: 1, rank: 1, title, state: "current" }] }) }));
    fields.question.value = "";
    at("Transport");
    assert.equal(fields.question.value, "Transport");
    fields.question.value = "";
    at("Transport");
    assert.equal(fields.question.value, "");
    at("Housing");
    assert.equal(fields.question.value, "Housing");
    fields.question.value = "Do we agree on housing?";
    at("Work");
    assert.equal(fields.question.value, "Do we agree on housing?");
  });

  test("fields that are not shown are not sent", () => {
    for (const one of fields) one.closest = () => ({});
    fields.options.value = "By day\nBy night";
    forms.poll.fire("submit");
    const { options, grades, weights } = sent.at(-1)[2];
    assert.deepEqual([options, grades, weights], [undefined, undefined, {}]);
  });
});

test("a statement can be about the polls in which one has voted, the latest first", () => {
  const polls = [poll({ id: 1, question: "First?" }), poll({ id: 2, question: "Second?" }), poll({ id: 3, question: "Third?" })];
  offerPolls({ state: snapshot({ polls }), mine: { ballots: { 1: "yes", 2: null } } });
  assert.equal(select.text, "Note to the record Statement of vote: Second? Statement of vote: First?");
  assert.equal(document.getElementById("statement-poll"), select);
});
