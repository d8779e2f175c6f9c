// A form of the room into which something is typed. It stands outside of what is drawn anew,
// so that nothing that is being typed is ever lost.

import { render } from "../vendor/lit-html/lit-html.js";
import { note } from "./button.js";

/**
 * Wires the form in the section `id`, if the page has one.
 * message: what it sends; data(room): what goes with the fields; shown(room): whether it is
 * offered; done(): called once it has been taken. Returns what brings it up to date with the room.
 */
export function textForm(acts, id, { message, data, shown, done = () => {} }) {
  const section = document.getElementById(id);
  if (!section) return () => {};
  const form = section.querySelector("form");
  let now;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = Object.fromEntries(new FormData(form));
    acts.send(id, message, { ...data(now), ...typed }, () => {
      empty(form, typed);
      done();
    });
  });
  return (room) => {
    now = room;
    section.hidden = !shown(room);
    render(note(plain(acts.of(id))), section.querySelector("[data-note]"));
  };
}

// What was typed after the form had been sent stays.
function empty(form, sent) {
  for (const [name, value] of Object.entries(sent)) {
    const field = form.elements[name];
    if (field.value === value) field.value = "";
  }
}

function plain(act) {
  const [first] = Object.values(act?.fields ?? {});
  return first ? { ...act, detail: first[0] } : act;
}
