// The tables of tests/parity, which tests/parity/test_parity.py reads for the Python side.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { openPage } from "./page.mjs";

openPage("it");
const { sentence } = await import("../../static/sittings/chronicle.js");
const { arithmetic } = await import("../../static/sittings/arithmetic.js");
const { grounds, isAnyOtherBusiness } = await import("../../static/sittings/i18n.js");
const { standing, terms } = await import("../../static/sittings/quorum.js");
const { queue } = await import("../../static/sittings/state/queue.js");
const { tracesIn } = await import("../../static/js/traces.js");
const { headline, keyName } = await import("../../static/sittings/tally.js");

const table = (name) => JSON.parse(readFileSync(new URL(`../parity/${name}.json`, import.meta.url), "utf8"));

const traceRules = JSON.parse(readFileSync(new URL("../../static/js/personal-traces.json", import.meta.url), "utf8"));

describe("chronicle", () => {
  const { people, agenda, cases } = table("chronicle");
  for (const { name, entries, polls = [], opened_at = null, says } of cases) {
    test(name, () => {
      const chronicle = entries.map((entry, index) => ({ number: index + 1, at: "2026-11-28T09:00:00+00:00", ...entry }));
      const state = { people, agenda, polls, chronicle, sitting: { opened_at } };
      assert.deepEqual(chronicle.map((entry) => sentence(state, entry)).filter(Boolean), says);
    });
  }
});

describe("tally", () => {
  const { counts, grounds: reasons } = table("tally");
  for (const { name, tally, options, says } of counts) {
    test(name, () => {
      assert.deepEqual(headline(tally).map(([key, count]) => [keyName(key, options), count]), says);
    });
  }
  for (const { name, says, ...result } of reasons) {
    test(`ground: ${name}`, () => assert.equal(grounds(result), says));
  }
});

describe("arithmetic of a poll", () => {
  for (const { name, says, ...poll } of table("arithmetic").cases) {
    test(name, () => assert.equal(arithmetic(poll), says));
  }
});

describe("quorum", () => {
  for (const { name, needed, there, says, verified } of table("quorum").standing) {
    test(name, () => {
      assert.equal(standing(needed, there), says);
      assert.equal(standing(needed, there, "quorum_verified"), verified);
    });
  }
  for (const { name, says, ...set } of table("quorum").terms) {
    test(`set to ${name}`, () => assert.equal(terms(set), says));
  }
});

describe("queue", () => {
  for (const { name, order, ...state } of table("queue").cases) {
    test(name, () => assert.deepEqual(queue(state).map(({ id }) => id), order));
  }
});

describe("any other business", () => {
  for (const { title, is } of table("any_other_business").cases) {
    test(`"${title}"`, () => assert.equal(isAnyOtherBusiness(title), is));
  }
});

describe("traces of personal data", () => {
  for (const { name, text, says } of table("traces").cases) {
    test(name, () => assert.deepEqual(tracesIn(text, traceRules), says));
  }
});
