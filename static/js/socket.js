// @ts-check
// The connection to the server, for every live page: opens it, asks and waits for answers, follows
// streams.
//
// Exports `open`, `ask`, `whenMissed`, `whenRefused` and `follow`; used by follow.js and by the room.

import { io } from "../vendor/socket.io/socket.io.esm.min.js";

/**
 * @typedef {import("../vendor/socket.io/socket.io.esm.min.js").Socket} Socket
 * @typedef {{number: number, kind: string, at: string}} Head an entry of a public stream: what has happened, not to whom
 * @typedef {{stream: string, step: number, of: number, label: string}} Progress how far a worker has come
 */

export const ANSWER_WITHIN = 10_000;
const TRY_AGAIN_AFTER = 2_000;
const SOONEST = 300;
const SPREAD = 2_000;

/** Opens the connection: WebSocket first, long-polling where that does not get through. */
export function open() {
  const socket = io({ transports: ["websocket", "polling"], tryAllTransports: true });
  whenRefused(socket, ({ retry_after }) => setTimeout(() => socket.connect(), retry_after * 1000));
  return socket;
}

/**
 * The server's answer to a message; rejects when none came.
 * @param {Socket} socket
 * @param {string} message
 * @param {object} data
 */
export function ask(socket, message, data) {
  return socket.timeout(ANSWER_WITHIN).emitWithAck(message, data);
}

/**
 * Calls `resume` whenever something may have been missed: the connection was open anew, or
 * the server itself had heard nothing for a while. Then not all browsers ask at once, and
 * none so soon that an answer from before is still on its way.
 * @param {Socket} socket
 * @param {() => void} resume
 */
export function whenMissed(socket, resume) {
  socket.on("connect", resume);
  socket.on("resume", () => setTimeout(resume, SOONEST + Math.random() * SPREAD));
}

/**
 * Calls `refused` when the server will not have one more connection from here for now; a line
 * that breaks comes back by itself and is none of this.
 * @param {Socket} socket
 * @param {(answer: {ok: false, error: string, detail: string, retry_after: number}) => void} refused
 */
export function whenRefused(socket, refused) {
  socket.on("connect_error", (/** @type {any} */ { message, data }) => {
    if (data?.retry_after) refused({ ok: false, error: "busy", detail: message, ...data });
  });
}

/**
 * Follows a public stream beyond a number: `news` gets the new entries, each once and in
 * order; `progress` gets how far a worker has come with it.
 * @param {Socket} socket
 * @param {string} stream
 * @param {number} after
 * @param {{news: (entries: Head[]) => void, progress?: (report: Progress) => void}} tell
 */
export function follow(socket, stream, after, { news, progress = () => {} }) {
  let number = after;
  /** @param {Head[]} entries */
  const take = (entries) => {
    const fresh = entries.filter((entry) => entry.number > number);
    if (!fresh.length) return;
    number = fresh[fresh.length - 1].number;
    news(fresh);
  };
  const resume = async () => {
    const answer = await ask(socket, "follow", { stream, after: number }).catch(() => null);
    if (answer?.ok) take(answer.entries);
    else if (answer?.retry_after) setTimeout(resume, answer.retry_after * 1000);
    else if (!answer && socket.connected) setTimeout(resume, TRY_AGAIN_AFTER);
  };
  /** @param {{stream: string, entries: Head[]}} frame */
  const frame = ({ stream: name, entries }) => {
    if (name !== stream) return;
    if (entries[0].number > number + 1) resume();
    else take(entries);
  };
  whenMissed(socket, resume);
  socket.on("entries", frame);
  socket.on("progress", (report) => report.stream === stream && progress(report));
  if (socket.connected) resume();
}
