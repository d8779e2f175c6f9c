// What the reader of the page does, each act under the name of its button. What could not
// be sent goes out once the connection is back, also after a reload. Each act has a key by
// which the server knows a repeat, so that it is done once.

import { ANSWER_WITHIN, ask } from "../js/socket.js";

const SENT_FOR = 4_000;

/** An act is `sending`, `waiting` for the connection, `sent` a moment ago, or `refused` with a detail. */
export class Acts {
  #acts = new Map();
  #socket;
  #tell;
  #kept;

  /**
   * tell: {changed(), refused(detail), done(message, data)}: the page should show something
   * else; a no; the server has done an act.
   * kept: where acts that wait outlive a reload.
   */
  constructor(socket, tell, kept) {
    this.#socket = socket;
    this.#tell = tell;
    this.#kept = kept;
    for (const [name, act] of kept.read()) this.#acts.set(name, { ...act, status: "waiting" });
  }

  /** What became of the last act under a name: {message, status, detail, fields}, or nothing. */
  of(name) {
    return this.#acts.get(name);
  }

  /** How many acts have a status. */
  count(status) {
    return [...this.#acts.values()].filter((act) => act.status === status).length;
  }

  /** Sends an act, in place of one that still waits under its name; `done` gets the answer. */
  send(name, message, data, done = () => {}) {
    if (this.#acts.get(name)?.status === "sending") return;
    const act = { message, data, done, key: newKey(), at: Date.now(), status: "waiting" };
    this.#acts.set(name, act);
    this.#keep();
    this.#try(name, act);
  }

  /** Sends what is waiting; to be called once the room has been entered again. */
  flush() {
    for (const [name, act] of this.#acts) if (act.status === "waiting") this.#try(name, act);
  }

  async #try(name, act) {
    if (this.#socket.connected) {
      act.status = "sending";
      this.#tell.changed();
      await this.#exchange(name, act);
    }
    this.#tell.changed();
  }

  async #exchange(name, act) {
    try {
      this.#take(name, act, await ask(this.#socket, act.message, { ...act.data, key: act.key }));
    } catch {
      act.status = "waiting"; // it may have arrived or not, so it is sent again
      if (this.#socket.connected) setTimeout(() => this.flush(), ANSWER_WITHIN);
    }
    this.#keep();
  }

  #take(name, act, answer) {
    if (answer.ok) {
      act.status = "sent";
      setTimeout(() => this.#settle(name, act), SENT_FOR);
      this.#tell.done(act.message, act.data);
      act.done?.(answer);
    } else if (answer.retry_after) {
      act.status = "waiting";
      setTimeout(() => this.flush(), answer.retry_after * 1000);
    } else {
      Object.assign(act, { status: "refused", detail: answer.detail, fields: answer.fields });
      this.#tell.refused(answer.detail);
    }
  }

  #settle(name, act) {
    if (this.#acts.get(name) === act) this.#acts.delete(name);
    this.#tell.changed();
  }

  #keep() {
    const open = ({ status }) => status === "waiting" || status === "sending";
    this.#kept.write([...this.#acts].filter(([, act]) => open(act)));
  }
}

// A random UUID (RFC 9562, version 4), also on pages that did not come over TLS.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
