// @ts-check
// What every page needs: a form asks for confirmation, is sent once, shows its errors,
// and keeps what is typed into it.
//
// templates/layout.html loads this module on every page; it exports nothing.

import "../vendor/bootstrap-italia/components.js";
import { confirmed } from "./confirm.js";
import { forgetDrafts, keepDrafts } from "./drafts.js";
import { leadToSearch } from "./search_key.js";

keepDrafts(document);
leadToSearch(document);

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method === "dialog" || event.defaultPrevented) return;
  if (form.dataset.confirm && !form.dataset.confirmed) {
    event.preventDefault();
    askFirst(form, event.submitter);
  } else if (form.dataset.sent) {
    event.preventDefault();
  } else {
    form.dataset.sent = "yes";
    // Drafts, receipts and what waits to be sent are no business of who comes next.
    if ("forget" in form.dataset) {
      sessionStorage.clear();
      forgetDrafts();
    }
    event.submitter?.setAttribute("aria-disabled", "true");
  }
});

// A page that comes back from the browser's cache may be sent again.
window.addEventListener("pageshow", () => {
  const sent = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-sent]"));
  for (const form of sent) {
    delete form.dataset.sent;
    delete form.dataset.confirmed;
  }
  for (const button of document.querySelectorAll("[type=submit][aria-disabled]")) {
    button.removeAttribute("aria-disabled");
  }
});

const refused = /** @type {HTMLElement | null} */ (document.querySelector("[data-focus]"));
refused?.focus();
// Back and reload then open the page of the form: no question whether to send it once more.
if (refused) history.replaceState(null, "", document.referrer || location.href);

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
async function askFirst(form, submitter) {
  if (!(await confirmed(form.dataset.confirm ?? ""))) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(submitter);
}
