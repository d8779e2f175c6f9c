// @ts-check
// The chat of the sitting: the newest messages, the last on top; for the chair how to open, close
// and moderate it.
//
// Exports `chatPanel` and `chatCount` (a panel and its count, see index.js).

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { button } from "../button.js";
import { isPresent } from "../presence.js";
import { person, say, time } from "../i18n.js";
import { reasonForm } from "./reason.js";

/** @import { ChatMessage, Room } from "../types.js" */

const PLACE = "chat-aloud";
const BRIEF = 40;

/**
 * How many messages the page knows.
 * @param {Room} room
 */
export const chatCount = ({ chat }) => ({ count: chat.length });

/** @param {Room} room */
export function chatPanel(room) {
  const { sitting } = room.state;
  const chairs = room.mine.may.includes("open_chat");
  if (sitting.state !== "open" || !(chairs || sitting.chat || room.chat.length)) return nothing;
  return html`${standing(room)}${chairs ? course(room) : nothing}
    ${room.chat.length ? html`${aloud()}
      <ol class="chat" id="chat-lines" tabindex="0" aria-live=${isAloud() ? "polite" : "off"} aria-label=${say("chat_lines")}>
        ${repeat([...room.chat].reverse(), ({ id }) => id, (message) => line(room, message))}</ol>` : nothing}`;
}

/** @param {Room} room */
function standing(room) {
  const { chat } = room.state.sitting;
  if (!chat) return html`<p class="quiet">${say("chat_is_closed")}</p>`;
  return html`<p>${say(`chat_${chat}`)}</p>
    ${isPresent(room) ? nothing : html`<p class="quiet">${say("chat_come_in")}</p>`}`;
}

/** @param {Room} room */
function course({ state, acts }) {
  const { chat, id } = state.sitting;
  const [label, message] = chat ? [say("close_chat"), "chat.close"] : [say("open_chat"), "chat.open"];
  return html`<div class="panel__actions">${button({ acts }, {
    name: "chat", label, tone: "outline-primary btn-sm", message, data: { sitting: id },
  })}</div>`;
}

/** @param {Room} room @param {ChatMessage} message */
function line(room, message) {
  const { person_id, written_at, body, hidden_reason: reason } = message;
  return html`<li><p class="chat__who">${person(room.state, person_id)} <time datetime=${written_at}>${time(written_at)}</time></p>
    ${reason === null ? nothing : html`<p class="quiet">${say("chat_hidden", { reason })}</p>`}
    ${body === null ? nothing : html`<p class="written">${body}</p>`}
    ${moderation(room, message)}</li>`;
}

/** @param {Room} room @param {ChatMessage} message */
function moderation(room, { id, body, hidden_reason: reason }) {
  if (!room.mine.may.includes("hide_chat_message")) return nothing;
  const data = { chat_message: id };
  if (reason === null) {
    return reasonForm(room, {
      name: `hide-chat-${id}`, words: say("hide_chat"), label: say("hide_chat_ask"), message: "chat.hide", data,
    });
  }
  return html`<div class="panel__actions">${button(room, {
    name: `show-chat-${id}`, label: say("show_chat"), about: (body ?? "").slice(0, BRIEF),
    tone: "outline-primary btn-sm", message: "chat.show", data,
  })}</div>`;
}

// Whether a screen reader reads new messages out; this browser remembers it.
function aloud() {
  return html`<div class="form-check"><input class="form-check-input" type="checkbox" id="chat-aloud" .checked=${isAloud()} @change=${hush}>
    <label class="form-check-label" for="chat-aloud">${say("chat_aloud")}</label></div>`;
}

function isAloud() {
  return localStorage.getItem(PLACE) !== "off";
}

/** @param {Event} event */
function hush({ target }) {
  const { checked } = /** @type {HTMLInputElement} */ (target);
  localStorage.setItem(PLACE, checked ? "on" : "off");
  document.getElementById("chat-lines")?.setAttribute("aria-live", checked ? "polite" : "off");
}
