// The line that says, calmly, how the page stands with the server and with what was sent.

import { render, html, nothing } from "../vendor/lit-html/lit-html.js";
import { say } from "./i18n.js";

const STATES = {
  connecting: { tone: "lost", words: "connecting" },
  live: { tone: "live", words: "connected" },
  catching: { tone: "lost", words: "catching_up" },
  lost: { tone: "lost", words: "disconnected" },
  signed_out: { tone: "lost", words: "signed_out" },
  left: { tone: "lost", words: "left" },
  over: { tone: "lost", words: "rehearsal_over" },
  taken_over: { tone: "lost", words: "taken_over" },
};

/** Draws the line: state is one of the names above, `count` how much is still to come. */
export function showConnection(element, { state, count, detail, acts, comeBack }) {
  const { tone, words } = STATES[state];
  element.dataset.state = tone;
  render(
    html`${detail ?? say(words, { count: count || "" })} ${sending(acts)}
      ${comeBack ? html`<button type="button" class="btn btn-outline-primary" @click=${comeBack}>${say("come_back")}</button>` : nothing}`,
    element,
  );
}

/** The words of a state, to be read out. */
export function connectionWords(state) {
  return say(STATES[state].words);
}

function sending(acts) {
  const [waiting, busy, sent] = ["waiting", "sending", "sent"].map((status) => acts.count(status));
  if (waiting) return say("acts_waiting", { count: waiting });
  if (busy) return say("acts_sending");
  return sent ? say("acts_sent") : nothing;
}
