// The agenda, point by point; who presides starts and closes them.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { button } from "../button.js";
import { say } from "../words.js";

export function agendaPanel(room) {
  const { agenda } = room.state;
  return html`<h2 class="panel__title" id="agenda-title">${say("agenda_title")}</h2>
    ${agenda.length
      ? html`<ol class="rows rows--numbered">${repeat(agenda, (point) => point.id, (point) => row(room, point))}</ol>`
      : html`<p class="quiet">${say("no_agenda")}</p>`}`;
}

function row(room, point) {
  return html`<li aria-current=${point.state === "current" ? "step" : nothing}>
    <span>${point.title}${quiet(standing(point))}</span> ${control(room, point)}
  </li>`;
}

function quiet(words) {
  return words ? html` <span class="quiet">– ${words}</span>` : nothing;
}

function standing({ state, minutes_planned }) {
  if (state !== "pending") return say(state === "current" ? "point_current" : "point_done");
  return minutes_planned ? say("minutes_planned", { minutes: minutes_planned }) : "";
}

function control(room, point) {
  const presides = room.state.sitting.state === "open" && room.mine.may.includes("start_point");
  if (!presides || point.state === "done") return nothing;
  const current = point.state === "current";
  const label = html`${say(current ? "close_point" : "start_point")}<span class="visually-hidden">: ${point.title}</span>`;
  return button(room, {
    name: `point-${point.id}`, label, tone: "outline-primary btn-sm",
    message: current ? "agenda.close" : "agenda.start", data: { point: point.id },
  });
}
