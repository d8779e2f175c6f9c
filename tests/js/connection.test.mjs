// The line that says how the page stands with the server and with what was sent.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Element, openPage } from "./page.mjs";

openPage();
const { press } = await import("./lit.mjs");
const { connectionWords, showConnection } = await import("../../static/sittings/connection.js");

function line(standing, counts = {}) {
  const element = new Element();
  showConnection(element, { acts: { count: (status) => counts[status] ?? 0 }, ...standing });
  return element;
}

test("it says the state in words and in colour", () => {
  const live = line({ state: "live" });
  assert.deepEqual([live.text, live.dataset.state], ["You are connected.", "live"]);
  const states = ["connecting", "catching", "lost", "signed_out", "left", "over", "taken_over"];
  for (const state of states) assert.equal(line({ state }).dataset.state, "lost", state);
  assert.equal(connectionWords("left"), "You have left the sitting in another window.");
});

test("it says how much is still to come, if it is known", () => {
  assert.equal(line({ state: "catching", count: 12 }).text, "Catching up with what has happened… 12");
  assert.equal(line({ state: "catching", count: 0 }).text, "Catching up with what has happened…");
});

test("what the server has said stands in place of the words of the state", () => {
  assert.equal(line({ state: "lost", detail: "Not today." }).text, "Not today.");
});

test("of acts it says the most urgent: those that wait, those on their way, those that are done", () => {
  const said = (counts) => line({ state: "live" }, counts).text.replace("You are connected. ", "");
  assert.equal(said({ waiting: 2, sending: 1, sent: 1 }), "Not sent yet: 2.");
  assert.equal(said({ sending: 1, sent: 1 }), "Sending…");
  assert.equal(said({ sent: 1 }), "Sent.");
});

test("it offers to come back where another window has taken over", () => {
  let back = 0;
  press(line({ state: "taken_over", comeBack: () => { back += 1; } }).drawn, "Take part here");
  assert.equal(back, 1);
});
