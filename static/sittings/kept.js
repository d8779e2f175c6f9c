// Acts that wait for the connection, kept over a reload of the page: those of one person at
// one sitting, few of them and not for long. Another person who signs in finds nothing.

const PREFIX = "acts:";
const MOST = 20;
const LIVES = 15 * 60_000;

/** What waits for one person at one sitting: `read()` gives [name, act] pairs, `write(pairs)` keeps them. */
export function kept(sittingId, personId, storage = sessionStorage, now = Date.now) {
  const place = `${PREFIX}${sittingId}:${personId}`;
  forgetOthers(storage, personId);
  return {
    read: () => parsed(storage.getItem(place)).filter(([, act]) => act.at > now() - LIVES),
    write(pairs) {
      const plain = pairs.map(([name, { message, data, key, at }]) => [name, { message, data, key, at }]);
      if (plain.length) storage.setItem(place, JSON.stringify(plain.slice(-MOST)));
      else storage.removeItem(place);
    },
  };
}

// Who is here now has signed the others out.
function forgetOthers(storage, personId) {
  for (const place of Object.keys(storage)) {
    if (place.startsWith(PREFIX) && !place.endsWith(`:${personId}`)) storage.removeItem(place);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? [];
  } catch {
    return [];
  }
}
