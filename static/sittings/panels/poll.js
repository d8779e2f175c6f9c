// @ts-check
// The open poll, the reader's acknowledged ballot, and the results of polls.
//
// Exports `pollPanel` (a panel, see index.js). Each kind of poll has a module in panels/polls.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { keyed } from "../../vendor/lit-html/directives/keyed.js";
import { arithmetic } from "../arithmetic.js";
import { button, note } from "../button.js";
import { hasVote, heldFor, mayVote, whyNot } from "../entitled.js";
import { pollAtHand } from "../state.js";
import { standing } from "../quorum.js";
import { result } from "../chronicle.js";
import { grounds, ruleName, say } from "../i18n.js";
import { annulment, verdict } from "../verdict.js";
import { annulling } from "./polls/annulling.js";
import { KINDS } from "./polls/index.js";
import { byProxy, proxies } from "./polls/proxies.js";
import { known, receipt } from "./polls/receipt.js";
import { roomVotes } from "./polls/room_votes.js";

/** @import { Poll, PollKind, Room } from "../types.js" */

/** @param {Room} room */
export function pollPanel(room) {
  const poll = pollAtHand(room.state);
  if (!poll) return none(room);
  return html`${poll.effect === "consultative" ? opinion(room, poll) : title(room, poll, "poll_title")}
    <p>${poll.question}</p>
    <p class="quiet">${rules(poll)}</p>
    ${poll.state === "open" ? voting(room, poll) : ended(room, poll)}
    ${annulling(room, poll)}
    ${earlier(room, poll)}`;
}

/** @param {Room} room @param {Poll} poll @param {string} name */
function title(room, poll, name) {
  return html`<h2 class="panel__title" id="poll-title">${say(name)} ${count(room, poll)}</h2>`;
}

// An opinion poll looks like nothing that decides: a heading, a colour and a mark of its own.
/** @param {Room} room @param {Poll} poll */
function opinion(room, poll) {
  return html`<div class="poll-opinion">${title(room, poll, "opinion_title")}
    <p class="poll-opinion__note">${say("is_opinion")}</p></div>`;
}

// The point at hand has no poll yet.
/** @param {Room} room */
function none(room) {
  if (!room.state.polls.length) return nothing;
  return html`<h2 class="panel__title" id="poll-title">${say("poll_title")}</h2>${earlier(room)}`;
}

/** @param {Room} room @param {Poll} poll */
function count({ state }, poll) {
  const { turnout } = state;
  if (turnout?.poll_id !== poll.id) return nothing;
  return html`<span class="panel__count">${say("turnout", turnout)}</span>`;
}

/** @param {Poll} poll */
function rules({ rules: set, effect }) {
  const majority = effect === "consultative" ? "" : majorityOf(set);
  const quorum = set.quorum
    ? say("rule_quorum", { quorum: set.quorum, of: ruleName("quorum_of", set.quorum_of) })
    : "";
  const secrecy = say(set.secret ? "is_secret" : "is_open_vote");
  return [secrecy, ruleName("franchise", set.franchise), majority, quorum].filter(Boolean).join(" · ");
}

/** @param {Poll["rules"]} set */
function majorityOf({ majority, majority_of }) {
  if (majority === "simple") return ruleName("majority", majority);
  return say("rule_majority", { majority: ruleName("majority", majority), of: ruleName("majority_of", majority_of) });
}

/** @param {Room} room @param {Poll} poll */
function voting(room, poll) {
  const kind = KINDS[poll.poll_kind];
  const { tally = null, cast = null } = room.state.turnout ?? {};
  return html`${vote(room, poll, kind)}
    ${tally ? html`<h3>${say("so_far")}</h3>${kind.result(poll, tally, cast)}` : nothing}
    ${room.mine.may.includes("count_in_room") ? roomVotes(room, poll, kind) : nothing}
    ${room.mine.may.includes("close_poll") ? close(room, poll) : nothing}`;
}

/** @param {Room} room @param {Poll} poll @param {PollKind} kind */
function vote(room, poll, kind) {
  if (!mayVote(room)) return html`<p class="quiet">${say("no_vote")}</p>`;
  if (hasVote(room.mine, poll)) return ballot(room, poll, kind, false);
  const why = html`<p><strong>${say(`no_vote_${whyNot(room.mine, poll)}`)}</strong></p>`;
  return heldFor(room.mine, poll).length ? html`${why}${ballot(room, poll, kind, true)}` : why;
}

// alone: the reader has no vote of their own, and casts those that they hold by proxy.
/** @param {Room} room @param {Poll} poll @param {PollKind} kind @param {boolean} alone */
function ballot(room, poll, kind, alone) {
  const held = heldFor(room.mine, poll);
  const voted = alone ? held.some(({ ballots }) => poll.id in ballots) : poll.id in room.mine.ballots;
  const done = voted && !poll.rules.changeable;
  const chosen = room.mine.ballots[poll.id];
  /** @param {string} choice */
  const data = (choice) => ({ poll: poll.id, choice, ...byProxy(room, poll) });
  /** @param {string} choice */
  const noted = (choice) => () => room.noteBallot(poll.id, choice);
  /** @param {string} value @param {string} label */
  const press = (value, label) => button(room, {
    name: "ballot", label, tone: chosen === value ? "primary w-100" : "outline-primary w-100",
    pressed: String(chosen === value), noted: false, message: "ballot.cast", data: data(value),
    done: noted(value),
  });
  /** @param {string} choice */
  const cast = (choice) => room.acts.send("ballot", "ballot.cast", data(choice), noted(choice));
  const form = kind.ballot({ poll, chosen, cast, press, scope: "ballot", label: say("cast_vote") });
  return html`${done ? nothing : keyed(poll.id, form)}
    ${proxies(room, poll, kind, alone)}
    ${note(room.acts.of("ballot"))}
    ${alone && voted ? nothing : html`<p>${votedSoFar(room, poll, kind)}</p>`}
    ${poll.rules.secret && poll.id in room.mine.ballots ? receipt(room, poll) : nothing}`;
}

/** @param {Room} room @param {Poll} poll @param {PollKind} kind */
function votedSoFar({ mine }, poll, kind) {
  if (!(poll.id in mine.ballots)) return say(poll.rules.changeable ? "vote_now" : "vote_once");
  const choice = mine.ballots[poll.id];
  if (choice === null) return say("voted_secretly");
  return say(poll.rules.changeable ? "voted" : "voted_finally", { choice: kind.said(poll, choice) });
}

/** @param {Room} room @param {Poll} poll */
function close(room, poll) {
  return html`<div class="panel__actions">${button(room, {
    name: "poll", key: "h", label: say("close_poll"), question: say("close_poll_ask"),
    message: "poll.close", data: { poll: poll.id },
  })}</div>`;
}

/** @param {Room} room @param {Poll} poll */
function ended(room, poll) {
  if (poll.state === "annulled") return html`<p><strong>${annulment(poll)}</strong></p>`;
  return outcome(room, poll);
}

/** @param {Room} room @param {Poll} poll */
function outcome(room, poll) {
  const kind = KINDS[poll.poll_kind];
  return html`<p><strong>${verdict(poll)}</strong> ${grounds(poll)}</p>
    ${kind.result(poll, poll.tally ?? {}, poll.cast)}
    ${poll.room_tally ? html`<details><summary>${say("in_room")}</summary>
      ${kind.result(poll, poll.room_tally, poll.cast)}</details>` : nothing}
    <p class="quiet">${arithmetic(poll)} ${standing(poll.attendance_needed, poll.attendance_there)}</p>
    ${poll.rules.secret
      ? html`${known(room, poll)}<p><a href=${`${room.urls.polls}/${poll.id}/ricevute`}>${say("receipt_check")}</a></p>`
      : html`<p><a href=${`${room.urls.polls}/${poll.id}`}>${say("by_name")}</a></p>`}`;
}

/** @param {Room} room @param {Poll} [shown] */
function earlier(room, shown) {
  const { state } = room;
  const closed = state.polls.filter((poll) => poll.state !== "open" && poll !== shown);
  if (!closed.length) return nothing;
  return html`<details><summary>${say("earlier_polls", { count: closed.length })}</summary>
    <ul class="rows">${closed.map((poll) => html`<li>${poll.question}
      <span class="quiet">${summary(state, poll)}</span> ${annulling(room, poll)}</li>`)}</ul></details>`;
}

/** @param {Room["state"]} state @param {Poll} poll */
function summary(state, poll) {
  if (poll.state === "annulled") return annulment(poll);
  return result(state, { ...poll, poll_id: poll.id });
}
