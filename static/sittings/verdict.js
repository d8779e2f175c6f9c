// @ts-check
// How a poll ended in words: carried, chosen, only asked for opinions, or annulled.
//
// Exports `verdict` and `annulment` for panels/poll.js and screen.js; `resultLine` and
// `annulmentLine` for chronicle.js. Says the same as consultazione/sittings/polls/sentences.py and
// room/chronicle.py; tests/parity/chronicle.json tests both.

import { grounds, say } from "./i18n.js";
import { choiceSaid, headline, keyName } from "./tally.js";

/** @import { Poll, PollResult, VotesByName } from "./types.js" */

/** @typedef {Pick<Poll, "effect" | "options"> & Pick<PollResult, "carried">} Ended */

/**
 * Whether a closed poll was carried, in a word. Empty where the sentence on its grounds says it
 * all: what was chosen among options, and that an opinion poll decides nothing.
 * @param {Ended} poll
 */
export function verdict({ effect, options, carried }) {
  if (effect === "consultative") return "";
  if (options.length) return carried ? "" : say("is_not_chosen");
  return say(carried ? "is_carried" : "is_not_carried");
}

/**
 * Why a poll was annulled.
 * @param {Pick<Poll, "annulled_because" | "explanation">} poll
 */
export function annulment({ annulled_because, explanation }) {
  return say(`annulled_${annulled_because}`, { explanation });
}

/**
 * The line of the chronicle on the end of a poll, with who voted what if that was told.
 * @param {Pick<Poll, "options" | "effect">} poll
 * @param {PollResult} data
 * @param {VotesByName | null} [votes]
 */
export function resultLine({ options, effect }, data, votes) {
  const counts = headline(data.tally ?? {}).map(([key, count]) => `${keyName(key, options)}: ${count}`);
  const ended = say(sentenceName({ effect, options, carried: data.carried }), {
    grounds: grounds({ ...data, options }), counts: counts.join(", "), electorate: data.electorate,
  });
  return votes === undefined ? ended : `${ended} ${byName(votes, options)}`.trim();
}

/**
 * The line of the chronicle on a poll that was annulled.
 * @param {Pick<Poll, "question"> | undefined} poll
 * @param {{reason: string, explanation: string | null}} data
 */
export function annulmentLine(poll, { reason, explanation }) {
  if (reason !== "by_chair") return say(`annulled_${reason}`);
  return say("chair_annulled", { question: poll?.question, explanation });
}

/** @param {Ended} poll */
function sentenceName({ effect, options, carried }) {
  if (effect === "consultative") return "consulted";
  const word = options.length ? "chosen" : "carried";
  return carried ? word : `not_${word}`;
}

/** @param {VotesByName | null} votes @param {string[]} options */
function byName(votes, options) {
  if (!votes) return say("voted_elsewhere");
  const parts = votes.choices.map(({ choice, voices }) =>
    say("voted_so", { choice: choiceSaid(choice, options), names: namesOf(voices) }));
  if (votes.silent.length) parts.push(say("silent", { names: namesOf(votes.silent) }));
  if (votes.others) parts.push(say("silent_others", { count: votes.others }));
  return parts.join(" ");
}

/** @param {import("./types.js").NamedVoice[]} voices */
function namesOf(voices) {
  return voices
    .map(({ name, by_proxy: holder }) => (holder ? say("by_proxy", { holder, giver: name }) : name))
    .join("; ");
}
