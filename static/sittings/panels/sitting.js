// The sitting as a whole: whether it is open, who presides, and how to leave.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { button } from "../button.js";
import { isPresent } from "../presence.js";
import { person, say } from "../words.js";

export function sittingPanel(room) {
  const { sitting } = room.state;
  return html`<h2 class="panel__title" id="sitting-title">${say("sitting_title")}</h2>
    <p>${standing(room)}</p>
    ${sitting.state === "closed" ? minutes(room) : actions(room)}`;
}

function standing({ state }) {
  const { sitting } = state;
  if (sitting.state === "open") return say("is_open", { name: person(state, sitting.presided_by) });
  return say(sitting.state === "closed" ? "is_closed" : "is_convened");
}

function actions(room) {
  const { sitting } = room.state;
  return html`<div class="panel__actions">
      ${sitting.state === "convened" ? open(room, sitting.id) : close(room, sitting.id)}
      ${leave(room, sitting.id)}
    </div>
    ${room.mine.person_id ? nothing : html`<p>${say("only_watching")}
      <a href=${room.urls.signIn}>${say("sign_in")}</a></p>`}`;
}

function open(room, sittingId) {
  if (!room.mine.may.includes("open_sitting")) return nothing;
  return button(room, {
    name: "sitting", label: say("open_sitting"), tone: "primary", question: say("open_sitting_ask"),
    message: "sitting.open", data: { sitting: sittingId },
  });
}

function close(room, sittingId) {
  if (!room.mine.may.includes("close_sitting")) return nothing;
  return button(room, {
    name: "sitting", label: say("close_sitting"), question: say("close_sitting_ask"),
    message: "sitting.close", data: { sitting: sittingId },
  });
}

function leave(room, sittingId) {
  if (!isPresent(room)) return nothing;
  return html`${button(room, {
      name: "leave", label: say("leave"), message: "leave", data: { sitting: sittingId },
      done: room.leave,
    })}
    ${button(room, {
      name: "take_over", label: say("take_over"), message: "take_over", data: { sitting: sittingId },
    })}`;
}

function minutes({ drafted, progress, urls }) {
  if (drafted) {
    return html`<p>${say("minutes_news")} <a href=${urls.minutes}>${say("minutes_link")}</a></p>`;
  }
  return html`<p>${say("minutes_follow")}</p>
    ${progress ? html`<p>${say("step", progress)}</p>
      <progress max=${progress.of} value=${progress.step} aria-label=${say("minutes_working")}></progress>` : nothing}`;
}
