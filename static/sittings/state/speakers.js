// What entries of the list of speakers make of the room: hands, floor, order, time spoken.

/** A change for each kind of entry, as in ../state.js. */
export const SPEAKERS = {
  "hand.raised": raised,
  "hand.withdrawn": (state, { hand_id }) => ({ ...state, hands: without(state.hands, hand_id) }),
  "floor.given": given,
  "floor.extended": (state, { hand_id, seconds }) =>
    (state.floor?.hand_id === hand_id ? { ...state, floor: { ...state.floor, seconds } } : state),
  "floor.ended": ended,
  "speakers.order_chosen": (state, { ordering, placed }) => list(state, { ordering, placed }),
  "speakers.placed": (state, { placed }) => list(state, { ordering: "by_hand", placed }),
  "speakers.time_limited": (state, { seconds }) => list(state, { seconds }),
};

function raised(state, { hand_id, person_id, category, point_id, hand_kind, reply_to }, at) {
  const hand = { id: hand_id, person_id, category, hand_kind, reply_to, point_id, raised_at: at };
  return { ...state, hands: [...state.hands, hand] };
}

function given(state, { hand_id, seconds }, at) {
  const { person_id, category, hand_kind } = state.hands.find((hand) => hand.id === hand_id);
  const floor = { hand_id, person_id, category, hand_kind, since: at, seconds };
  return { ...list(state, { last: category }), hands: without(state.hands, hand_id), floor };
}

function ended(state, { hand_id, seconds }) {
  if (state.floor?.hand_id !== hand_id) return state;
  const { person_id, category } = state.floor;
  const { persons, categories } = state.speakers.spoken;
  const spoken = {
    persons: more(persons, person_id, seconds),
    categories: more(categories, category, seconds),
  };
  return { ...list(state, { spoken }), floor: null };
}

function more(seconds, key, added) {
  return { ...seconds, [key]: (seconds[key] ?? 0) + added };
}

function list(state, changes) {
  return { ...state, speakers: { ...state.speakers, ...changes } };
}

function without(hands, id) {
  return hands.filter((hand) => hand.id !== id);
}
