// The chat and applause in the browser: what is asked for, taken in and shown to whom.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { openPage } from "./page.mjs";
import { AT, room, snapshot } from "./rooms.mjs";

openPage("en");
globalThis.localStorage = { getItem: () => null, setItem() {} };
globalThis.setTimeout = (act) => act();
const { markup, press, submit, text } = await import("./lit.mjs");
const { Chat } = await import("../../static/sittings/chat.js");
const { COUNTS, PANELS } = await import("../../static/sittings/panels/index.js");
const { applauseNow } = await import("../../static/sittings/panels/applause.js");

const line = (id, changes = {}) => ({ id, person_id: 2, body: `Line ${id}`, written_at: AT, hidden_reason: null, ...changes });
const part = (version, ...messages) => ({ version, messages, people: {} });
const open = (chat) => ({ sitting: { ...snapshot().sitting, chat } });

/** A chat whose connection answers with a part, for a reader who may do what is named. */
function chatOf({ may = [], chat = "forgotten", answer } = {}) {
  const asked = [];
  const heard = {};
  const socket = {
    connected: true,
    on: (event, take) => (heard[event] = take),
    timeout: () => socket,
    emitWithAck: (message, data) => {
      asked.push([message, data]);
      return Promise.resolve(answer ?? { ok: true, chat: part(0) });
    },
  };
  const live = { state: snapshot(open(chat)), mine: { person_id: 2, may, present: true }, linked: true };
  return { chat: new Chat(socket, live, () => {}), asked, heard, live };
}

describe("chat", () => {
  test("is asked for once it is open, and again after an interruption", () => {
    const { chat, asked, live } = chatOf({ chat: null });
    chat.follow();
    assert.equal(asked.length, 0);
    live.state = snapshot(open("forgotten"));
    chat.follow();
    chat.follow();
    assert.deepEqual(asked, [["chat.read", { sitting: 7 }]]);
    live.linked = false;
    chat.follow();
    live.linked = true;
    chat.follow();
    assert.equal(asked.length, 2);
  });

  test("is not asked for by who only watches", () => {
    const { chat, asked, live } = chatOf();
    live.mine = { person_id: null, may: [], present: false };
    live.state = snapshot({ ...open("forgotten"), presence: { count: 0, present: [], by_category: {}, quorum: null } });
    chat.follow();
    assert.equal(asked.length, 0);
  });

  test("is asked for anew by who moderates once they have left the sitting", () => {
    const { chat, asked, live } = chatOf({ may: ["hide_chat_message"] });
    chat.follow();
    live.mine = { ...live.mine, present: false };
    live.state = snapshot({ ...open("forgotten"), presence: { count: 0, present: [], by_category: {}, quorum: null } });
    chat.follow();
    assert.equal(asked.length, 2);
  });

  test("takes each message once, in order; the later version of it counts", () => {
    const { chat, heard } = chatOf();
    heard.chat({ sitting: 7, ...part(3, line(2), line(1)) });
    heard.chat({ sitting: 8, ...part(9, line(9)) });
    chat.take(part(4, line(1, { body: null, hidden_reason: "Rude" })));
    chat.take(part(3, line(1), line(3))); // an answer that was read earlier
    assert.deepEqual(chat.messages.map(({ id, body }) => [id, body]), [[1, null], [2, "Line 2"], [3, "Line 3"]]);
  });

  test("keeps the text of what is hidden for who moderates", () => {
    const { chat } = chatOf({ may: ["hide_chat_message"] });
    chat.take(part(1, line(1)));
    chat.take(part(2, line(1, { body: null, hidden_reason: "Rude" })));
    assert.equal(chat.messages[0].body, "Line 1");
  });
});

describe("the chat's panel", () => {
  const drawn = (chat, more) => PANELS.chat(room({ state: snapshot(open(chat)), ...more }));

  test("is not there until the chair opens it", () => {
    assert.equal(text(drawn(null)), "");
    assert.match(text(drawn(null, { may: ["open_chat"] })), /The chat is closed.*Open the chat/s);
  });

  test("says what becomes of what is written", () => {
    assert.match(text(drawn("forgotten")), /does not enter the minutes; it is deleted at the closing/);
    assert.match(text(drawn("kept")), /30 more days/);
  });

  test("shows names and texts, and of hidden ones the reason", () => {
    const chat = [line(1), line(2, { body: null, hidden_reason: "Rude" })];
    const shown = drawn("forgotten", { chat });
    assert.match(text(shown), /Hidden by the chair. Reason: Rude.*Anna Bianchi, Sindacato Alfa.*Line 1/s);
    assert.match(markup(shown), /aria-live=polite/);
    assert.doesNotMatch(text(shown), /Show again/);
    assert.equal(COUNTS.chat(room({ chat })).count, 2);
  });

  test("lets the chair open, close, hide and show", () => {
    const given = room({
      state: snapshot(open("forgotten")), may: ["open_chat", "hide_chat_message"],
      chat: [line(1), line(2, { hidden_reason: "Rude" })],
    });
    press(PANELS.chat(given), "Close the chat");
    press(PANELS.chat(given), "Show again");
    assert.deepEqual(given.sent.map((act) => act.slice(1, 3)), [
      ["chat.close", { sitting: 7 }], ["chat.show", { chat_message: 2 }],
    ]);
    submit(PANELS.chat(given), "Reason, which", { reason: "Off topic" });
    assert.deepEqual(given.sent.at(-1).slice(1, 3), ["chat.hide", { chat_message: 1, reason: "Off topic" }]);
  });
});

describe("applause", () => {
  const told = { sitting: 7, hand_id: 21, point_id: null, count: 34 };
  const floor = { hand_id: 21, person_id: 1, category: "union", hand_kind: "floor", since: AT, seconds: null };
  const state = snapshot({ floor });
  let given;
  beforeEach(() => (given = room({ state, may: ["applaud"], applause: told })));

  test("is shown with its button, and sent", () => {
    assert.match(text(PANELS.now(given)), /Applaud.*Applause: 34/s);
    press(PANELS.now(given), "Applaud");
    assert.deepEqual(given.sent[0].slice(0, 3), ["applaud-hand-21", "applause.give", { sitting: 7 }]);
  });

  test("is of what goes on alone", () => {
    assert.equal(applauseNow(state, told), 34);
    assert.equal(applauseNow(snapshot(), told), 0);
    assert.equal(applauseNow(state, null), 0);
    assert.equal(applauseNow(state, { ...told, hand_id: null, point_id: 11 }), 0);
    const [first, ...rest] = snapshot().agenda;
    const agenda = [{ ...first, state: "current" }, ...rest];
    assert.equal(applauseNow(snapshot({ agenda }), { ...told, hand_id: null, point_id: 11 }), 34);
  });

  test("nobody gives to themselves, in a break, or from outside", () => {
    const own = room({ state: snapshot({ floor: { ...floor, person_id: 2 } }), may: ["applaud"] });
    const away = room({ state: snapshot({ floor, presence: { count: 0, present: [], by_category: {}, quorum: null } }), may: ["applaud"] });
    const paused = room({
      state: snapshot({ floor, sitting: { ...snapshot().sitting, suspended: { since: AT, reason: "Break" } } }), may: ["applaud"],
    });
    for (const one of [own, away, paused]) assert.doesNotMatch(text(PANELS.now(one)), /Applaud/);
  });
});
