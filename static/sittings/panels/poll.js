// The question that is put to those present, one's own acknowledged ballot, and results.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { button, note } from "../button.js";
import { isPresent } from "../presence.js";
import { openPoll } from "../state.js";
import { result } from "../stream.js";
import { choice, choices, counted, grounds, say } from "../words.js";

export function pollPanel(room) {
  const poll = openPoll(room.state) ?? room.state.polls.at(-1);
  if (!poll) return nothing;
  return html`<h2 class="panel__title" id="poll-title">${say("poll_title")} ${count(room, poll)}</h2>
    <p>${poll.question}</p>
    ${poll.state === "open" ? voting(room, poll) : outcome(poll)}
    ${earlier(room, poll)}`;
}

function count({ state }, poll) {
  const { turnout } = state;
  if (turnout?.poll_id !== poll.id) return nothing;
  return html`<span class="panel__count">${say("turnout", turnout)}</span>`;
}

function voting(room, poll) {
  return html`${mayVote(room) ? ballot(room, poll) : html`<p class="quiet">${say("no_vote")}</p>`}
    ${room.mine.may.includes("close_poll") ? close(room, poll) : nothing}`;
}

function mayVote({ state, mine }) {
  return mine.may.includes("cast_ballot") && isPresent({ state, mine });
}

function ballot(room, poll) {
  const cast = room.mine.ballots[poll.id];
  return html`<div class="choices" role="group" aria-labelledby="poll-title">
      ${choices(poll.poll_kind).map(([value, label]) => vote(room, poll, value, label))}
    </div>
    ${note(room.acts.of("ballot"))}
    <p>${cast ? say("voted", { choice: choice(poll.poll_kind, cast) }) : say("vote_now")}</p>`;
}

function vote(room, poll, value, label) {
  const cast = room.mine.ballots[poll.id] === value;
  return button(room, {
    name: "ballot", label, tone: cast ? "primary w-100" : "outline-primary w-100",
    pressed: String(cast), noted: false, message: "ballot.cast", data: { poll: poll.id, choice: value },
    done: () => room.voted(poll.id, value),
  });
}

function close(room, poll) {
  return html`<div class="panel__actions">${button(room, {
    name: "poll", label: say("close_poll"), question: say("close_poll_ask"),
    message: "poll.close", data: { poll: poll.id },
  })}</div>`;
}

function outcome(poll) {
  return html`<p><strong>${say(poll.carried ? "is_carried" : "is_not_carried")}</strong> ${grounds(poll.grounds)}</p>
    <dl class="tally">${choices(poll.poll_kind).map(([value]) => line(poll, value, counted(value)))}</dl>
    <p class="quiet">${say("electorate", poll)}</p>`;
}

function line({ tally, electorate }, value, label) {
  return html`<div><dt>${label}</dt>
    <dd>${tally[value]} <progress value=${tally[value]} max=${electorate || 1} aria-label=${label}></progress></dd></div>`;
}

function earlier({ state }, shown) {
  const closed = state.polls.filter((poll) => poll.state === "closed" && poll !== shown);
  if (!closed.length) return nothing;
  return html`<details><summary>${say("earlier_polls", { count: closed.length })}</summary>
    <ul class="rows">${closed.map((poll) => html`<li>${poll.question}
      <span class="quiet">${result(state, { ...poll, poll_id: poll.id })}</span></li>`)}</ul></details>`;
}
