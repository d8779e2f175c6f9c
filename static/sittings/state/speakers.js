// @ts-check
// Applies the entries about hands, the floor, and the order and time of speakers to the state.
//
// Exports `SPEAKERS`, one change per kind of entry; used by ../state.js.

/** @import { Changes, Counts, Entry, Hand, Snapshot, Speakers } from "../types.js" */

/**
 * A change for each kind of entry, as in ../state.js.
 * @type {Changes}
 */
export const SPEAKERS = {
  "hand.raised": raised,
  "hand.withdrawn": (state, { hand_id }) => ({ ...state, hands: without(state.hands, hand_id) }),
  "hand.lapsed": (state, { hand_id }) => ({ ...state, hands: without(state.hands, hand_id) }),
  "floor.given": given,
  "floor.extended": extended,
  "floor.ended": ended,
  "speakers.order_chosen": (state, { ordering, placed }) => list(state, { ordering, placed }),
  "speakers.placed": (state, { placed }) => list(state, { ordering: "by_hand", placed }),
  "speakers.quotas_set": (state, { quotas, quota_scope }) => list(state, { quotas, quota_scope }),
  "speakers.time_limited": (state, { seconds }) => list(state, { seconds }),
};

/** @param {Snapshot} state @param {Entry["data"]} data @param {string} at */
function raised(state, { hand_id, person_id, category, point_id, hand_kind, reply_to }, at) {
  const hand = { id: hand_id, person_id, category, hand_kind, reply_to, point_id, raised_at: at };
  return { ...state, hands: [...state.hands, hand] };
}

/** @param {Snapshot} state @param {Entry["data"]} data @param {string} at */
function given(state, { hand_id, point_id, seconds }, at) {
  const hand = /** @type {Hand} */ (state.hands.find(({ id }) => id === hand_id));
  const { person_id, category, hand_kind } = hand;
  const floor = { hand_id, person_id, category, hand_kind, point_id, since: at, seconds };
  return { ...list(state, { last: category }), hands: without(state.hands, hand_id), floor };
}

/** @param {Snapshot} state @param {Entry["data"]} data */
function extended(state, { hand_id, seconds }) {
  if (!state.floor || state.floor.hand_id !== hand_id) return state;
  return { ...state, floor: { ...state.floor, seconds } };
}

/** @param {Snapshot} state @param {Entry["data"]} data */
function ended(state, { hand_id, seconds }) {
  if (!state.floor || state.floor.hand_id !== hand_id) return state;
  const { person_id, category, point_id } = state.floor;
  const { persons, categories, points } = state.speakers.spoken;
  const spoken = {
    persons: more(persons, person_id, seconds),
    categories: more(categories, category, seconds),
    points: point_id === null ? points : { ...points, [point_id]: more(points[point_id] ?? {}, category, seconds) },
  };
  return { ...list(state, { spoken }), floor: null };
}

/** @param {Counts} seconds @param {string | number} key @param {number} added */
function more(seconds, key, added) {
  return { ...seconds, [key]: (seconds[key] ?? 0) + added };
}

/** @param {Snapshot} state @param {Partial<Speakers>} changes */
function list(state, changes) {
  return { ...state, speakers: { ...state.speakers, ...changes } };
}

/** @param {Hand[]} hands @param {number} id */
function without(hands, id) {
  return hands.filter((hand) => hand.id !== id);
}
