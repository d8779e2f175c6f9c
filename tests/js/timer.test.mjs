// The clock of the speaker, and what of it is read out to whom.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Element, openPage } from "./page.mjs";
import { AT, snapshot } from "./rooms.mjs";

const page = openPage();
mock.timers.enable({ apis: ["setInterval", "setTimeout", "Date"], now: Date.parse(AT) });
const { minutes, reading, startTimer } = await import("../../static/sittings/timer.js");

const at = (seconds) => Date.parse(AT) + seconds * 1000;
const floor = { hand_id: 21, person_id: 2, since: AT, seconds: 120 };
const read = (seconds, mine = {}) => reading(floor, mine, at(seconds));

test("minutes have two digits of seconds", () => {
  assert.deepEqual([0, 9, 60, 605].map(minutes), ["0:00", "0:09", "1:00", "10:05"]);
});

test("it shows what is left, warns half a minute before the end, then counts the time over it", () => {
  assert.deepEqual(read(0), { word: "time_left", left: "2:00" });
  assert.deepEqual(read(89), { word: "time_left", left: "0:31" });
  assert.deepEqual(read(90), { word: "time_ending", left: "0:30" });
  assert.deepEqual(read(120), { word: "time_ending", left: "0:00" });
  assert.deepEqual(read(125), { word: "time_over", left: "0:05" });
});

test("it goes by the clock of the server", () => {
  assert.deepEqual(read(0, { clock_ahead: 10_000 }), { word: "time_left", left: "1:50" });
  assert.deepEqual(read(0, { clock_ahead: -10_000 }), { word: "time_left", left: "2:00" });
});

test("it shows nothing without a speaker, and without a limit the time taken", () => {
  assert.equal(reading(null, {}, at(0)), null);
  assert.deepEqual(reading({ ...floor, seconds: null }, {}, at(65)), { word: "time_taken", left: "1:05" });
});

test("the speaker and the chair hear when the end is near and when it has come, each once", () => {
  const heard = (mine) => {
    mock.timers.setTime(at(0));
    const element = new Element();
    const announcer = page.getElementById("announcer");
    const said = [];
    startTimer(element, () => ({ state: snapshot({ floor }), mine }));
    for (let second = 1; second <= 122; second += 1) {
      announcer.textContent = "";
      mock.timers.tick(1_000);
      if (announcer.textContent) said.push(announcer.textContent);
    }
    assert.deepEqual([element.hidden, element.dataset.state], [false, "time_over"]);
    return said;
  };
  const warnings = ["The time is nearly over: 0:30 left", "Over the time by 0:01"];
  assert.deepEqual(heard({ person_id: 2, may: [], clock_ahead: 0 }), warnings);
  assert.deepEqual(heard({ person_id: 1, may: ["give_floor"], clock_ahead: 0 }), warnings);
  assert.deepEqual(heard({ person_id: 3, may: [], clock_ahead: 0 }), []);
});

test("it is hidden while nobody speaks", () => {
  const element = new Element();
  startTimer(element, () => ({ state: snapshot(), mine: { person_id: 2, may: [] } }))();
  assert.equal(element.hidden, true);
});
