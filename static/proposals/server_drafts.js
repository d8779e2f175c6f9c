// @ts-check
// Keeps a proposal that is being written on the site as well, a moment after each pause, so that its
// author goes on from any device. Without a line it waits and tries again; the browser's own copy
// (js/drafts.js) goes only once the site has the text. Without this module a button saves the draft.
//
// <form data-draft="bozza.7" data-draft-version="3" data-save-draft="/bozze/7/salva"
//       data-begin-draft="…" data-saved="… {at}" data-failed="…" data-signed-out="…">
//   <input name="version"> <button data-save-button> <p data-draft-status>
//   <div data-draft-conflict hidden><span data-draft-when> <a data-draft-theirs> <button data-draft-mine>
//
// Exports `ServerDraft`.

const AFTER_A_PAUSE = 1_500;
const TRY_AGAIN_AFTER = 5_000;
const NOT_KEPT = ["once", "draft", "files"];

/**
 * @typedef {object} Places where a draft stands
 * @property {number} version
 * @property {string} at when it was saved
 * @property {string} name its name in this browser
 * @property {string} page
 * @property {string} save
 */

export class ServerDraft {
  #form;
  #person;
  #timer = 0;
  #isSaving = false;
  #isTaken = false;
  /** @type {Places | null} */
  #standing = null;

  /** @param {HTMLFormElement} form @param {string} person */
  constructor(form, person) {
    this.#form = form;
    this.#person = person;
    form.addEventListener("input", () => this.#later(AFTER_A_PAUSE));
    form.addEventListener("submit", (event) => this.#leave(event));
    this.#find("[data-draft-mine]")?.addEventListener("click", () => this.#keepMine());
    this.#find("[data-draft-theirs]")?.addEventListener("click", () => this.#forget());
    window.addEventListener("pageshow", () => {
      this.#isTaken = false;
    });
    window.addEventListener("online", () => this.#timer && this.#later(0));
    window.addEventListener("pagehide", () => {
      if (this.#timer && !this.#isTaken) this.#send(true).catch(() => null);
    });
    const { draftVersion } = form.dataset;
    if (draftVersion) this.#goOnFrom(Number(draftVersion));
    // What the browser has put back is not on the site yet.
    if (this.#find("[data-draft-note]")?.hidden === false) this.#later(0);
  }

  /** @param {string} selector */
  #find(selector) {
    return /** @type {HTMLElement | null} */ (this.#form.querySelector(selector));
  }

  /** @param {number} delay */
  #later(delay) {
    clearTimeout(this.#timer);
    if (!this.#standing) this.#timer = window.setTimeout(() => this.#save(), delay);
  }

  async #save() {
    if (this.#isSaving || this.#isTaken) return;
    this.#timer = 0;
    this.#isSaving = true;
    try {
      await this.#told(await this.#send(false));
    } catch {
      this.#fail("failed");
    }
    this.#isSaving = false;
  }

  /** @param {boolean} keepalive */
  #send(keepalive) {
    const body = new FormData(this.#form);
    for (const name of NOT_KEPT) body.delete(name);
    body.set("version", this.#form.dataset.draftVersion ?? "");
    return fetch(this.#form.dataset.saveDraft ?? "", {
      method: "POST", body, keepalive, redirect: "manual", headers: { Accept: "application/json" },
    });
  }

  /** @param {Response} answer */
  async #told(answer) {
    if (answer.ok) {
      this.#take(await answer.json());
    } else if (answer.status === 409) {
      this.#ask(await answer.json());
    } else if (answer.status === 422) {
      this.#say((await answer.json()).errors.join(" "));
    } else if (answer.status === 404) {
      // Thrown away elsewhere, or handed in: what is typed here begins another.
      this.#form.dataset.saveDraft = this.#form.dataset.beginDraft ?? "";
      this.#later(0);
    } else {
      this.#fail(answer.type === "opaqueredirect" ? "signedOut" : "failed");
    }
  }

  /** @param {"failed" | "signedOut"} why */
  #fail(why) {
    this.#say(this.#form.dataset[why] ?? "");
    this.#later(TRY_AGAIN_AFTER);
  }

  /** @param {Places} places */
  #take(places) {
    const { dataset } = this.#form;
    this.#rename(places.name);
    dataset.saveDraft = places.save;
    this.#goOnFrom(places.version);
    this.#form.action = places.page;
    /** @type {HTMLButtonElement | null} */ (this.#find("[data-save-button]"))?.setAttribute("formaction", places.save);
    if (location.pathname !== places.page) history.replaceState(null, "", places.page);
    this.#say((dataset.saved ?? "").replace("{at}", places.at));
  }

  // The browser's copy goes, unless more was typed meanwhile; then it takes the draft's name.
  /** @param {string} name */
  #rename(name) {
    const kept = localStorage.getItem(this.#place);
    localStorage.removeItem(this.#place);
    this.#form.dataset.draft = name;
    if (this.#timer && kept) localStorage.setItem(this.#place, kept);
    const field = /** @type {HTMLInputElement | null} */ (this.#form.elements.namedItem("draft"));
    if (field) field.value = name;
  }

  /** @param {number} version */
  #goOnFrom(version) {
    this.#form.dataset.draftVersion = String(version);
    const field = /** @type {HTMLInputElement} */ (this.#form.elements.namedItem("version"));
    field.value = String(version);
  }

  // Saved from elsewhere since: nothing is overwritten before the author has chosen.
  /** @param {Places} places */
  #ask(places) {
    this.#standing = places;
    const [box, when] = [this.#find("[data-draft-conflict]"), this.#find("[data-draft-when]")];
    if (when) when.textContent = `(${places.at})`;
    if (box) box.hidden = false;
    box?.scrollIntoView({ block: "center" });
    this.#find("[data-draft-mine]")?.focus();
  }

  #keepMine() {
    const box = this.#find("[data-draft-conflict]");
    if (box) box.hidden = true;
    if (this.#standing) this.#goOnFrom(this.#standing.version);
    this.#standing = null;
    this.#later(0);
  }

  #forget() {
    localStorage.removeItem(this.#place);
  }

  get #place() {
    return `draft:${this.#person}:${this.#form.dataset.draft ?? ""}`;
  }

  // What is being saved comes first, else the form would be of a version from before.
  /** @param {SubmitEvent} event */
  #leave(event) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#isTaken = true;
    if (!this.#isSaving) return;
    event.preventDefault();
    const wait = window.setInterval(() => {
      if (this.#isSaving) return;
      clearInterval(wait);
      this.#form.requestSubmit(event.submitter);
    }, 50);
  }

  /** @param {string} sentence */
  #say(sentence) {
    const place = this.#find("[data-draft-status]");
    if (place) place.textContent = sentence;
  }
}

const forms = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-save-draft]"));
for (const form of forms) new ServerDraft(form, document.body.dataset.person ?? "");
