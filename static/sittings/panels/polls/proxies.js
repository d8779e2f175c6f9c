// @ts-check
// The votes that the reader casts for others by proxy: with their own, or otherwise.
//
// Exports `byProxy`, what is sent with a ballot, and `proxies`, what the panel shows.
// Used by panels/poll.js.

import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { keyed } from "../../../vendor/lit-html/directives/keyed.js";
import { heldFor } from "../../entitled.js";
import { say } from "../../i18n.js";

/** @import { HeldProxy, Poll, PollKind, Room } from "../../types.js" */

/**
 * The choices that differ from the reader's own, as a ballot sends them; nothing if none does.
 * @param {Pick<Room, "mine">} room
 * @param {Poll} poll
 */
export function byProxy(room, poll) {
  const otherwise = room.mine.otherwise?.[poll.id] ?? {};
  const held = heldFor(room.mine, poll).filter(({ id }) => id in otherwise);
  if (!held.length) return {};
  return { by_proxy: Object.fromEntries(held.map(({ id }) => [id, otherwise[id]])) };
}

/**
 * For whom the reader votes, what was voted, and how to vote otherwise.
 * @param {Room} room
 * @param {Poll} poll
 * @param {PollKind} kind
 * @param {boolean} alone whether they have no vote of their own
 */
export function proxies(room, poll, kind, alone) {
  const held = heldFor(room.mine, poll);
  if (!held.length) return nothing;
  const names = held.map(({ name }) => name).join("; ");
  return html`<p>${say(alone ? "held_only" : "held_proxies", { names })}</p>
    ${held.map((proxy) => one(room, poll, kind, proxy))}`;
}

/** @param {Room} room @param {Poll} poll @param {PollKind} kind @param {HeldProxy} proxy */
function one(room, poll, kind, proxy) {
  const { name, ballots } = proxy;
  const done = poll.id in ballots && !poll.rules.changeable;
  const chosen = room.mine.otherwise?.[poll.id]?.[proxy.id] ?? null;
  return html`${poll.id in ballots ? html`<p>${cast(poll, kind, proxy)}</p>` : nothing}
    ${chosen === null || done || ballots[poll.id] === chosen ? nothing : html`<p><strong>${say("proxy_chosen", { name, choice: kind.said(poll, chosen) })}</strong></p>`}
    ${done ? nothing : html`<details><summary>${say("proxy_otherwise", { name })}</summary>
      ${choose(room, poll, kind, proxy, chosen)}</details>`}`;
}

/** @param {Poll} poll @param {PollKind} kind @param {HeldProxy} proxy */
function cast(poll, kind, { name, ballots }) {
  const choice = ballots[poll.id];
  return choice === null ? say("proxy_sealed", { name }) : say("proxy_cast", { name, choice: kind.said(poll, choice) });
}

/**
 * @param {Room} room
 * @param {Poll} poll
 * @param {PollKind} kind
 * @param {HeldProxy} proxy
 * @param {string | null} chosen
 */
function choose(room, poll, kind, { id, name }, chosen) {
  /** @param {string | null} choice */
  const take = (choice) => room.voteOtherwise(poll.id, id, choice);
  /** @param {string} value @param {string} label */
  const press = (value, label) => html`<button type="button" class=${`btn btn-${chosen === value ? "primary" : "outline-primary"} w-100`}
    aria-label=${`${label}: ${name}`} aria-pressed=${String(chosen === value)} @click=${() => take(value)}>${label}</button>`;
  const form = kind.ballot({
    poll, chosen, cast: take, press, scope: `proxy-${id}`, label: say("proxy_choose", { name }),
  });
  return html`${keyed(`${poll.id}-${id}`, form)}
    ${chosen === null ? nothing : html`<button type="button" class="btn btn-link" @click=${() => take(null)}>${say("proxy_as_mine")}</button>`}`;
}
