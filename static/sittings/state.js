// The room as data: a snapshot, and what each entry of the log makes of it. Pure: nothing
// here knows the page or the network, and no state is changed in place.

import { SPEAKERS } from "./state/speakers.js";

/** The state after the next entry of the sitting's stream; an unknown kind only joins the chronicle. */
export function apply(state, entry) {
  const change = CHANGES[entry.kind];
  const changed = change ? change(state, entry.data, entry.at) : state;
  return { ...changed, number: entry.number, chronicle: [...changed.chronicle, entry] };
}

/**
 * The state after an `entries` frame.
 * Returns {state, fresh, gap}: `fresh` are the entries that were new; `gap` is true when
 * entries before them are missing, and then nothing of the frame has been applied.
 */
export function receive(state, frame) {
  const fresh = frame.entries.filter((entry) => entry.number > state.number);
  if (fresh.length && fresh[0].number !== state.number + 1) return { state, fresh: [], gap: true };
  const known = withPeople(state, frame.people);
  return { state: fresh.reduce(apply, known), fresh, gap: false };
}

/** The state after a `presence` frame. */
export function withPresence(state, { count, present, by_category, people }) {
  return { ...withPeople(state, people), presence: { count, present, by_category } };
}

/** The state after a `turnout` frame; one that comes late for a closed poll changes nothing. */
export function withTurnout(state, turnout) {
  if (!turnout) return { ...state, turnout: null };
  const { poll_id, cast, electorate } = turnout;
  if (openPoll(state)?.id !== poll_id) return state;
  return { ...state, turnout: { poll_id, cast, electorate } };
}

/** The poll that can be voted in now, if there is one. */
export function openPoll(state) {
  return state.polls.find((poll) => poll.state === "open");
}

/** The point of the agenda that is being dealt with, if there is one. */
export function currentPoint(state) {
  return state.agenda.find((point) => point.state === "current");
}

const CHANGES = {
  "sitting.convened": (state, { title, place, starts_at }) =>
    sitting(state, { title, place, starts_at, state: "convened" }),
  "sitting.opened": (state, { presided_by }, at) =>
    sitting(state, { state: "open", opened_at: at, presided_by }),
  "sitting.closed": (state, _data, at) =>
    ({ ...sitting(state, { state: "closed", closed_at: at }), turnout: null }),
  "agenda.point_added": addPoint,
  "agenda.point_started": (state, { point_id }, at) =>
    point(state, point_id, { state: "current", started_at: at }),
  "agenda.point_closed": (state, { point_id }, at) =>
    point(state, point_id, { state: "done", ended_at: at }),
  ...SPEAKERS,
  "poll.opened": addPoll,
  "poll.closed": closePoll,
};

function withPeople(state, people) {
  return people ? { ...state, people: { ...state.people, ...people } } : state;
}

function sitting(state, changes) {
  return { ...state, sitting: { ...state.sitting, ...changes } };
}

function point(state, id, changes) {
  return { ...state, agenda: changed(state.agenda, id, changes) };
}

function addPoint(state, { point_id, rank, title, minutes_planned, proposal_id }) {
  const added = {
    id: point_id, rank, title, minutes_planned, proposal_id,
    state: "pending", started_at: null, ended_at: null,
  };
  return { ...state, agenda: [...state.agenda, added].sort((a, b) => a.rank - b.rank) };
}

function addPoll(state, { poll_id, point_id, poll_kind, question }, at) {
  const poll = {
    id: poll_id, point_id, poll_kind, question, state: "open", opened_at: at,
    closed_at: null, electorate: null, tally: null, carried: null, grounds: null,
  };
  return { ...state, polls: [...state.polls, poll] };
}

function closePoll(state, { poll_id, electorate, tally, carried, grounds }, at) {
  const result = { state: "closed", closed_at: at, electorate, tally, carried, grounds };
  return { ...state, polls: changed(state.polls, poll_id, result), turnout: null };
}

function changed(rows, id, changes) {
  return rows.map((row) => (row.id === id ? { ...row, ...changes } : row));
}
