// What pages beside the room share: the wire, what follows a stream, what is asked and read out.

import assert from "node:assert/strict";
import { beforeEach, describe, mock, test } from "node:test";
import { Element, openPage } from "./page.mjs";
import { opened, settled, Wire } from "./wire.mjs";

const question = new Element();
const dialog = new Element({ showModal() { this.shown = true; } });
const news = new Element({ hidden: true, textContent: " Something is new. " });
const step = new Element();
const bar = new Element();
const working = new Element({ hidden: true }).put("span", step).put("progress", bar);
const followed = new Element({ dataset: { follow: "table:3", after: "41", progress: "Step {step} of {of}: {label}" } })
  .put("[data-news]", news).put("[data-working]", working);
const main = new Element();
const page = openPage("en", { confirm: dialog, "confirm-question": question, main }).put("[data-follow]", followed);
mock.timers.enable({ apis: ["setTimeout"] });
mock.method(Math, "random", () => 0.5);
const { announce } = await import("../../static/js/announce.js");
const { confirmed } = await import("../../static/js/confirm.js");
const { ask, follow, whenMissed } = await import("../../static/js/socket.js");
const { keepFocus } = await import("../../static/sittings/focus.js");
const region = page.getElementById("announcer");

test("sentences that come together are read out together, in order", () => {
  announce("One.");
  mock.timers.tick(200);
  announce("Two.");
  mock.timers.tick(299);
  assert.equal(region.textContent, "");
  mock.timers.tick(1);
  assert.equal(region.textContent, "One. Two.");
  announce("Three.");
  mock.timers.tick(300);
  assert.equal(region.textContent, "Three.");
});

test("a question is answered by the dialog; closing it is no", async () => {
  const first = confirmed("Sure?");
  assert.deepEqual([question.textContent, dialog.shown], ["Sure?", true]);
  dialog.returnValue = "yes";
  dialog.fire("close");
  const second = confirmed("Sure?");
  dialog.fire("close");
  assert.deepEqual([await first, await second], [true, false]);
});

describe("the wire", () => {
  let wire;
  beforeEach(() => { wire = new Wire(); });

  test("gives the answer to a message, or fails", async () => {
    const answer = ask(wire, "enter", { sitting: 7 });
    wire.last.resolve({ ok: true });
    assert.deepEqual(await answer, { ok: true });
    const lost = ask(wire, "enter", {});
    wire.last.reject(new Error("timeout"));
    await assert.rejects(lost);
  });

  test("resumes at once on a new connection, a little later when the server asks for it", () => {
    let resumed = 0;
    whenMissed(wire, () => { resumed += 1; });
    wire.hear("connect");
    assert.equal(resumed, 1);
    wire.hear("resume");
    mock.timers.tick(1_299);
    assert.equal(resumed, 1);
    mock.timers.tick(1);
    assert.equal(resumed, 2);
  });

  describe("follows a stream", () => {
    let heard;
    const entries = (...numbers) => numbers.map((number) => ({ number, kind: "x", at: "" }));
    beforeEach(() => {
      heard = [];
      follow(wire, "table:3", 41, { news: (fresh) => heard.push(fresh.map(({ number }) => number)), progress: (report) => heard.push(report.step) });
    });

    test("from a number on, each entry once", async () => {
      assert.deepEqual([wire.last.message, wire.last.data], ["follow", { stream: "table:3", after: 41 }]);
      await wire.answer({ ok: true, entries: entries(42) });
      wire.hear("entries", { stream: "table:3", entries: entries(42, 43) });
      wire.hear("entries", { stream: "table:3", entries: entries(43) });
      wire.hear("entries", { stream: "table:4", entries: entries(44) });
      assert.deepEqual(heard, [[42], [43]]);
    });

    test("asks for what is missing", async () => {
      await wire.answer({ ok: true, entries: [] });
      wire.hear("entries", { stream: "table:3", entries: entries(44) });
      assert.deepEqual([heard, wire.last.data], [[], { stream: "table:3", after: 41 }]);
      await wire.answer({ ok: true, entries: entries(42, 43, 44) });
      assert.deepEqual(heard, [[42, 43, 44]]);
    });

    test("asks again without an answer, or when the server says", async () => {
      await wire.fail();
      mock.timers.tick(2_000);
      assert.equal(wire.asked.length, 2);
      await wire.answer({ ok: false, retry_after: 7 });
      mock.timers.tick(7_000);
      assert.equal(wire.asked.length, 3);
      wire.connected = false;
      await wire.fail();
      mock.timers.tick(60_000);
      assert.equal(wire.asked.length, 3);
    });

    test("hears how far a worker has come with it, and with no other", () => {
      wire.hear("progress", { stream: "table:3", step: 2 });
      wire.hear("progress", { stream: "table:4", step: 3 });
      assert.deepEqual(heard, [2]);
    });
  });
});

test("a page that follows a stream says when it is no longer the newest, and changes nothing else", async () => {
  await import("../../static/js/follow.js");
  const wire = opened.at(-1);
  wire.connect();
  assert.deepEqual(wire.last.data, { stream: "table:3", after: 41 });
  wire.hear("progress", { stream: "table:3", step: 2, of: 4, label: "Reading" });
  assert.deepEqual([step.textContent, bar.value, bar.max, working.hidden], ["Step 2 of 4: Reading", 2, 4, false]);
  await wire.answer({ ok: true, entries: [{ number: 42 }] });
  await settled();
  mock.timers.tick(300);
  assert.deepEqual([news.hidden, working.hidden, region.textContent], [false, true, "Something is new."]);
  wire.hear("progress", { stream: "table:3", step: 4, of: 4, label: "Done" });
  assert.equal(working.hidden, true);
});

describe("the focus", () => {
  const focusable = () => new Element({ localName: "h2", focus() { page.activeElement = this; } });
  const inPanel = (panel) => Object.assign(focusable(), { isConnected: true, closest: () => panel });

  test("goes to the title of the panel when what had it is gone", () => {
    const title = focusable();
    const panel = new Element({ closest: () => null }).put(".panel__title", title);
    const gone = inPanel(panel);
    page.activeElement = gone;
    keepFocus(() => { gone.isConnected = false; });
    assert.deepEqual([page.activeElement, title.tabIndex], [title, -1]);
  });

  test("goes to the fold of a panel that is hidden, to the page where there is none", () => {
    const summary = Object.assign(focusable(), { localName: "summary" });
    const panel = new Element({ hidden: true, closest: () => new Element().put("summary", summary) });
    const gone = inPanel(panel);
    page.activeElement = gone;
    keepFocus(() => { gone.isConnected = false; });
    assert.deepEqual([page.activeElement, summary.tabIndex], [summary, undefined]);
    Object.assign(main, focusable());
    page.activeElement = Object.assign(inPanel(new Element({ hidden: true, closest: () => null })), { isConnected: false });
    keepFocus(() => {});
    assert.equal(page.activeElement, main);
  });

  test("stays where it is as long as that is there", () => {
    const there = inPanel(new Element());
    page.activeElement = there;
    keepFocus(() => {});
    assert.equal(page.activeElement, there);
  });
});
