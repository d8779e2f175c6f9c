// Whether the reader is in the sitting: of a crowd only the first are known by name.

/** True if the reader of the page is among those present. */
export function isPresent({ state, mine }) {
  const { count, present } = state.presence;
  const isListed = present.includes(mine.person_id);
  return isListed || (count > present.length && mine.present);
}
