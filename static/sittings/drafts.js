// What was typed and is not saved yet, kept over a reload of the page: one person's texts at
// one sitting. Another person who signs in finds nothing.

const PREFIX = "drafts:";

/** The texts of one person at one sitting: `get(key)`, `set(key, text)`, `drop(key)`, `keys()`. */
export function drafts(sittingId, personId, storage = sessionStorage) {
  const place = `${PREFIX}${sittingId}:${personId}`;
  for (const other of Object.keys(storage)) {
    if (other.startsWith(PREFIX) && !other.endsWith(`:${personId}`)) storage.removeItem(other);
  }
  const texts = new Map(parsed(storage.getItem(place)));
  const keep = () => {
    if (texts.size) storage.setItem(place, JSON.stringify([...texts]));
    else storage.removeItem(place);
  };
  return {
    get: (key) => texts.get(key),
    keys: () => [...texts.keys()],
    set(key, text) {
      texts.set(key, text);
      keep();
    },
    drop(key) {
      texts.delete(key);
      keep();
    },
  };
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? [];
  } catch {
    return [];
  }
}
