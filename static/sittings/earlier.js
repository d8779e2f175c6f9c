// @ts-check
// The part of the chronicle that is too old for the room's state: fetched page by page as the
// reader asks for it, as sentences. Whoever has fetched some also keeps what the state lets go of
// afterwards, so that no gap opens between the two.
//
// Exports `Earlier`; room.js makes one and chronicle.js draws it.

import { sentence } from "./chronicle.js";

/** @import { Entry, Line, Snapshot } from "./types.js" */

/** What was fetched (`lines`, the newest first), and whether it reaches back to the beginning. */
export class Earlier {
  /** @type {Line[]} */
  lines = [];
  isAll = false;
  #address;
  /** @type {string | null} where the lines before those fetched are */
  #next = null;
  #changed;
  #isFetching = false;
  /** @type {Snapshot} */
  #state;

  /**
   * @param {string} address of the chronicle in sentences
   * @param {Snapshot} state
   * @param {() => void} changed something else is to be drawn
   */
  constructor(address, state, changed) {
    this.#address = address;
    this.#state = state;
    this.#changed = changed;
  }

  /**
   * Notes the state of now; what it has let go of since stays, for whoever has fetched earlier lines.
   * @param {Snapshot} state
   */
  note(state) {
    const first = firstOf(state);
    if ((this.#next || this.isAll) && first > firstOf(this.#state)) {
      const gone = this.#state.chronicle.filter(({ number }) => number < first);
      this.lines = [...gone.map((entry) => asLine(this.#state, entry)).filter(said).reverse(), ...this.lines];
    }
    this.#state = state;
  }

  /** Fetches the lines before the earliest that is known; what fails can be asked for again. */
  fetch = async () => {
    if (this.#isFetching) return;
    this.#isFetching = true;
    try {
      const next = this.#next ?? `${this.#address}?before=${firstOf(this.#state)}`;
      const answer = await fetch(next, { headers: { Accept: "application/json" } });
      if (answer.ok) this.#add(await answer.json());
    } catch {
      // the line is down: the button stays
    } finally {
      this.#isFetching = false;
    }
  };

  /** @param {{items: Line[], next: string | null}} page */
  #add({ items, next }) {
    this.lines = [...this.lines, ...items];
    this.#next = next;
    this.isAll = next === null;
    this.#changed();
  }
}

/** @param {Snapshot} state */
function firstOf({ chronicle }) {
  return chronicle[0]?.number ?? 1;
}

/** @param {Snapshot} state @param {Entry} entry @returns {Line} */
function asLine(state, entry) {
  return { number: entry.number, kind: entry.kind, at: entry.at, sentence: sentence(state, entry) };
}

/** @param {Line} line */
function said(line) {
  return line.sentence !== "";
}
