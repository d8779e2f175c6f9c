// @ts-check
// The order in which the chair gives the floor.
//
// Exports `queue`, `isUsedUp` and `spentOf`; used by panels/hands.js, conduct.js and shares.js. The counterpart of
// consultazione/sittings/floor/order.py, which explains the rules; tests/parity/queue.json tests
// both.

/** @import { Counts, Hand, HandKind, Snapshot, Speakers } from "../types.js" */

/** @type {HandKind[]} */
const PRIORITY = ["point_of_order", "reply", "floor"];

/** @type {Record<Speakers["ordering"], (group: Hand[], speakers: Speakers) => Hand[]>} */
const ORDERS = {
  first_come: (group) => group,
  alternate: alternating,
  least_spoken: (group, { spoken }) => sortedBy(group, (hand) => spoken.persons[hand.person_id] ?? 0),
  by_hand: byHand,
};

/**
 * The hands that are up, in the order in which they get the floor.
 * @param {Pick<Snapshot, "hands" | "speakers" | "agenda">} state
 */
export function queue(state) {
  const { hands, speakers } = state;
  const byId = sortedBy(hands, (hand) => hand.id);
  const order = ORDERS[speakers.ordering];
  const groups = PRIORITY.map((kind) => order(byId.filter((hand) => hand.hand_kind === kind), speakers));
  return groups.flatMap((group) => sortedBy(group, (hand) => Number(isUsedUp(state, hand))));
}

/**
 * Whether a hand comes after the others, since its category has used up its quota of time.
 * @param {Pick<Snapshot, "speakers" | "agenda">} state
 * @param {Pick<Hand, "hand_kind" | "category">} hand
 */
export function isUsedUp(state, { hand_kind, category }) {
  const quota = state.speakers.quotas[category];
  return hand_kind !== "point_of_order" && quota !== undefined && (spentOf(state)[category] ?? 0) >= quota;
}

/**
 * The seconds that each category has spent of its quota, in the sitting or on the point at hand.
 * @param {Pick<Snapshot, "speakers" | "agenda">} state
 * @returns {Counts}
 */
export function spentOf({ speakers: { quota_scope, spoken }, agenda }) {
  if (quota_scope === "sitting") return spoken.categories;
  const current = agenda.find((point) => point.state === "current");
  return current ? spoken.points[current.id] ?? {} : {};
}

/** @param {Hand[]} group @param {Speakers} speakers */
function alternating(group, { last: before }) {
  /** @type {Map<string, Hand[]>} */
  const lines = new Map();
  for (const hand of group) {
    if (!lines.has(hand.category)) lines.set(hand.category, []);
    lines.get(hand.category)?.push(hand);
  }
  /** @type {Hand[]} */
  const ordered = [];
  /** @type {Map<string, number>} */
  const reached = new Map();
  /** @param {string} category */
  const next = (category) => /** @type {Hand[]} */ (lines.get(category))[reached.get(category) ?? 0];
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

/** @param {Hand[]} group @param {Speakers} speakers */
function byHand(group, { placed }) {
  const places = new Map(placed.map((id, place) => [id, place]));
  return sortedBy(group, (hand) => places.get(hand.id) ?? places.size);
}

/**
 * @template Row
 * @param {Row[]} rows
 * @param {(row: Row) => number} key
 */
function sortedBy(rows, key) {
  return [...rows].sort((one, other) => key(one) - key(other));
}
