// A page that shows a stream says politely when it is no longer the newest: nothing on it
// changes under the reader, who reloads when they want to.
//
// <div data-follow="table:3" data-after="41" data-progress="Step {step} of {of}: {label}">
//   <p data-news hidden>…<a href="">…</a></p>
//   <p data-working hidden><span></span> <progress></progress></p>
// </div>

import { announce } from "./announce.js";
import { follow, open } from "./socket.js";

const root = document.querySelector("[data-follow]");
if (root) {
  follow(open(), root.dataset.follow, Number(root.dataset.after), { news: show, progress: work });
}

function show() {
  const news = root.querySelector("[data-news]");
  if (news.hidden) announce(news.textContent.trim());
  news.hidden = false;
  root.querySelector("[data-working]").hidden = true;
}

function work({ step, of, label }) {
  const working = root.querySelector("[data-working]");
  const values = { step, of, label };
  const sentence = root.dataset.progress.replace(/\{(\w+)\}/g, (_all, key) => values[key]);
  working.querySelector("span").textContent = sentence;
  Object.assign(working.querySelector("progress"), { value: step, max: of });
  working.hidden = step >= of;
}
