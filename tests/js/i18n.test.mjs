// Sentences, names, numbers and moments, as they are written in Italian.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./page.mjs";
import { snapshot } from "./rooms.mjs";

openPage("it");
const i18n = await import("../../static/sittings/i18n.js");

test("placeholders are filled once; what has no value is left out", () => {
  assert.equal(i18n.say("suspended", { reason: "{reason} e basta" }), "La seduta è sospesa: {reason} e basta");
  assert.equal(i18n.say("suspended", { reason: null }), "La seduta è sospesa: ");
  assert.equal(i18n.say("upvotes", { count: 0 }), i18n.say("upvotes", { count: "0" }));
});

test("what has no name is called by its code", () => {
  assert.deepEqual([i18n.category("union"), i18n.category("else")], ["Organizzazioni sindacali", "else"]);
  assert.deepEqual([i18n.choiceName("blank"), i18n.choiceName("3")], ["Scheda bianca", "3"]);
  assert.deepEqual([i18n.countName("yes"), i18n.countName("seats"), i18n.countName("else")], ["Favorevoli", "organizzazioni del tavolo rappresentate", "else"]);
  assert.deepEqual([i18n.ruleName("majority", "simple"), i18n.ruleName("majority", "else")], ["Maggioranza semplice", "else"]);
});

test("kinds of poll have their words, or options alone", () => {
  assert.deepEqual(i18n.answers("yes_no_abstain"), ["yes", "no", "abstain"]);
  assert.deepEqual(i18n.answers("of_old"), []);
});

test("numbers have a comma and two places at most", () => {
  assert.deepEqual([3, 1.5, 5 / 3].map(i18n.decimal), ["3", "1,5", "1,67"]);
});

test("moments are those of clocks in Italy, in winter and in summer; days are days", () => {
  assert.equal(i18n.time("2026-11-28T23:05:00+00:00"), "00:05");
  assert.equal(i18n.time("2026-06-28T21:05:00+00:00"), "23:05");
  assert.equal(i18n.day("2026-06-30"), "30 giugno 2026");
});

test("persons are named with those for whom they speak; others are somebody", () => {
  const state = snapshot();
  assert.deepEqual([1, 2, 3, null].map((id) => i18n.person(state, id)), ["Carla Neri", "Anna Bianchi, Sindacato Alfa", "una persona", "una persona"]);
});
