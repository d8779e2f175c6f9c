// @ts-check
// Makes a passkey, or signs with one, when a form that needs it is sent.
//
// The form's hidden field `data-passkey` says which ("create" or "get") and holds the server's
// options; what the device answers becomes its value, and then the form goes.

for (const field of document.querySelectorAll("input[data-passkey]")) {
  const input = /** @type {HTMLInputElement} */ (field);
  const form = /** @type {HTMLFormElement} */ (input.form);
  form.closest("[data-passkey-only]")?.removeAttribute("hidden");
  form.addEventListener("submit", (event) => {
    if (input.value !== "") return;
    event.preventDefault();
    void ask(input).then((answered) => answered && form.requestSubmit());
  });
}

/**
 * Have the device answer; true if it did.
 * @param {HTMLInputElement} input
 */
async function ask(input) {
  const { passkey, options = "{}", failed = "" } = input.dataset;
  try {
    const credential = await answer(passkey === "create", JSON.parse(options));
    input.value = JSON.stringify(/** @type {any} */ (credential).toJSON());
    return true;
  } catch {
    tell(input, failed);
    return false;
  }
}

/**
 * @param {boolean} create
 * @param {any} options
 */
function answer(create, options) {
  const known = /** @type {any} */ (PublicKeyCredential);
  return create
    ? navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(options) });
}

/**
 * Say below the field's form that the device did not answer.
 * @param {HTMLInputElement} input
 * @param {string} words
 */
function tell(input, words) {
  const form = /** @type {HTMLFormElement} */ (input.form);
  form.querySelector(".alert")?.remove();
  const note = document.createElement("p");
  note.className = "alert alert-warning";
  note.setAttribute("role", "alert");
  note.textContent = words;
  form.prepend(note);
}
