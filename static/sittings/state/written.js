// What frames about what is written make of the room: questions, statements, commitments.

/** The state after a `questions` frame. */
export function withQuestions(state, { questions, unseen, hidden, people }) {
  return { ...state, people: { ...state.people, ...people }, questions, unseen, hidden };
}

/** The state after a `record` frame: the statements that are shown, and the commitments. */
export function withRecord(state, { record, people }) {
  return { ...state, people: { ...state.people, ...people }, record };
}

/** The state after an `upvotes` frame. */
export function withUpvotes(state, { upvotes }) {
  const questions = state.questions.map((one) => ({ ...one, upvotes: upvotes[one.id] ?? 0 }));
  return { ...state, questions };
}
