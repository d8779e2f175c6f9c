// @ts-check
// The room as data: a snapshot, and the changes that each log entry makes to it. Pure functions:
// nothing here touches the page or the network, and no state is modified in place.
//
// Exports `receive` and one `with...` function per kind of frame, which live.js calls; `apply`, for
// one entry; `currentPoint`, `openPoll` and `pollAtHand` for the panels. The changes themselves are in state/, by
// subject; state/queue.js orders the speakers. tests/live/test_replay.py checks that an old
// snapshot plus the frames since then equals a fresh snapshot.

import { openPoll, POLLS } from "./state/polls.js";
import { COURSE } from "./state/course.js";
import { SPEAKERS } from "./state/speakers.js";

export { openPoll, withTurnout } from "./state/polls.js";
export { withQuestions, withRecord, withUpvotes } from "./state/written.js";

/** @import { Changes, EntriesFrame, Entry, People, Point, PresenceFrame, Sitting, Snapshot } from "./types.js" */

// As many entries, and as many polls, as a fresh snapshot holds (consultazione/sittings/room:
// entries.PAGE, snapshot.MOST_POLLS).
const MOST_ENTRIES = 200;
const MOST_POLLS = 101;

/**
 * The state after the next entry of the sitting's stream; an unknown kind only joins the chronicle.
 * @param {Snapshot} state
 * @param {Entry} entry
 */
export function apply(state, entry) {
  const change = CHANGES[entry.kind];
  const changed = change ? change(state, entry.data, entry.at) : state;
  return {
    ...changed,
    number: entry.number,
    chronicle: [...changed.chronicle, entry].slice(-MOST_ENTRIES),
    polls: changed.polls.slice(-MOST_POLLS),
  };
}

/**
 * The state after an `entries` frame.
 * Returns {state, fresh, gap}: `fresh` are the entries that were new; `gap` is true when
 * entries before them are missing, and then nothing of the frame has been applied.
 * @param {Snapshot} state
 * @param {EntriesFrame} frame
 */
export function receive(state, frame) {
  const fresh = frame.entries.filter((entry) => entry.number > state.number);
  if (fresh.length && fresh[0].number !== state.number + 1) return { state, fresh: [], gap: true };
  const known = withPeople(state, frame.people);
  return { state: fresh.reduce(apply, known), fresh, gap: false };
}

/**
 * The state after a `presence` frame.
 * @param {Snapshot} state
 * @param {PresenceFrame} frame
 */
export function withPresence(state, { count, present, by_category, quorum, people }) {
  return { ...withPeople(state, people), presence: { count, present, by_category, quorum } };
}

/**
 * The point of the agenda that is being dealt with, if there is one.
 * @param {Pick<Snapshot, "agenda">} state
 */
export function currentPoint(state) {
  return state.agenda.find((point) => point.state === "current");
}

/**
 * The poll that belongs to what goes on: the open one, else the last of the point under discussion;
 * between two points the last of all.
 * @param {Pick<Snapshot, "agenda" | "polls">} state
 */
export function pollAtHand(state) {
  const point = currentPoint(state);
  const ended = state.polls.filter(({ point_id }) => !point || point_id === point.id);
  return openPoll(state) ?? ended.at(-1);
}

/** @type {Changes} */
const CHANGES = {
  "sitting.convened": (state, { title, place, starts_at }) =>
    sitting(state, { title, place, starts_at, state: "convened" }),
  "sitting.opened": (state, { presided_by }, at) =>
    sitting(state, { state: "open", opened_at: at, presided_by }),
  "sitting.corrected": (state, { title, place, starts_at }) => sitting(state, { title, place, starts_at }),
  "sitting.postponed": (state, { place, starts_at }) =>
    sitting(state, { place, starts_at, roll_called_at: null, presided_by: null }),
  "sitting.cancelled": (state) => sitting(state, { state: "cancelled" }),
  "sitting.roll_called": (state, { presided_by }, at) =>
    sitting(state, { roll_called_at: at, presided_by }),
  "sitting.reopened": (state) => sitting(state, { state: "open", closed_at: null }),
  "sitting.closed": (state, _data, at) =>
    ({ ...sitting(state, { state: "closed", closed_at: at, suspended: null }), turnout: null }),
  "agenda.point_added": addPoint,
  ...COURSE,
  ...SPEAKERS,
  ...POLLS,
};

/** @param {Snapshot} state @param {People | undefined} people */
function withPeople(state, people) {
  return people ? { ...state, people: { ...state.people, ...people } } : state;
}

/** @param {Snapshot} state @param {Partial<Sitting>} changes */
function sitting(state, changes) {
  return { ...state, sitting: { ...state.sitting, ...changes } };
}

/** @param {Snapshot} state @param {Entry["data"]} data */
function addPoint(state, { point_id, rank, title, minutes_planned, proposal_id }) {
  /** @type {Point} */
  const added = {
    id: point_id, rank, title, minutes_planned, proposal_id, materials: [],
    state: "pending", started_at: null, ended_at: null, spent: 0, running_since: null,
  };
  return { ...state, agenda: [...state.agenda, added].sort((a, b) => a.rank - b.rank) };
}
