// Similar proposals while one is written: asked for in pauses, listed, and gone with the text.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { showSimilar } from "../../static/search/similar.js";

const settle = () => new Promise((done) => setImmediate(done));
let asked, answer, block, list, input;
const fields = { title: { value: "" }, body: { value: "" } };

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  asked = [];
  answer = () => Promise.resolve([{ id: 1, title: "Navette", address: "/proposte/1" }]);
  list = { items: [], replaceChildren(...items) { this.items = items; } };
  block = { hidden: true, querySelector: () => list };
  globalThis.document = {
    createElement: () => ({ append(child) { this.child = child; } }),
  };
  const form = {
    addEventListener: (_kind, act) => { input = act; },
    elements: { namedItem: (name) => fields[name] },
  };
  showSimilar(form, block, (text) => { asked.push(text); return answer(text); });
});
afterEach(() => mock.timers.reset());

async function type(title, body = "") {
  fields.title.value = title;
  fields.body.value = body;
  input();
  mock.timers.tick(800);
  await settle();
}

test("they are asked for in a pause and listed as links", async () => {
  await type("Navette la sera", "Per gli anziani");
  assert.deepEqual(asked, ["Navette la sera\nPer gli anziani"]);
  assert.equal(block.hidden, false);
  assert.equal(list.items[0].child.textContent, "Navette");
  assert.equal(list.items[0].child.href, "/proposte/1");
});

test("nothing is asked while somebody types, nor of a few letters, nor twice", async () => {
  fields.title.value = "Navette la sera";
  input();
  mock.timers.tick(300);
  assert.deepEqual(asked, []);
  await type("Navette la sera");
  await type("Navette la sera");
  assert.equal(asked.length, 1);
  await type("Nav");
  assert.equal(asked.length, 1);
  assert.equal(block.hidden, true);
});

test("a late answer and a failed one change nothing", async () => {
  let late;
  answer = () => new Promise((done) => { late = done; });
  await type("Navette la sera");
  answer = () => Promise.reject(new Error("503"));
  await type("Navette la mattina");
  late([{ id: 2, title: "Vecchia", address: "/proposte/2" }]);
  await settle();
  assert.equal(block.hidden, true);
});
