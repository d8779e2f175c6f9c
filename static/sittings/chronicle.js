// @ts-check
// The chronicle of a sitting: one sentence for every entry of its stream, newest first.
//
// Exports `sentence`, `isAnnounced` and `result` for single sentences (used by room.js and
// panels/poll.js), and `chronicle` and `older`, which room.js draws. Says the same as
// consultazione/sittings/room/chronicle.py; tests/parity/chronicle.json tests both.

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { category, decimal, person, say, time } from "./i18n.js";
import { standing, terms } from "./quorum.js";
import { annulmentLine, resultLine } from "./verdict.js";

/**
 * @typedef {import("./types.js").Snapshot} Snapshot
 * @typedef {import("./types.js").Entry} Entry
 * @typedef {import("./types.js").Room} Room
 * @typedef {Pick<Snapshot, "people" | "agenda" | "polls" | "chronicle" | "sitting">} Told what sentences are made of
 */

/** @type {Record<string, (state: Told, data: any, entry: Entry) => string>} */
const SENTENCES = {
  "sitting.convened": () => say("convened"),
  "agenda.point_added": (_state, { title }) => say("point_added", { title }),
  "sitting.corrected": (_state, { reason }) => say("corrected", { reason }),
  "sitting.postponed": (_state, { reason }) => say("sitting_postponed", { reason }),
  "sitting.cancelled": (_state, { reason }) => say("cancelled", { reason }),
  "sitting.roll_called": (state, { presided_by, early_reason }) =>
    [say("roll_called", { name: person(state, presided_by) }), early(early_reason)].join(" ").trim(),
  "sitting.opened": (state, { presided_by, attendance_needed, attendance_there, early_reason }) =>
    [say("opened", { name: person(state, presided_by) }), standing(attendance_needed, attendance_there),
      early(early_reason)].filter(Boolean).join(" "),
  "sitting.reopened": (_state, { reason }) => say("reopened", { reason }),
  "quorum.set": (_state, data) => terms(data),
  "quorum.verified": (_state, { needed, there }) => standing(needed, there, "quorum_verified"),
  "sitting.closed": () => say("closed"),
  "agenda.point_corrected": (_state, { title, reason }) => say("point_corrected", { title, reason }),
  "agenda.point_removed": (state, { point_id, reason }) =>
    say("point_removed", { title: point(state, point_id).title, reason }),
  "agenda.point_postponed": (state, { point_id }) => say("point_postponed", point(state, point_id)),
  "agenda.point_started": (state, { point_id }) => say("point_started", point(state, point_id)),
  "sitting.suspended": (_state, { reason }) => say("suspended", { reason }),
  "sitting.resumed": () => say("resumed"),
  "sitting.secretary_named": (state, { person_id }) =>
    (person_id ? say("secretary_named", { name: person(state, person_id) }) : say("no_secretary")),
  "sitting.video_set": (_state, { video_url: address }) =>
    (address ? say("video_set", { host: hostOf(address) }) : say("video_removed")),
  "agenda.point_suspended": (state, { point_id }) => say("point_suspended", point(state, point_id)),
  "agenda.reordered": (state, _data, entry) => (wasOpen(state, entry) ? say("reordered") : ""),
  "agenda.material_attached": (state, { point_id, title }) =>
    say("material_attached", { document: title, rank: point(state, point_id).rank }),
  "agenda.point_closed": (state, { point_id }) => say("point_closed", point(state, point_id)),
  "hand.raised": (state, { person_id, hand_kind }) =>
    say(`hand_raised_${hand_kind}`, { name: person(state, person_id) }),
  "hand.withdrawn": (state, _data, entry) => say("hand_withdrawn", speaker(state, entry)),
  "hand.lapsed": (state, _data, entry) => say("hand_lapsed", speaker(state, entry)),
  "floor.given": (state, _data, entry) => say("floor_given", speaker(state, entry)),
  "floor.extended": (state, _data, entry) => say("floor_extended", speaker(state, entry)),
  "question.answered": (state, { person_id, body, answer }) =>
    say(answer === null ? "question_answered" : "question_answered_in_writing",
      { name: person(state, person_id), body, answer }),
  "speakers.order_chosen": (_state, { ordering }) => say(`order_is_${ordering}`),
  "speakers.time_limited": (_state, { seconds }) =>
    (seconds === null ? say("time_unlimited") : say("time_limited", { minutes: decimal(seconds / 60) })),
  "speakers.quotas_set": (_state, data) => quotas(data),
  "floor.ended": (state, _data, entry) => say("floor_ended", speaker(state, entry)),
  "poll.opened": (_state, { question, effect }) =>
    say(effect === "consultative" ? "opinion_asked" : "poll_opened", { question }),
  "poll.option_offered": (_state, { rank, label }) => say("option_offered", { rank, label }),
  "poll.closed": (state, data, { votes }) => result(state, data, votes),
  "poll.annulled": (state, data) =>
    annulmentLine(state.polls.find(({ id }) => id === data.poll_id), data),
  "chat.opened": () => say("chat_opened"),
  "chat.closed": () => say("chat_closed"),
  "applause.counted": (_state, { count }) => say("applause", { count }),
};
const STRONG = new Set(["sitting.suspended", "sitting.resumed", "sitting.opened", "sitting.closed", "sitting.postponed", "sitting.cancelled", "sitting.roll_called", "sitting.reopened", "quorum.verified", "agenda.point_started", "poll.closed", "poll.annulled"]);
const ANNOUNCED = new Set([...STRONG, "floor.given", "poll.opened", "chat.opened", "chat.closed"]);
// These name the place of a point on the agenda, which may be put in another order.
const OF_THE_AGENDA = new Set(["agenda.point_started", "agenda.point_suspended", "agenda.point_closed", "agenda.material_attached", "agenda.point_removed", "agenda.point_postponed"]);

const NEWEST = 8;

/**
 * The sentences of before: most do not change, and a long sitting has many.
 * @type {WeakMap<Entry, string>}
 */
const written = new WeakMap();

/**
 * An entry as a sentence; empty for one of which nothing is said.
 * @param {Told} state
 * @param {Entry} entry
 */
export function sentence(state, entry) {
  if (OF_THE_AGENDA.has(entry.kind)) return write(state, entry);
  let said = written.get(entry);
  if (said === undefined) {
    said = write(state, entry);
    written.set(entry, said);
  }
  return said;
}

/**
 * Whether an entry matters enough to be read out to those who do not see the page.
 * @param {Entry} entry
 */
export function isAnnounced(entry) {
  return ANNOUNCED.has(entry.kind);
}

/**
 * How a poll ended, in one sentence, and who voted what where that was told.
 * @param {Pick<Told, "polls">} state
 * @param {import("./types.js").PollResult & {poll_id: number}} data
 * @param {import("./types.js").VotesByName | null} [votes]
 */
export function result(state, data, votes) {
  /** @type {Pick<import("./types.js").Poll, "options" | "effect">} */
  const poll = state.polls.find(({ id }) => id === data.poll_id) ?? { options: [], effect: "binding" };
  return resultLine(poll, data, votes);
}

/**
 * The newest lines of the chronicle, or all of it if the reader wants so.
 * @param {Room} room
 */
export function chronicle(room) {
  const lines = told(room.state).reverse().map((entry) => ({ ...entry, sentence: sentence(room.state, entry) }));
  const shown = room.wholeChronicle ? [...lines, ...earlierOf(room)] : lines.slice(0, NEWEST);
  return html`${repeat(shown, ({ number }) => number, line)}`;
}

/**
 * The button that shows the older lines too; then one that fetches still earlier ones, which the
 * page does not hold.
 * @param {Room} room
 */
export function older(room) {
  const count = told(room.state).length;
  const isCut = (room.state.chronicle[0]?.number ?? 1) > 1;
  if (!room.wholeChronicle && (count > NEWEST || isCut)) {
    const label = isCut ? say("show_more") : say("show_all", { count });
    return press(label, room.showWholeChronicle);
  }
  if (!room.wholeChronicle || !isCut || room.earlier.isAll) return nothing;
  return press(say("show_earlier"), room.earlier.fetch);
}

/** @param {string} label @param {() => void} act */
function press(label, act) {
  return html`<button type="button" class="btn btn-outline-primary" @click=${act}>${label}</button>`;
}

/**
 * The earlier lines that were fetched, without those that the page holds anyway.
 * @param {Room} room
 */
function earlierOf({ state, earlier }) {
  const first = state.chronicle[0]?.number ?? 1;
  return earlier.lines.filter(({ number }) => number < first);
}

/** @param {Told} state @param {Entry} entry */
function write(state, entry) {
  return SENTENCES[entry.kind]?.(state, entry.data, entry) ?? "";
}

/** @param {string | null | undefined} reason why a sitting begins before its day; entries of before lack it */
function early(reason) {
  return reason ? say("early", { reason }) : "";
}

/** @param {Snapshot} state */
function told(state) {
  return state.chronicle.filter((entry) => sentence(state, entry));
}

/** @param {import("./types.js").Line} line */
function line({ kind, at, sentence: said }) {
  return html`<li>
    <time datetime=${at}>${time(at)}</time>
    <span class=${STRONG.has(kind) ? "stream__strong" : ""}>${said}</span>
  </li>`;
}

/**
 * Before the opening the agenda itself says its order, which is still being made. Where the entry
 * of the opening is not shown any more, its moment tells.
 * @param {Told} state
 * @param {Entry} entry
 */
function wasOpen(state, { number, at }) {
  const opened = state.chronicle.find(({ kind }) => kind === "sitting.opened");
  if (opened) return opened.number < number;
  const since = state.sitting.opened_at;
  return since !== null && since <= at;
}

/**
 * @param {Told} state
 * @param {number} id
 * @returns {{rank?: number, title?: string}}
 */
function point(state, id) {
  const { rank, title } = state.agenda.find((found) => found.id === id) ?? {};
  return { rank, title };
}

/** @param {Entry["data"]} data */
function quotas({ quotas: seconds, quota_scope }) {
  const groups = Object.entries(seconds).map(([code, most]) =>
    say("quota_part", { category: category(code), minutes: decimal(Number(most) / 60) }));
  return groups.length ? say(`quotas_${quota_scope}`, { groups: groups.join(", ") }) : say("quotas_none");
}

/** @param {Told} state @param {Entry} entry */
function speaker(state, { person_id, data }) {
  const raised = () => state.chronicle.find(
    (entry) => entry.kind === "hand.raised" && entry.data.hand_id === data.hand_id,
  );
  return { name: person(state, person_id ?? raised()?.data.person_id) };
}

/**
 * The host of an admitted address, with its port if it names one. Not by `new URL`, which
 * refuses some of the addresses that the server admits: then nothing of the room is drawn.
 * @param {string} address
 */
function hostOf(address) {
  return address.replace(/^https:\/\//, "").split(/[/?#]/, 1)[0];
}
