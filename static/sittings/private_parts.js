// What is shown to this reader alone beside the room: asked for when it may have changed.

import { ask } from "../js/socket.js";

const SPREAD = 1_000;

/** One's own questions and wishes, and for who presides the questions that are not shown. */
export const QUESTIONS = {
  message: "questions.mine",
  part: "questions",
  empty: { asked: [], upvoted: [] },
  signs: ({ questions, unseen, hidden }) => [unseen, hidden, questions.map(({ id, state }) => [id, state])],
  concerns: ({ state, mine }, { asked }) =>
    state.questions.length || asked.length || mine.may.includes("show_question"),
};

/** One's own statements, and for who presides the notes and what helps to write. */
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
 */
export function privatePart(socket, live, changed, { message, part, empty, signs, concerns }) {
  const own = { ...empty };
  let under = false;
  let seen = "";

  /** Asks now; gets what the server answers, or nothing. */
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
