// @ts-check
// Puts stock phrases into a draft: the button beside a text opens the list, and the phrase that is
// picked goes where the cursor of that text stands. The page of the minutes loads this module; it
// exports `phrases`. Without it there are no buttons.
//
// <textarea id="field-nota-12-body"></textarea> <button data-phrases-for="field-nota-12-body" hidden>
// <dialog id="phrases"> <button data-phrases-close> <input type="search" id="phrases-filter">
//   <p data-phrases-none hidden> <section data-shelf> <li><button data-phrase>…</button></li> </section>
// </dialog>

/**
 * Wires the buttons of all texts to the list.
 * @param {HTMLDialogElement} dialog
 */
export function phrases(dialog) {
  const filter = /** @type {HTMLInputElement} */ (dialog.querySelector("[type=search]"));
  /** @type {HTMLTextAreaElement | null} */
  let target = null;
  for (const button of all(document, "[data-phrases-for]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      target = /** @type {HTMLTextAreaElement | null} */ (
        document.getElementById(button.dataset.phrasesFor ?? ""));
      filter.value = "";
      narrow(dialog, "");
      dialog.showModal();
      filter.focus();
    });
  }
  filter.addEventListener("input", () => narrow(dialog, filter.value));
  dialog.querySelector("[data-phrases-close]")?.addEventListener("click", () => dialog.close());
  // Closed by Escape too: the writer goes on in the text that they came from.
  dialog.addEventListener("close", () => target?.focus());
  for (const button of all(dialog, "[data-phrase]")) {
    button.addEventListener("click", () => {
      if (target) insert(target, words(button));
      dialog.close();
    });
  }
}

/**
 * Puts a phrase in the place of what is selected, as a sentence of its own, and the cursor behind it.
 * @param {HTMLTextAreaElement} field
 * @param {string} phrase
 */
export function insert(field, phrase) {
  const { value, selectionStart, selectionEnd } = field;
  const apart = /\S$/.test(value.slice(0, selectionStart)) ? " " : "";
  const after = /^\s/.test(value.slice(selectionEnd)) ? "" : " ";
  field.setRangeText(`${apart}${phrase}${after}`, selectionStart, selectionEnd, "end");
  // As if it had been typed: the text is saved by itself.
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {HTMLDialogElement} dialog @param {string} sought */
function narrow(dialog, sought) {
  const wanted = sought.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const shelf of all(dialog, "[data-shelf]")) {
    const offered = all(shelf, "[data-phrase]");
    for (const button of offered) {
      const body = words(button).toLocaleLowerCase();
      button.hidden = !wanted.every((word) => body.includes(word));
    }
    shelf.hidden = offered.every((button) => button.hidden);
  }
  const none = /** @type {HTMLElement} */ (dialog.querySelector("[data-phrases-none]"));
  none.hidden = all(dialog, "[data-shelf]").some((shelf) => !shelf.hidden);
}

/** @param {HTMLElement} button */
function words(button) {
  return (button.textContent ?? "").trim();
}

/** @param {ParentNode} place @param {string} selector @returns {HTMLElement[]} */
function all(place, selector) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll(selector))];
}

const list = /** @type {HTMLDialogElement | null} */ (document.getElementById("phrases"));
if (list) phrases(list);
