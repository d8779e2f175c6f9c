// @ts-check
// Applies the entries of polls, and `turnout` frames, to the state.
//
// Exports `POLLS`, one change per kind of entry, and `withTurnout`, both for ../state.js; and
// `openPoll`, the poll that is open now.

/** @import { Changes, Entry, Poll, Snapshot, Turnout } from "../types.js" */

/**
 * The poll that can be voted in now, if there is one.
 * @param {Pick<Snapshot, "polls">} state
 */
export function openPoll(state) {
  return state.polls.find((poll) => poll.state === "open");
}

/**
 * The state after a `turnout` frame; one that comes late for a closed poll changes nothing.
 * @param {Snapshot} state
 * @param {Turnout | null} turnout
 */
export function withTurnout(state, turnout) {
  if (!turnout) return { ...state, turnout: null };
  const { poll_id, cast, electorate, tally } = turnout;
  if (openPoll(state)?.id !== poll_id) return state;
  return { ...state, turnout: { poll_id, cast, electorate, tally } };
}

/**
 * What each kind of entry changes.
 * @type {Changes}
 */
export const POLLS = {
  "poll.opened": addPoll,
  "poll.option_offered": (state, { poll_id, label }) =>
    poll(state, poll_id, ({ options }) => ({ options: [...options, label] })),
  "poll.closed": closePoll,
  "poll.annulled": annulPoll,
};

const WITHOUT_RESULT = {
  closed_at: null, electorate: null, entitled: null, cast: null, tally: null, room_tally: null,
  room_confirmed: null, carried: null, grounds: null, numbers: null, winners: null,
  annulled_because: null, explanation: null, needed: null, needed_of: null, quorum_votes: null,
  unregistered: null, represented: null, present_organisations: null, voted_organisations: null,
};

/** @param {Snapshot} state @param {Entry["data"]} data @param {string} at */
function addPoll(state, { poll_id, point_id, poll_kind, question, weights, effect, attendance_needed, attendance_there, voters = null, level = null, hall = null, organisations = null, ...rules }, at) {
  /** @type {Poll} */
  const added = {
    ...WITHOUT_RESULT, id: poll_id, point_id, poll_kind, question, weights, effect, rules, options: [],
    attendance_needed, attendance_there, voters, level, hall, organisations,
    state: "open", opened_at: at,
  };
  return { ...state, polls: [...state.polls, added] };
}

/** @param {Snapshot} state @param {Entry["data"]} data @param {string} at */
function closePoll(state, { poll_id, carried, ...result }, at) {
  const closed = poll(state, poll_id, ({ effect }) => ({
    ...result, carried: effect === "consultative" ? null : carried, state: "closed", closed_at: at,
  }));
  return { ...closed, turnout: null };
}

/** @param {Snapshot} state @param {Entry["data"]} data @param {string} at */
function annulPoll(state, { poll_id, reason, explanation }, at) {
  const annulled = poll(state, poll_id, () => ({
    ...WITHOUT_RESULT, attendance_needed: null, attendance_there: null,
    annulled_because: reason, explanation: reason === "by_chair" ? explanation : null, state: "annulled", closed_at: at,
  }));
  return { ...annulled, turnout: null };
}

/** @param {Snapshot} state @param {number} id @param {(row: Poll) => Partial<Poll>} change */
function poll(state, id, change) {
  const polls = state.polls.map((row) => (row.id === id ? { ...row, ...change(row) } : row));
  return { ...state, polls };
}
