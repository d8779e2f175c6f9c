// @ts-check
// Sends what the reader does. Each act is kept under the name of its button. An act that cannot be
// sent goes out once the connection is back, even after a reload. Each act has an idempotency key,
// so the server recognises a repeat and does it once.
//
// Exports `Acts`. room.js creates the only instance; panels and forms send through it.

import { ANSWER_WITHIN, ask } from "../js/socket.js";

/** @import { Act, ActStatus, Answer, PendingAct } from "./types.js" */

/**
 * @typedef {object} Tell
 * @property {() => void} changed the page should show something else
 * @property {(detail: string) => void} refused
 * @property {(message: string, data: Record<string, any>) => void} done the server has done an act
 */

const SENT_FOR = 4_000;

/** An act is `sending`, `waiting` for the connection, `sent` a moment ago, or `refused` with a detail. */
export class Acts {
  /** @type {Map<string, Act>} */
  #acts = new Map();
  #socket;
  #tell;
  #kept;

  /**
   * kept: where acts that wait outlive a reload.
   * @param {import("../js/socket.js").Socket} socket
   * @param {Tell} tell
   * @param {{read(): [string, PendingAct][], write(acts: [string, Act][]): void}} kept
   */
  constructor(socket, tell, kept) {
    this.#socket = socket;
    this.#tell = tell;
    this.#kept = kept;
    for (const [name, act] of kept.read()) this.#acts.set(name, { ...act, status: "waiting" });
  }

  /**
   * What became of the last act under a name: {message, status, detail, fields}, or nothing.
   * @param {string} name
   */
  of(name) {
    return this.#acts.get(name);
  }

  /**
   * How many acts have a status.
   * @param {ActStatus} status
   */
  count(status) {
    return [...this.#acts.values()].filter((act) => act.status === status).length;
  }

  /**
   * Sends an act, in place of one that still waits under its name; `done` gets the answer.
   * @param {string} name
   * @param {string} message
   * @param {object} data
   * @param {(answer: Answer) => void} done
   */
  send(name, message, data, done = () => {}) {
    if (this.#acts.get(name)?.status === "sending") return;
    /** @type {Act} */
    const act = { message, data, done, key: newKey(), at: Date.now(), status: "waiting" };
    this.#acts.set(name, act);
    this.#keep();
    this.#try(name, act);
  }

  /** Sends what is waiting; to be called once the room has been entered again. */
  flush() {
    for (const [name, act] of this.#acts) if (act.status === "waiting") this.#try(name, act);
  }

  /** @param {string} name @param {Act} act */
  async #try(name, act) {
    if (this.#socket.connected) {
      act.status = "sending";
      this.#tell.changed();
      await this.#exchange(name, act);
    }
    this.#tell.changed();
  }

  /** @param {string} name @param {Act} act */
  async #exchange(name, act) {
    try {
      this.#take(name, act, await ask(this.#socket, act.message, { ...act.data, key: act.key }));
    } catch {
      act.status = "waiting"; // it may have arrived or not, so it is sent again
      if (this.#socket.connected) setTimeout(() => this.flush(), ANSWER_WITHIN);
    }
    this.#keep();
  }

  /** @param {string} name @param {Act} act @param {Answer} answer */
  #take(name, act, answer) {
    if (answer.ok) {
      this.#forgetRefusals();
      act.status = "sent";
      setTimeout(() => this.#settle(name, act), SENT_FOR);
      this.#tell.done(act.message, act.data);
      act.done?.(answer);
    } else if (answer.retry_after) {
      act.status = "waiting";
      setTimeout(() => this.flush(), answer.retry_after * 1000);
    } else {
      Object.assign(act, { status: "refused", detail: answer.detail, fields: answer.fields });
      this.#tell.refused(answer.detail ?? "");
    }
  }

  // What was in the way may be gone: a poll that had to be closed first. The faults of a form's
  // fields stay beside them.
  #forgetRefusals() {
    for (const [name, { status, fields }] of this.#acts) {
      if (status === "refused" && !Object.keys(fields ?? {}).length) this.#acts.delete(name);
    }
  }

  /** @param {string} name @param {Act} act */
  #settle(name, act) {
    if (this.#acts.get(name) === act) this.#acts.delete(name);
    this.#tell.changed();
  }

  #keep() {
    /** @param {Act} act */
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
