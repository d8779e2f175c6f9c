// @ts-check
// Applies the frames about questions, upvotes, statements and commitments to the state.
//
// Exports `withQuestions`, `withRecord` and `withUpvotes`; ../live.js uses them through ../state.js.

/** @import { QuestionsFrame, RecordFrame, Snapshot, UpvotesFrame } from "../types.js" */

/**
 * The state after a `questions` frame.
 * @param {Snapshot} state
 * @param {QuestionsFrame} frame
 */
export function withQuestions(state, { questions, more_questions, unseen, hidden, people }) {
  return { ...state, people: { ...state.people, ...people }, questions, more_questions, unseen, hidden };
}

/**
 * The state after a `record` frame: the statements that are shown, and the commitments.
 * @param {Snapshot} state
 * @param {RecordFrame} frame
 */
export function withRecord(state, { record, people }) {
  return { ...state, people: { ...state.people, ...people }, record };
}

/**
 * The state after an `upvotes` frame.
 * @param {Snapshot} state
 * @param {UpvotesFrame} frame
 */
export function withUpvotes(state, { upvotes }) {
  const questions = state.questions.map((question) =>
    ({ ...question, upvotes: upvotes[question.id] ?? 0 }));
  return { ...state, questions };
}
