// @ts-check
// Shows the effect of a what-if while it is typed. Without scripts a button does the same.
//
// <form data-whatif="/address?parte=effetto" data-said="The effect is shown anew.">
//   <div id="effect">…</div>

import { announce } from "../js/announce.js";

const PAUSE = 300; // milliseconds without a key before the server is asked
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-whatif]"));
const effect = /** @type {HTMLElement} */ (document.getElementById("effect"));
let timer = 0;
let asked = 0;

form?.addEventListener("input", (event) => {
  if (/** @type {HTMLInputElement} */ (event.target).name === "name") return;
  clearTimeout(timer);
  timer = setTimeout(() => show(form), PAUSE);
});

/** @param {HTMLFormElement} shown */
async function show(shown) {
  asked += 1;
  const mine = asked;
  effect.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(shown.dataset.whatif ?? "", { method: "POST", body: new FormData(shown) });
    // What is no effect of this form, such as a page for too many requests, is left alone.
    if (mine !== asked || ![200, 422].includes(answer.status)) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    effect.replaceChildren(...page.body.childNodes);
    announce(shown.dataset.said ?? "");
  } catch {
    // The line is down: the button still asks, and says so.
  } finally {
    if (mine === asked) effect.removeAttribute("aria-busy");
  }
}
