// @ts-check
// Asks a question in the dialog that every page has, and waits for the answer.
//
// Exports `confirmed`; used by boot.js and by the buttons of the room.

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("confirm"));
const words = /** @type {HTMLElement} */ (document.getElementById("confirm-question"));

/**
 * True if the reader answered yes.
 * @param {string} question
 */
export function confirmed(question) {
  words.textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
