// @ts-check
// Keeps in this browser what somebody writes in the editor of a block, until they have saved it,
// and saves by Ctrl+Enter. The editor's page loads this module; it exports `keep`. Without it the
// form works just the same.
//
// <form id="editor">…</form>
// <div data-draft="9" data-version="3" data-form="editor" [data-sent] hidden>
//   <button data-take>…</button> <button data-drop>…</button>
// </div>
// data-draft, data-version: the block, and the version that is edited. data-sent: the form comes
// back from the server with what was typed, so nothing is offered.

/** @typedef {{text: string, version: number, sent: boolean}} Kept */

const PAUSE = 400;
const offer = /** @type {HTMLElement | null} */ (document.querySelector("[data-draft]"));
const form = /** @type {HTMLFormElement | null} */ (document.getElementById(offer?.dataset.form ?? ""));
if (offer && form) keep(offer, form);

/**
 * Keeps what is typed into a form's field `body`, and offers what was kept before.
 * @param {HTMLElement} offer @param {HTMLFormElement} form
 */
export function keep(offer, form) {
  const name = `plan.block.${offer.dataset.draft}`;
  const version = Number(offer.dataset.version);
  const body = /** @type {HTMLTextAreaElement | HTMLInputElement} */ (form.elements.namedItem("body"));
  const kept = /** @type {Kept | null} */ (JSON.parse(localStorage.getItem(name) ?? "null"));
  // A text that was sent, and after which there is a later version, has been saved.
  const isSaved = kept !== null && kept.sent && version > kept.version;
  offer.hidden = kept === null || isSaved || kept.text === body.value || "sent" in offer.dataset;
  if (isSaved) localStorage.removeItem(name);
  const store = (/** @type {boolean} */ sent) =>
    localStorage.setItem(name, JSON.stringify({ text: body.value, version, sent }));
  let timer = 0;
  const stop = () => {
    clearTimeout(timer);
    timer = 0;
  };
  body.addEventListener("input", () => {
    stop();
    timer = window.setTimeout(() => {
      stop();
      store(false);
    }, PAUSE);
  });
  // Whoever leaves the page within the pause loses nothing either.
  window.addEventListener("pagehide", () => {
    if (timer) store(false);
  });
  form.addEventListener("submit", () => {
    stop();
    store(true);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  button(offer, "[data-take]").addEventListener("click", () => {
    body.value = kept?.text ?? body.value;
    close(offer, body);
  });
  button(offer, "[data-drop]").addEventListener("click", () => {
    localStorage.removeItem(name);
    close(offer, body);
  });
}

/** @param {HTMLElement} offer @param {HTMLElement} body */
function close(offer, body) {
  offer.hidden = true;
  body.focus();
}

/** @param {HTMLElement} whole @param {string} selector @returns {HTMLButtonElement} */
function button(whole, selector) {
  return /** @type {HTMLButtonElement} */ (whole.querySelector(selector));
}
