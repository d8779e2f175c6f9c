// What the reader of the page does, each act under the name of its button. What could not
// be sent goes out once the connection is back: commands are harmless when sent twice.

import { ANSWER_WITHIN, ask } from "../js/socket.js";

/** An act is `sending`, `waiting` for the connection, `refused` with a detail, or gone. */
export class Acts {
  #acts = new Map();
  #socket;
  #changed;
  #refused;

  /** `changed()` is called when the page should show something else, `refused(detail)` on a no. */
  constructor(socket, { changed, refused }) {
    this.#socket = socket;
    this.#changed = changed;
    this.#refused = refused;
  }

  /** What became of the last act under a name: {message, status, detail, fields}, or nothing. */
  of(name) {
    return this.#acts.get(name);
  }

  /** Sends an act, in place of one that still waits under its name; `done` gets the answer. */
  send(name, message, data, done = () => {}) {
    if (this.#acts.get(name)?.status === "sending") return;
    const act = { message, data, done, status: "waiting" };
    this.#acts.set(name, act);
    this.#try(name, act);
  }

  /** Sends what is waiting; to be called once the room has been entered again. */
  flush() {
    for (const [name, act] of this.#acts) if (act.status === "waiting") this.#try(name, act);
  }

  async #try(name, act) {
    if (this.#socket.connected) {
      act.status = "sending";
      this.#changed();
      await this.#exchange(name, act);
    }
    this.#changed();
  }

  async #exchange(name, act) {
    try {
      this.#take(name, act, await ask(this.#socket, act.message, act.data));
    } catch {
      act.status = "waiting"; // it may have arrived or not, so it is sent again
      if (this.#socket.connected) setTimeout(() => this.flush(), ANSWER_WITHIN);
    }
  }

  #take(name, act, answer) {
    if (answer.ok) {
      this.#acts.delete(name);
      act.done(answer);
    } else {
      Object.assign(act, { status: "refused", detail: answer.detail, fields: answer.fields });
      this.#refused(answer.detail);
    }
  }
}
