// Running notes saved by themselves: a moment after the last key, at the latest after some
// seconds, and again whenever the connection is back. Until then they are kept on this device.

import { ask } from "../js/socket.js";

const AFTER_A_PAUSE = 1_200;
const AT_LEAST_EVERY = 10_000;
const TRY_AGAIN_AFTER = 5_000;

export class Autosave {
  #socket;
  #drafts;
  #changed;
  #read;
  #saved = new Map(); // by point: {body, version, at}
  #standing = new Map(); // by point: {state, detail, theirs}
  #timers = new Map();
  #waitingSince = new Map();

  /**
   * read(): gets the notes as the server has them, or nothing; changed(): what is to be said
   * of a note is different from before.
   */
  constructor(socket, drafts, read, changed) {
    this.#socket = socket;
    this.#read = read;
    this.#drafts = drafts;
    this.#changed = changed;
  }

  /** The notes as the server has them, by point; what was typed and not saved goes to it. */
  know(notes) {
    for (const [point, note] of Object.entries(notes)) this.#saved.set(Number(point), note);
    this.flush();
    this.#changed();
  }

  /** What the reader sees of a point's note. */
  text(point) {
    return this.#drafts.get(point) ?? this.#saved.get(point)?.body ?? "";
  }

  /** How a note stands: {state, detail, theirs, at}; its state is empty where there is nothing. */
  of(point) {
    return this.#standing.get(point) ?? {};
  }

  /** Notes what is typed, and saves it soon. */
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

  /** Of two texts, goes on with one's own (`true`) or with the other. */
  choose(point, mine) {
    const { theirs } = this.of(point);
    this.#saved.set(point, theirs);
    this.#stand(point, {});
    if (mine) this.#save(point);
    else this.#drafts.drop(point);
    this.#changed();
  }

  #later(point, delay) {
    clearTimeout(this.#timers.get(point));
    this.#timers.set(point, setTimeout(() => this.#save(point), delay));
  }

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

  #done(point, body, version) {
    this.#saved.set(point, { body, version });
    this.#stand(point, { state: "saved", at: new Date().toISOString() });
    if (this.#drafts.get(point)?.trim() === body.trim()) this.#drafts.drop(point);
    else this.#later(point, AFTER_A_PAUSE);
  }

  async #refused(point, { error, detail, fields }) {
    const [first] = Object.values(fields ?? {});
    this.#stand(point, { state: "refused", detail: first?.[0] ?? detail });
    if (error !== "conflict") return;
    const theirs = (await this.#read())?.[point];
    const version = this.#saved.get(point)?.version ?? 0;
    if (theirs && theirs.version !== version) this.#stand(point, { state: "conflict", theirs });
  }

  #fail(point) {
    this.#stand(point, { state: "waiting" });
    this.#later(point, TRY_AGAIN_AFTER);
  }

  #stand(point, standing) {
    this.#standing.set(point, standing);
    this.#changed();
  }
}
