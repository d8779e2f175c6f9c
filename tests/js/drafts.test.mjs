// What is typed into long forms: put back for the person who typed it, until it was sent and taken.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Element, openPage, Store } from "./page.mjs";

openPage();
globalThis.window = new Element({ setTimeout: (...given) => setTimeout(...given) });
mock.timers.enable({ apis: ["setTimeout"] });
const { forgetDrafts, keepDrafts } = await import("../../static/js/drafts.js");

const DAY = 24 * 3_600_000;
let storage;
let now;

/** Opens the page of a form for a person; gives back its parts. */
function open({ person = "7", name = "proposal.new", done = [], back = false, body = "" } = {}) {
  globalThis.window = new Element({ setTimeout: (...given) => setTimeout(...given) });
  const first = { title: "", body };
  const fields = {
    token: { name: "csrf_token", type: "hidden", value: "secret" },
    title: { name: "title", type: "text", value: "" },
    body: { name: "body", type: "textarea", value: body, focus() {} },
    need: { name: "need_ids", type: "checkbox", value: "4", checked: false },
    file: { name: "files", type: "file", value: "C:\\pianta.pdf" },
  };
  const [note, drop] = [new Element({ hidden: true }), new Element()];
  fields.title.focus = () => { fields.title.focused = true; };
  const form = new Element({
    dataset: { draft: name },
    elements: Object.values(fields),
    reset() { for (const [key, value] of Object.entries(first)) fields[key].value = value; },
  });
  form.put("[data-draft-note]", note).put("[data-draft-drop]", drop);
  if (back) form.put("[aria-invalid]", new Element());
  const page = new Element({ body: { dataset: person ? { person } : {} } });
  page.put("form[data-draft]", form);
  page.put("[data-draft-done]", ...done.map((draftDone) => new Element({ dataset: { draftDone } })));
  keepDrafts(page, storage, () => now);
  return { ...fields, form, note, drop };
}

function type(opened, text) {
  opened.body.value = text;
  opened.form.fire("input");
  mock.timers.tick(400);
}

beforeEach(() => {
  storage = new Store();
  now = 100 * DAY;
});

test("what was typed and chosen is there again after a reload, and the reader is told", () => {
  const first = open();
  first.need.checked = true;
  type(first, "Uno sportello.");
  const second = open();
  assert.deepEqual([second.body.value, second.need.checked, second.note.hidden], ["Uno sportello.", true, false]);
});

test("nothing is kept of hidden fields and of files", () => {
  type(open(), "Uno sportello.");
  assert.doesNotMatch(JSON.stringify(storage), /secret|pianta/);
});

test("who leaves within the pause loses nothing", () => {
  const first = open();
  first.body.value = "Uno sportello.";
  first.form.fire("input");
  globalThis.window.fire("pagehide");
  assert.equal(open().body.value, "Uno sportello.");
});

test("what was sent in vain is put back; what was taken is not", () => {
  const first = open();
  first.body.value = "Uno sportello.";
  first.form.fire("submit");
  assert.equal(open().body.value, "Uno sportello.");
  assert.equal(open({ done: ["proposal.new"] }).body.value, "");
  assert.equal(open().body.value, "");
});

test("a form that comes back with its errors shows what the server had, and keeps that", () => {
  type(open(), "Prima.");
  const again = open({ back: true, body: "Poi." });
  assert.deepEqual([again.body.value, again.note.hidden], ["Poi.", true]);
  again.form.fire("submit");
  assert.equal(open().body.value, "Poi.");
});

test("what was put back can be thrown away", () => {
  type(open(), "Uno sportello.");
  const second = open();
  second.drop.fire("click");
  assert.deepEqual([second.body.value, second.note.hidden, second.title.focused], ["", true, true]);
  assert.equal(open().body.value, "");
});

test("each form has its own, and another person finds nothing", () => {
  type(open(), "Uno sportello.");
  assert.equal(open({ name: "comment.of.3" }).body.value, "");
  assert.equal(open({ person: "" }).body.value, "");
  assert.equal(open({ person: "8" }).body.value, "");
  assert.equal(open().body.value, "");
});

test("a text that is typed away again, or a month old, is forgotten", () => {
  const first = open();
  type(first, "Uno sportello.");
  type(first, "");
  assert.deepEqual(Object.keys(storage), []);
  type(open(), "Uno sportello.");
  now += 31 * DAY;
  assert.equal(open().body.value, "");
});

test("signing out forgets all texts, those of the plan's editor too, and nothing else", () => {
  type(open(), "Uno sportello.");
  storage.setItem("plan.block.9", "{}");
  storage.setItem("theme", "dark");
  forgetDrafts(storage);
  assert.deepEqual(Object.keys(storage), ["theme"]);
});

test("a store that is full or switched off does not break the form", () => {
  storage.setItem = () => { throw new Error("full"); };
  const first = open();
  type(first, "Uno sportello.");
  assert.equal(first.body.value, "Uno sportello.");
  storage["draft:7:proposal.new"] = "{";
  assert.equal(open().body.value, "");
});
