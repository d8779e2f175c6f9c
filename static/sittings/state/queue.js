// The order in which the floor is given: the counterpart of speakers/order.py, which says why.

const PRIORITY = ["point_of_order", "reply", "floor"];

const ORDERS = {
  first_come: (group) => group,
  alternate: alternating,
  least_spoken: (group, { spoken }) => sortedBy(group, (hand) => spoken.persons[hand.person_id] ?? 0),
  by_hand: byHand,
};

/** The hands that are up, in the order in which they get the floor. */
export function queue({ hands, speakers }) {
  const byId = sortedBy(hands, (hand) => hand.id);
  const order = ORDERS[speakers.ordering];
  return PRIORITY.flatMap((kind) => order(byId.filter((hand) => hand.hand_kind === kind), speakers));
}

function alternating(group, { last: before }) {
  const lines = new Map();
  for (const hand of group) {
    if (!lines.has(hand.category)) lines.set(hand.category, []);
    lines.get(hand.category).push(hand);
  }
  const ordered = [];
  const reached = new Map();
  const next = (category) => lines.get(category)[reached.get(category) ?? 0];
  let last = before;
  while (ordered.length < group.length) {
    const waiting = [...lines.keys()].filter(next);
    const others = waiting.filter((category) => category !== last);
    const [first] = sortedBy(others.length ? others : waiting, (category) => next(category).id);
    ordered.push(next(first));
    reached.set(first, (reached.get(first) ?? 0) + 1);
    last = first;
  }
  return ordered;
}

function byHand(group, { placed }) {
  const places = new Map(placed.map((id, place) => [id, place]));
  return sortedBy(group, (hand) => places.get(hand.id) ?? places.size);
}

function sortedBy(rows, key) {
  return [...rows].sort((one, other) => key(one) - key(other));
}
