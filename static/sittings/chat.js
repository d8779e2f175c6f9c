// @ts-check
// The messages of the sitting's chat: the newest are asked for once the reader may read them, and
// again after each interruption; what changes comes as frames.
//
// Exports `Chat`; room.js creates one, and panels/chat.js draws it.

import { ask } from "../js/socket.js";
import { isPresent } from "./presence.js";

/** @import { ChatMessage, ChatPart, Mine, Snapshot } from "./types.js" */

/** @typedef {import("../js/socket.js").Socket} Socket */
/** @typedef {{state: Snapshot, mine: Mine, linked: boolean}} Seen the room, and what it shows to this reader */

const MOST = 200;
const SPREAD = 1_000;

/** The chat as far as this page knows it. */
export class Chat {
  /** @type {ChatMessage[]} */
  messages = [];
  #version = 0;
  #seen = "";
  #socket;
  #live;
  #changed;

  /**
   * @param {Socket} socket
   * @param {Seen} live
   * @param {() => void} changed called when the page should show something else
   */
  constructor(socket, live, changed) {
    this.#socket = socket;
    this.#live = live;
    this.#changed = changed;
    socket.on("chat", (frame) => {
      if (frame.sitting === live.state.sitting.id) this.take(frame);
    });
  }

  /** To be called whenever the room was drawn: asks if the reader may read since a moment ago. */
  follow() {
    const { state, mine, linked } = this.#live;
    const moderates = mine.may.includes("hide_chat_message");
    const reads = linked && (moderates || (state.sitting.chat && isPresent(this.#live)));
    // Who leaves the sitting is taken out of the chat; who moderates reads on, and asks anew.
    const now = JSON.stringify([linked, reads, state.sitting.chat, isPresent(this.#live)]);
    if (now === this.#seen) return;
    this.#seen = now;
    if (reads && state.sitting.state === "open") setTimeout(() => this.#read(), Math.random() * SPREAD);
  }

  /**
   * Takes messages in; of a message that is known, the later version counts.
   * @param {ChatPart} part
   */
  take({ version, messages, people }) {
    const isNewer = version >= this.#version;
    const known = new Map(this.messages.map((message) => [message.id, message]));
    for (const message of messages) {
      const before = known.get(message.id);
      if (!before || isNewer) known.set(message.id, this.#withText(message, before));
    }
    this.#version = Math.max(version, this.#version);
    this.messages = [...known.values()].sort((a, b) => a.id - b.id).slice(-MOST);
    this.#live.state = { ...this.#live.state, people: { ...this.#live.state.people, ...people } };
    this.#changed();
  }

  /**
   * A hidden message; who moderates goes on to read the text, which frames do not bring.
   * @param {ChatMessage} message
   * @param {ChatMessage} [before]
   */
  #withText(message, before) {
    if (message.body !== null || !this.#live.mine.may.includes("hide_chat_message")) return message;
    return { ...message, body: before?.body ?? null };
  }

  async #read() {
    const answer = await ask(this.#socket, "chat.read", { sitting: this.#live.state.sitting.id }).catch(() => null);
    if (answer?.ok) this.take(answer.chat);
    else if (!answer || answer.retry_after) this.#seen = ""; // asked again when the room is drawn next
  }
}
