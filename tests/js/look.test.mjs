// The dark look: worn before the page is drawn, chosen by a button, kept in this browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Element, openPage } from "./page.mjs";

class Button extends Element {
  setAttribute(name, value) { this[name] = value; }
}

const buttons = ["", "light", "dark"].map((value) => new Button({ value }));
const group = new Element({ hidden: true });
const style = new Element({ media: "(prefers-color-scheme: dark)" });
let loaded = 0;

/** Loads the script anew, as the next page does. */
async function nextPage(kept = {}) {
  style.media = "(prefers-color-scheme: dark)";
  group.hidden = true;
  const page = openPage("it", { "dark-style": style });
  Object.assign(localStorage, kept);
  loaded += 1;
  await import(`../../static/js/look.js?${loaded}`);
  return page;
}

/** The page is read: the buttons are there. */
function read(page) {
  page.put("[data-look]", group).put("[data-look] button", ...buttons);
  page.fire("DOMContentLoaded");
}

const pressed = () => buttons.filter((one) => one["aria-pressed"] === "true").map((one) => one.value);

test("as long as nobody chooses, the device says", async () => {
  read(await nextPage());
  assert.equal(style.media, "(prefers-color-scheme: dark)");
  assert.deepEqual([group.hidden, pressed()], [false, [""]]);
});

test("a choice is worn at once, and by the next page before it is read", async () => {
  read(await nextPage());
  buttons[2].fire("click");
  assert.deepEqual([style.media, pressed(), localStorage.look], ["all", ["dark"], "dark"]);
  await nextPage({ look: "dark" });
  assert.equal(style.media, "all");
  await nextPage({ look: "light" });
  assert.equal(style.media, "not all");
});

test("the choice can be given back", async () => {
  read(await nextPage({ look: "light" }));
  buttons[0].fire("click");
  assert.equal(localStorage.getItem("look"), null);
  assert.equal(style.media, "(prefers-color-scheme: dark)");
});

test("a browser that keeps nothing still changes this page", async () => {
  read(await nextPage());
  Object.defineProperty(globalThis, "localStorage", { configurable: true, writable: true, value: null });
  buttons[2].fire("click");
  assert.equal(style.media, "all");
});
