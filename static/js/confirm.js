// Asks a question in the dialog that every page has, and waits for the answer.

const dialog = document.getElementById("confirm");
const words = document.getElementById("confirm-question");

/** True if the reader answered yes. */
export function confirmed(question) {
  words.textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
