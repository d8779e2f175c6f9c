// What is written is on the site a moment after each pause; without a line it is tried again.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Element, openPage, Store } from "./page.mjs";

openPage();
mock.timers.enable({ apis: ["setTimeout"] });
globalThis.window = new Element({ setTimeout: (...given) => setTimeout(...given) });
globalThis.document = new Element({ body: { dataset: { person: "7" } } });
globalThis.localStorage = new Store();
globalThis.location = { pathname: "/proposte/nuova" };
globalThis.history = { replaceState() {} };
globalThis.FormData = class extends Map {
  constructor() { super(); }
};
const { ServerDraft } = await import("../../static/proposals/server_drafts.js");

const PLACES = { version: 1, at: "1 marzo, 10:00", name: "bozza.9", page: "/bozze/9", save: "/bozze/9/salva" };

/** A form that is not saved yet, and what the site is asked and answers. */
function open(...answers) {
  const fields = { version: { value: "" }, draft: { value: "nuova" } };
  const form = new Element({
    dataset: { draft: "nuova", saveDraft: "/bozze", beginDraft: "/bozze", saved: "Salvato, {at}", failed: "Non salvato" },
    elements: { namedItem: (name) => fields[name] },
  });
  const [status, conflict] = [new Element(), new Element({ hidden: true, scrollIntoView() {} })];
  form.put("[data-draft-status]", status).put("[data-draft-conflict]", conflict);
  const asked = [];
  globalThis.fetch = (url, { body }) => {
    asked.push([url, body.get("version")]);
    const [code, places] = answers.shift() ?? [0];
    if (!code) return Promise.reject(new Error("no line"));
    return Promise.resolve({ ok: code === 200, status: code, json: () => Promise.resolve(places) });
  };
  return { form, fields, status, conflict, asked, draft: new ServerDraft(form, "7") };
}

async function pause(milliseconds) {
  mock.timers.tick(milliseconds);
  for (let turn = 0; turn < 9; turn += 1) await Promise.resolve();
}

test("a new text becomes a draft, and goes on from its version", async () => {
  const page = open([200, PLACES], [200, { ...PLACES, version: 2 }]);
  localStorage.setItem("draft:7:nuova", "kept");
  page.form.fire("input");
  await pause(1_500);
  assert.deepEqual([page.status.textContent, page.fields.version.value], ["Salvato, 1 marzo, 10:00", "1"]);
  assert.equal(localStorage.getItem("draft:7:nuova"), null);
  page.form.fire("input");
  await pause(1_500);
  assert.deepEqual(page.asked, [["/bozze", ""], ["/bozze/9/salva", "1"]]);
});

test("without a line it says so and tries again", async () => {
  const page = open([0], [200, PLACES]);
  page.form.fire("input");
  await pause(1_500);
  assert.equal(page.status.textContent, "Non salvato");
  await pause(5_000);
  assert.equal(page.status.textContent, "Salvato, 1 marzo, 10:00");
});

test("what was saved from elsewhere is not overwritten before one has chosen", async () => {
  const page = open([409, { ...PLACES, version: 4 }]);
  page.form.fire("input");
  await pause(1_500);
  assert.equal(page.conflict.hidden, false);
  page.form.fire("input");
  await pause(9_000);
  assert.equal(page.asked.length, 1);
});
