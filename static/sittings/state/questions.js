// What frames about written questions make of the room.

/** The state after a `questions` frame. */
export function withQuestions(state, { questions, unseen, people }) {
  return { ...state, people: { ...state.people, ...people }, questions, unseen };
}

/** The state after an `upvotes` frame. */
export function withUpvotes(state, { upvotes }) {
  const questions = state.questions.map((one) => ({ ...one, upvotes: upvotes[one.id] ?? 0 }));
  return { ...state, questions };
}
