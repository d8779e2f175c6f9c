// @ts-check
// Saves the notes and conclusions of a draft by themselves, each a moment after the last keystroke
// in it, and says beside each how it stands. The page of the minutes loads this module; it exports
// `sideBySide`. Without it one button saves all of them.
//
// <form id="texts" action="…" data-saving data-saved data-failed data-refused>…</form>
// <div data-piece="nota-12">
//   <input form="texts" name="nota-12-version"> <textarea form="texts" name="nota-12-body"></textarea>
//   <div data-theirs hidden><div data-their-words></div></div> <span data-status></span>
// </div>

/**
 * @typedef {object} Answer
 * @property {Record<string, string | number>} fields version and mark of the piece, as they stand
 * @property {Record<string, string[]>} errors what is wrong, by field
 * @property {Record<string, string>} theirs what somebody else has saved, by piece
 * @property {number} version that of the whole draft
 */

const AFTER_A_PAUSE = 1_200;
const TRY_AGAIN_AFTER = 5_000;

/**
 * Wires every piece of the page to the form that they belong to.
 * @param {HTMLFormElement} form
 */
export function sideBySide(form) {
  const pieces = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-piece]"));
  const all = [...pieces].map((place) => new Piece(place, form));
  window.addEventListener("pagehide", () => {
    for (const piece of all) piece.leave();
  });
}

class Piece {
  #place;
  #form;
  #key;
  #timer = 0;
  #isSaving = false;
  #isRefused = false;

  /** @param {HTMLElement} place @param {HTMLFormElement} form */
  constructor(place, form) {
    this.#place = place;
    this.#form = form;
    this.#key = place.dataset.piece ?? "";
    for (const field of this.#fields) {
      field.addEventListener("input", () => this.#later(AFTER_A_PAUSE));
    }
  }

  /** The page is left: what still waits goes out at once. */
  leave() {
    if (this.#timer) this.#send(true).catch(() => null);
  }

  get #fields() {
    const own = /** @type {NodeListOf<HTMLInputElement>} */ (
      this.#place.querySelectorAll("input, textarea, select"));
    return [...own];
  }

  // After a refusal for somebody else's text, the writer puts both together and presses the button.
  /** @param {number} delay */
  #later(delay) {
    clearTimeout(this.#timer);
    if (!this.#isRefused) this.#timer = window.setTimeout(() => this.#save(), delay);
  }

  async #save() {
    this.#timer = 0;
    if (this.#isSaving) {
      this.#later(AFTER_A_PAUSE);
      return;
    }
    this.#isSaving = true;
    this.#say(this.#form.dataset.saving ?? "");
    try {
      const answer = await this.#send(false);
      if (answer.ok || answer.status === 422) this.#told(await answer.json());
      else this.#fail();
    } catch {
      this.#fail();
    }
    this.#isSaving = false;
  }

  /** @param {boolean} keepalive */
  #send(keepalive) {
    const body = new URLSearchParams();
    const token = /** @type {HTMLInputElement} */ (this.#form.elements.namedItem("csrf_token"));
    body.set("csrf_token", token.value);
    for (const field of this.#fields) body.set(field.name, field.value);
    return fetch(this.#form.action, {
      method: "POST", body, keepalive, headers: { Accept: "application/json" },
    });
  }

  #fail() {
    this.#say(this.#form.dataset.failed ?? "");
    this.#later(TRY_AGAIN_AFTER);
  }

  /** @param {Answer} answer */
  #told({ fields, errors, theirs, version }) {
    const wrong = Object.values(errors).flat();
    if (wrong.length) {
      this.#say((this.#form.dataset.refused ?? "").replace("{why}", wrong.join(" ")));
      this.#showTheirs(theirs[this.#key], Number(fields[`${this.#key}-version`]));
      return;
    }
    this.#take(fields);
    approve(version);
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    this.#say((this.#form.dataset.saved ?? "").replace("{time}", time));
  }

  /** @param {Record<string, string | number>} fields */
  #take(fields) {
    for (const field of this.#fields) {
      if (field.name in fields) field.value = String(fields[field.name]);
    }
  }

  // Somebody else has saved another version: their words are shown, nothing is overwritten.
  /** @param {string | undefined} words @param {number} version */
  #showTheirs(words, version) {
    const own = this.#fields.find(({ name }) => name === `${this.#key}-version`);
    if (words === undefined || !own || Number(own.value) === version) return;
    own.value = String(version);
    this.#isRefused = true;
    const place = /** @type {HTMLElement} */ (this.#place.querySelector("[data-theirs]"));
    /** @type {HTMLElement} */ (place.querySelector("[data-their-words]")).textContent = words;
    place.hidden = false;
  }

  /** @param {string} sentence */
  #say(sentence) {
    /** @type {HTMLElement} */ (this.#place.querySelector("[data-status]")).textContent = sentence;
  }
}

// Whoever has only saved their own text has read the draft that they approve.
/** @param {number} version */
function approve(version) {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-draft-version] [name=version]"));
  if (field && Number(field.value) === version - 1) field.value = String(version);
}

// The class stands above: a module that calls it before is refused by the browser.
const texts = /** @type {HTMLFormElement | null} */ (document.getElementById("texts"));
if (texts) sideBySide(texts);
