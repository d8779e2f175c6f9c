// A hint under a text that seems to hold personal data, a moment after it was typed.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { readFileSync } from "node:fs";
import { Element, openPage } from "./page.mjs";

openPage("it");
globalThis.window = new Element({ setTimeout: (...given) => setTimeout(...given) });
mock.timers.enable({ apis: ["setTimeout"] });
const { watch } = await import("../../static/js/traces.js");
const rules = JSON.parse(readFileSync(new URL("../../static/js/personal-traces.json", import.meta.url), "utf8"));

test("the hint names what is found, and goes with it", () => {
  const [phone, email] = ["phone", "email"].map((trace) => new Element({ dataset: { trace }, hidden: true }));
  const note = new Element({ hidden: true }).put("[data-trace]", phone, email);
  const field = new Element({ value: "Chiamatemi al 347 1234567" });
  watch(field, note, rules);
  assert.deepEqual([note.hidden, phone.hidden, email.hidden], [false, false, true]);
  field.value = "Servono più operatori.";
  field.fire("input");
  assert.equal(note.hidden, false);
  mock.timers.tick(600);
  assert.equal(note.hidden, true);
});
