// @ts-check
// Saves running notes automatically: a moment after the last keystroke, every ten seconds at most
// while somebody types, and whenever the connection comes back. Unsaved text stays on this device.
//
// Exports `Autosave`; used by notes.js.

import { ask } from "../js/socket.js";

/** @import { Answer, RunningNote } from "./types.js" */

const AFTER_A_PAUSE = 1_200;
const AT_LEAST_EVERY = 10_000;
const TRY_AGAIN_AFTER = 5_000;

/**
 * @typedef {object} Standing how a note stands; `state` is missing where there is nothing to say
 * @property {"saving" | "waiting" | "saved" | "refused" | "conflict"} [state]
 * @property {string} [at] when it was saved
 * @property {string} [detail] why it was refused
 * @property {RunningNote} [theirs] in a conflict, what somebody else has written
 */

/** The running notes of one reader, by the id of their point. */
export class Autosave {
  #socket;
  #drafts;
  #changed;
  #read;
  /** @type {Map<number, RunningNote>} */
  #saved = new Map();
  /** @type {Map<number, Standing>} */
  #standing = new Map();
  /** @type {Map<number, ReturnType<typeof setTimeout>>} */
  #timers = new Map();
  /** @type {Map<number, number>} */
  #waitingSince = new Map();

  /**
   * read(): gets the notes as the server has them, or nothing; changed(): what is to be said
   * of a note is different from before.
   * @param {import("../js/socket.js").Socket} socket
   * @param {import("./drafts.js").Drafts} drafts
   * @param {() => Promise<Record<string, RunningNote> | null | undefined>} read
   * @param {() => void} changed
   */
  constructor(socket, drafts, read, changed) {
    this.#socket = socket;
    this.#read = read;
    this.#drafts = drafts;
    this.#changed = changed;
  }

  /**
   * The notes as the server has them, by point; what was typed and not saved goes to it.
   * @param {Record<string, RunningNote>} notes
   */
  know(notes) {
    for (const [point, note] of Object.entries(notes)) this.#saved.set(Number(point), note);
    this.flush();
    this.#changed();
  }

  /**
   * What the reader sees of a point's note.
   * @param {number} point
   */
  text(point) {
    return this.#drafts.get(point) ?? this.#saved.get(point)?.body ?? "";
  }

  /**
   * How a note stands.
   * @param {number} point
   * @returns {Standing}
   */
  of(point) {
    return this.#standing.get(point) ?? {};
  }

  /**
   * Notes what is typed, and saves it soon.
   * @param {number} point
   * @param {string} body
   */
  type(point, body) {
    this.#drafts.set(point, body);
    const now = Date.now();
    const since = this.#waitingSince.get(point) ?? now;
    this.#waitingSince.set(point, since);
    this.#later(point, Math.min(AFTER_A_PAUSE, Math.max(0, since + AT_LEAST_EVERY - now)));
  }

  /** Saves at once whatever is not saved. */
  flush() {
    for (const point of this.#drafts.keys()) this.#save(point);
  }

  /**
   * Of two texts, goes on with one's own (`true`) or with the other.
   * @param {number} point
   * @param {boolean} mine
   */
  choose(point, mine) {
    const { theirs } = this.of(point);
    if (theirs) this.#saved.set(point, theirs);
    this.#stand(point, {});
    if (mine) this.#save(point);
    else this.#drafts.drop(point);
    this.#changed();
  }

  /** @param {number} point @param {number} delay */
  #later(point, delay) {
    clearTimeout(this.#timers.get(point));
    this.#timers.set(point, setTimeout(() => this.#save(point), delay));
  }

  /** @param {number} point */
  async #save(point) {
    const body = this.#drafts.get(point);
    const { state } = this.of(point);
    if (body === undefined || state === "saving" || state === "conflict") return;
    if (!this.#socket.connected) {
      this.#stand(point, { state: "waiting" });
      return;
    }
    this.#stand(point, { state: "saving" });
    const version = this.#saved.get(point)?.version ?? 0;
    const answer = await ask(this.#socket, "note.write", { point, body, version }).catch(() => null);
    this.#waitingSince.delete(point);
    if (answer?.ok) this.#done(point, body, answer.version);
    else if (answer) await this.#refused(point, answer);
    else this.#fail(point);
  }

  /** @param {number} point @param {string} body @param {number} version */
  #done(point, body, version) {
    this.#saved.set(point, { body, version });
    this.#stand(point, { state: "saved", at: new Date().toISOString() });
    if (this.#drafts.get(point)?.trim() === body.trim()) this.#drafts.drop(point);
    else this.#later(point, AFTER_A_PAUSE);
  }

  /** @param {number} point @param {Answer} answer */
  async #refused(point, { error, detail, fields }) {
    const [first] = Object.values(fields ?? {});
    this.#stand(point, { state: "refused", detail: first?.[0] ?? detail });
    if (error !== "conflict") return;
    const theirs = (await this.#read())?.[point];
    const version = this.#saved.get(point)?.version ?? 0;
    if (theirs && theirs.version !== version) this.#stand(point, { state: "conflict", theirs });
  }

  /** @param {number} point */
  #fail(point) {
    this.#stand(point, { state: "waiting" });
    this.#later(point, TRY_AGAIN_AFTER);
  }

  /** @param {number} point @param {Standing} standing */
  #stand(point, standing) {
    this.#standing.set(point, standing);
    this.#changed();
  }
}
