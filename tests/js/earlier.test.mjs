// The part of the chronicle that is fetched on demand, and where old addresses lead.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./page.mjs";
import { AT, snapshot } from "./rooms.mjs";

openPage();
const { Earlier } = await import("../../static/sittings/earlier.js");

const entry = (number) => ({ number, kind: "agenda.point_added", at: AT, data: { title: `Point ${number}` } });
const line = (number) => ({ number, kind: "sitting.closed", at: AT, sentence: `Line ${number}.` });
const numbers = (earlier) => earlier.lines.map(({ number }) => number);
const from = (first) => snapshot({ chronicle: [entry(first), entry(first + 1)] });

function serving(...pages) {
  const asked = [];
  globalThis.fetch = (address) => {
    asked.push(address);
    const page = pages.shift();
    return page ? Promise.resolve({ ok: true, json: () => Promise.resolve(page) }) : Promise.reject(new Error("down"));
  };
  return asked;
}

test("pages are fetched one after another, back to the beginning", async () => {
  const asked = serving({ items: [line(200), line(150)], next: "/c?before=101" }, { items: [line(3)], next: null });
  let drawn = 0;
  const earlier = new Earlier("/c", from(201), () => { drawn += 1; });
  await earlier.fetch();
  assert.deepEqual([numbers(earlier), earlier.isAll], [[200, 150], false]);
  await earlier.fetch();
  assert.deepEqual([numbers(earlier), earlier.isAll, drawn], [[200, 150, 3], true, 2]);
  assert.deepEqual(asked, ["/c?before=201", "/c?before=101"]);
});

test("what the state lets go of stays for whoever has fetched earlier lines, and only for them", async () => {
  serving({ items: [line(200)], next: null });
  const earlier = new Earlier("/c", from(201), () => {});
  earlier.note(from(202));
  assert.deepEqual(numbers(earlier), []);
  await earlier.fetch();
  earlier.note(from(204));
  assert.deepEqual(numbers(earlier), [203, 202, 200]);
});

test("what fails can be asked for again", async () => {
  const asked = serving();
  const earlier = new Earlier("/c", from(201), () => {});
  await earlier.fetch();
  await earlier.fetch();
  assert.deepEqual([numbers(earlier), asked.length], [[], 2]);
});

test("an address without its page leads to the page of the entry", async () => {
  const went = [];
  const place = (hash, search = "") => ({ hash, search, pathname: "/sedute/7/cronaca", replace: (to) => went.push(to) });
  for (const [number, location] of [["a", place("#voce-12")], ["b", place("#voce-12", "?voce=12")], ["c", place("#main")]]) {
    globalThis.location = location;
    await import(`../../static/sittings/entry_link.js?${number}`);
  }
  assert.deepEqual(went, ["/sedute/7/cronaca?voce=12#voce-12"]);
});
