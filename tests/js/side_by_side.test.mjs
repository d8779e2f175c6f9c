// Notes and conclusions of a draft: each is saved by itself, and nobody's words are overwritten.

import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { Element, openPage } from "./page.mjs";

openPage();
globalThis.window = new Element({ setTimeout: (...given) => setTimeout(...given) });
mock.timers.enable({ apis: ["setTimeout"] });
const { sideBySide } = await import("../../static/minutes/side_by_side.js");

/** What was sent, and what is answered next. */
let sent = [];
let answers = [];
globalThis.fetch = (address, { body, keepalive, headers }) => {
  sent.push({ address, fields: Object.fromEntries(body), keepalive, headers });
  const answer = answers.shift();
  if (!answer) return Promise.reject(new Error("no connection"));
  return Promise.resolve({
    ok: answer.status === 200, status: answer.status, json: () => Promise.resolve(answer),
  });
};
afterEach(() => { sent = []; answers = []; });

/** Lets promises that wait run on. */
async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await null;
}

/** A draft with a note on each of some points; gives back the pieces by key, and the approval. */
function open(...points) {
  globalThis.window = new Element({ setTimeout: (...given) => setTimeout(...given) });
  const approval = new Element({ value: "7" });
  const pieces = points.map((point) => {
    const key = `nota-${point}`;
    const field = (name, value) => new Element({ name: `${key}-${name}`, value });
    const [version, mark, body] = [field("version", "1"), field("mark", "a"), field("body", "")];
    const [theirs, words, status] = [new Element({ hidden: true }), new Element(), new Element()];
    theirs.put("[data-their-words]", words);
    const place = new Element({ dataset: { piece: key } })
      .put("input, textarea, select", version, mark, body)
      .put("[data-theirs]", theirs).put("[data-status]", status);
    return { key, place, version, mark, body, theirs, words, status };
  });
  globalThis.document = {
    documentElement: { lang: "it" },
    querySelectorAll: () => pieces.map(({ place }) => place),
    querySelector: () => approval,
  };
  sideBySide(new Element({
    action: "/verbali/1/testi",
    elements: { namedItem: () => new Element({ value: "token" }) },
    dataset: { saving: "Salvo", saved: "Salvato {time}", failed: "Riprovo", refused: "No: {why}" },
  }));
  return { pieces, approval };
}

function type(piece, text) {
  piece.body.value = text;
  piece.body.fire("input");
}

test("each note is saved by itself, after a pause", async () => {
  const { pieces: [first, second], approval } = open(1, 2);
  answers = [{ status: 200, fields: { "nota-1-version": 2, "nota-1-mark": "b" }, errors: {}, theirs: {}, version: 8 }];
  type(first, "Uno.");
  second.body.value = "Due, non ancora toccato.";
  mock.timers.tick(1_199);
  assert.equal(sent.length, 0);
  mock.timers.tick(1);
  await settled();
  assert.deepEqual(sent.map(({ fields }) => fields), [{
    csrf_token: "token", "nota-1-version": "1", "nota-1-mark": "a", "nota-1-body": "Uno.",
  }]);
  assert.deepEqual([first.version.value, first.mark.value, first.body.value], ["2", "b", "Uno."]);
  assert.match(first.status.textContent, /^Salvato /);
  assert.equal(second.body.value, "Due, non ancora toccato.");
  assert.equal(approval.value, "8");
});

test("after a lost connection it is tried again", async () => {
  const { pieces: [note] } = open(1);
  type(note, "Uno.");
  mock.timers.tick(1_200);
  await settled();
  assert.equal(note.status.textContent, "Riprovo");
  answers = [{ status: 200, fields: {}, errors: {}, theirs: {}, version: 8 }];
  mock.timers.tick(5_000);
  await settled();
  assert.equal(sent.length, 2);
  assert.match(note.status.textContent, /^Salvato /);
});

test("somebody else's words are shown, and nothing is sent until the button is pressed", async () => {
  const { pieces: [note], approval } = open(1);
  answers = [{
    status: 422, fields: { "nota-1-version": 2 }, errors: { "nota-1-body": ["Qualcuno."] },
    theirs: { "nota-1": "Di altri." }, version: 9,
  }];
  type(note, "Mio.");
  mock.timers.tick(1_200);
  await settled();
  assert.deepEqual([note.theirs.hidden, note.words.textContent], [false, "Di altri."]);
  assert.deepEqual([note.body.value, note.version.value], ["Mio.", "2"]);
  assert.equal(note.status.textContent, "No: Qualcuno.");
  type(note, "Mio e di altri.");
  mock.timers.tick(60_000);
  await settled();
  assert.equal(sent.length, 1);
  assert.equal(approval.value, "7");
});

test("a text that is wrong for another reason is tried again when it changes", async () => {
  const { pieces: [note] } = open(1);
  const wrong = { "nota-1-body": ["Troppo lungo."] };
  answers = [{ status: 422, fields: { "nota-1-version": 1 }, errors: wrong, theirs: { "nota-1": "" }, version: 7 }];
  type(note, "Lungo.");
  mock.timers.tick(1_200);
  await settled();
  assert.equal(note.theirs.hidden, true);
  answers = [{ status: 200, fields: {}, errors: {}, theirs: {}, version: 8 }];
  type(note, "Corto.");
  mock.timers.tick(1_200);
  await settled();
  assert.equal(sent.length, 2);
});

test("who leaves within the pause loses nothing", () => {
  const { pieces: [note] } = open(1);
  type(note, "Uno.");
  globalThis.window.fire("pagehide");
  assert.deepEqual(sent.map(({ keepalive }) => keepalive), [true]);
});

test("another version of the draft than one's own is not approved", async () => {
  const { pieces: [note], approval } = open(1);
  answers = [{ status: 200, fields: {}, errors: {}, theirs: {}, version: 10 }];
  type(note, "Uno.");
  mock.timers.tick(1_200);
  await settled();
  assert.equal(approval.value, "7");
});
