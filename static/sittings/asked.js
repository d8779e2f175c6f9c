// One's own questions and wishes, which nobody else is told: asked for when they may have changed.

import { ask } from "../js/socket.js";

const SPREAD = 1_000;

/** Keeps {asked, upvoted, moderated}; `changed()` is called when the page should show others. */
export function ownQuestions(socket, live, changed) {
  const own = { asked: [], upvoted: [] };
  let under = false;
  let seen = "";

  async function read() {
    under = false;
    const answer = await ask(socket, "questions.mine", { sitting: live.state.sitting.id }).catch(() => null);
    if (!answer?.ok) return;
    Object.assign(own, answer.questions);
    changed();
  }

  /** Asks anew, a moment later: many people learn of a question at the same time. */
  function again() {
    if (under || !live.mine.person_id) return;
    under = true;
    setTimeout(read, Math.random() * SPREAD);
  }

  /** To be called whenever the room was drawn: asks if the questions are others than before. */
  function follow() {
    const { questions, unseen } = live.state;
    const now = JSON.stringify([unseen, questions.map(({ id, state }) => [id, state])]);
    if (now === seen) return;
    seen = now;
    if (questions.length || own.asked.length || live.mine.may.includes("show_question")) again();
  }

  return { own, again, follow };
}
