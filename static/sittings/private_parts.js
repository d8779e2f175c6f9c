// @ts-check
// Data that the server shows to this reader alone. It is asked for again when it may have changed.
//
// Exports `privatePart`, and `QUESTIONS` and `RECORD`, the two parts that exist; used by room.js.

import { ask } from "../js/socket.js";

/** @import { Mine, QuestionsPart, RecordPart, Snapshot } from "./types.js" */

/** @typedef {import("../js/socket.js").Socket} Socket */

const SPREAD = 1_000;

/**
 * A part of what is shown to one reader.
 * @template Part
 * @typedef {object} PartOptions
 * @property {string} message asks for it
 * @property {string} part its name in the answer
 * @property {Part} empty what it is until then
 * @property {(state: Snapshot) => unknown[]} signs what of the room changes when it may have changed
 * @property {(live: Seen, own: Part) => unknown} concerns whether there may be anything in it
 */

/** @typedef {{state: Snapshot, mine: Mine}} Seen the room, and what it shows to this reader */

/**
 * One's own questions and upvotes, and for the chair the questions that are not shown.
 * @type {PartOptions<QuestionsPart>}
 */
export const QUESTIONS = {
  message: "questions.mine",
  part: "questions",
  empty: { asked: [], upvoted: [] },
  signs: ({ questions, unseen, hidden }) => [unseen, hidden, questions.map(({ id, state }) => [id, state])],
  concerns: ({ state, mine }, { asked }) =>
    state.questions.length || asked.length || mine.may.includes("show_question"),
};

/**
 * One's own statements, and for the chair the notes and what helps to write.
 * @type {PartOptions<RecordPart>}
 */
export const RECORD = {
  message: "record.mine",
  part: "record",
  empty: { own: [], hidden: [], organisations: [], phrases: [] },
  signs: ({ record }) => [record.count, record.hidden, record.statements.map(({ id }) => id)],
  concerns: ({ state, mine }, { own }) =>
    state.record.count || own.length || mine.may.includes("hide_statement"),
};

/**
 * Keeps what the server shows to this reader of one kind: {own, read, again, follow};
 * `changed()` is called when the page should show something else.
 * @template {object} Part
 * @param {Socket} socket
 * @param {Seen} live
 * @param {() => void} changed
 * @param {PartOptions<Part>} options
 */
export function privatePart(socket, live, changed, { message, part, empty, signs, concerns }) {
  const own = { ...empty };
  let under = false;
  let seen = "";

  /**
   * Asks now; gets what the server answers, or nothing.
   * @returns {Promise<Part | null>}
   */
  async function read() {
    under = false;
    const answer = await ask(socket, message, { sitting: live.state.sitting.id }).catch(() => null);
    if (!answer?.ok) return null;
    Object.assign(own, answer[part]);
    changed();
    return answer[part];
  }

  /** Asks anew, a moment later: many people learn of a novelty at the same time. */
  function again() {
    if (under || !live.mine.person_id) return;
    under = true;
    setTimeout(read, Math.random() * SPREAD);
  }

  /** To be called whenever the room was drawn: asks if it is another than before. */
  function follow() {
    const now = JSON.stringify(signs(live.state));
    if (now === seen) return;
    seen = now;
    if (concerns(live, own)) again();
  }

  return { own, read, again, follow };
}
