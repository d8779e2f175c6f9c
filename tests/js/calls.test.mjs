// What calls for the reader at once, and how it is told.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Element, openPage } from "./page.mjs";
import { AT, poll, room, snapshot } from "./rooms.mjs";

const page = openPage();
page.title = "Room";
const { callsOf, startCalls } = await import("../../static/sittings/calls.js");

const floor = { hand_id: 21, person_id: 2, since: AT, seconds: 120 };
const voting = { state: snapshot({ polls: [poll()] }), may: ["cast_ballot"] };
const keys = (asked) => callsOf(room(asked)).map(({ key }) => key);

let shaken;
let isCalm;
beforeEach(() => {
  shaken = 0;
  isCalm = false;
  page.title = "Room";
  globalThis.matchMedia = () => ({ matches: isCalm });
  Object.defineProperty(globalThis, "navigator", {
    configurable: true, value: { userActivation: { hasBeenActive: true }, vibrate: () => { shaken += 1; } },
  });
});

test("the floor calls who has it, an open poll those who can vote and have not", () => {
  assert.deepEqual(keys({ state: snapshot({ floor, polls: [poll()] }), may: ["cast_ballot"] }), ["floor-21", "poll-31"]);
  assert.deepEqual(keys({ state: snapshot({ floor: { ...floor, person_id: 1 } }) }), []);
  assert.deepEqual(keys({ ...voting, mine: { ballots: { 31: "yes" } } }), []);
  assert.deepEqual(keys({ ...voting, may: [] }), []);
  assert.deepEqual(keys({ state: snapshot({ polls: [poll({ state: "closed" })] }), may: ["cast_ballot"] }), []);
});

test("an open poll calls nobody without a vote, and who votes by proxy alone until they have", () => {
  const standing = { organisation_id: null, persons: "in_charge", organisations: "in_charge", opinion: null };
  const held = (ballots) => [{ id: 5, name: "A", organisation_id: null, ballots }];
  const called = (mine) => keys({ ...voting, mine: { standing, ...mine } });
  assert.deepEqual(called({}), []);
  assert.deepEqual(called({ proxies: held({}) }), ["poll-31"]);
  assert.deepEqual(called({ proxies: held({ 31: "yes" }) }), []);
});

test("the bar and the title say it as long as it lasts; the device vibrates once", () => {
  const bar = new Element({ hidden: true });
  const draw = startCalls(bar);
  draw(room(voting));
  draw(room(voting));
  assert.deepEqual([bar.hidden, page.title, shaken], [false, "Vote now – Room", 1]);
  draw(room());
  assert.deepEqual([bar.hidden, page.title, shaken], [true, "Room", 1]);
});

test("nothing vibrates for those who want no motion, or have not touched the page", () => {
  isCalm = true;
  startCalls(new Element())(room(voting));
  isCalm = false;
  navigator.userActivation.hasBeenActive = false;
  startCalls(new Element())(room(voting));
  assert.equal(shaken, 0);
});
