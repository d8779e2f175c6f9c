// The wire to the server, for every page that is live: opened once, asked with an answer,
// and followed stream by stream.

import { io } from "../vendor/socket.io/socket.io.esm.min.js";

export const ANSWER_WITHIN = 10_000;
const TRY_AGAIN_AFTER = 2_000;
const SOONEST = 300;
const SPREAD = 2_000;

/** Opens the connection: WebSocket first, long-polling where that does not get through. */
export function open() {
  return io({ transports: ["websocket", "polling"], tryAllTransports: true });
}

/** The server's answer to a message; rejects when none came. */
export function ask(socket, message, data) {
  return socket.timeout(ANSWER_WITHIN).emitWithAck(message, data);
}

/**
 * Calls `resume` whenever something may have been missed: the connection was open anew, or
 * the server itself had heard nothing for a while. Then not all browsers ask at once, and
 * none so soon that an answer from before is still on its way.
 */
export function whenMissed(socket, resume) {
  socket.on("connect", resume);
  socket.on("resume", () => setTimeout(resume, SOONEST + Math.random() * SPREAD));
}

/**
 * Follows a public stream beyond a number: `news` gets the new entries, each once and in
 * order; `progress` gets how far a worker has come with it.
 */
export function follow(socket, stream, after, { news, progress = () => {} }) {
  let number = after;
  const take = (entries) => {
    const fresh = entries.filter((entry) => entry.number > number);
    if (!fresh.length) return;
    number = fresh.at(-1).number;
    news(fresh);
  };
  const resume = async () => {
    const answer = await ask(socket, "follow", { stream, after: number }).catch(() => null);
    if (answer?.ok) take(answer.entries);
    else if (answer?.retry_after) setTimeout(resume, answer.retry_after * 1000);
    else if (!answer && socket.connected) setTimeout(resume, TRY_AGAIN_AFTER);
  };
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
