// @ts-check
// The panel in which the chair writes running notes for the minutes. Its text stands outside the
// parts that are redrawn, so typed text is never lost. It follows the point under discussion only
// while nobody is writing in it.
//
// Exports `runningNotes`; used by room.js.

import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { Autosave } from "./autosave.js";
import { note } from "./button.js";
import { drafts } from "./drafts.js";
import { currentPoint } from "./state.js";
import { say, time } from "./i18n.js";

/** @import { RecordPart, Room, Snapshot } from "./types.js" */

/** @type {Record<string, string>} */
const WORDS = { saving: "note_saving", waiting: "note_waiting", saved: "note_saved" };

/** @typedef {import("../js/socket.js").Socket} Socket */
/** @typedef {{own: RecordPart, read(): Promise<RecordPart | null>}} RecordOf the part of the record for this reader */

/** @typedef {{show(room: Room): void, flush(): unknown}} NotesPanel */

/** @type {NotesPanel} */
const NONE = { show() {}, flush() {} };

/**
 * Wires the panel of notes, if the page has one: `show(room)` draws it, `flush()` saves.
 * @param {Socket} socket
 * @param {import("./live.js").Live} live
 * @param {Room["acts"]} acts
 * @param {RecordOf} record
 * @param {() => void} changed
 * @returns {NotesPanel}
 */
export function runningNotes(socket, live, acts, record, changed) {
  const section = document.getElementById("panel-notes");
  if (!section) return NONE;
  return new Panel(section, socket, live, acts, record, changed);
}

class Panel {
  #section;
  #live;
  #acts;
  #notes;
  #record;
  #changed;
  #body = /** @type {HTMLTextAreaElement} */ (document.getElementById("note-body"));
  #select = /** @type {HTMLSelectElement} */ (document.getElementById("note-point"));
  #followed = 0; // the point under discussion to which the panel went, unless it was written in

  /**
   * @param {HTMLElement} section
   * @param {Socket} socket
   * @param {import("./live.js").Live} live
   * @param {Room["acts"]} acts
   * @param {RecordOf} record
   * @param {() => void} changed
   */
  constructor(section, socket, live, acts, record, changed) {
    this.#section = section;
    this.#live = live;
    this.#acts = acts;
    this.#record = record;
    this.#changed = changed;
    const { state, mine } = live;
    this.#notes = new Autosave(
      socket, drafts(state.sitting.id, mine.person_id), async () => (await record.read())?.notes, changed,
    );
    this.#body.addEventListener("input", () => this.#notes.type(this.#point, this.#body.value));
    this.#body.addEventListener("blur", () => this.#notes.flush());
    this.#select.addEventListener("change", () => this.#fill());
    this.#phraseForm();
  }

  /** The connection is there: what is saved is read again, what is not saved goes out. */
  async flush() {
    const read = await this.#record.read();
    if (!read?.notes) return;
    this.#notes.know(read.notes);
    if (document.activeElement !== this.#body) this.#fill();
  }

  /** @param {Room} room */
  show(room) {
    const { sitting } = room.state;
    const kept = this.#notes.of(this.#point).state === "refused";
    this.#section.hidden = sitting.state !== "open" && !kept;
    if (this.#section.hidden) return;
    this.#points(room.state);
    render(this.#go(room.state), element("note-go"));
    element("note-status").textContent = this.#status();
    render(this.#conflict(), element("note-conflict"));
    render(this.#record.own.phrases.map((phrase) => this.#phrase(phrase)), element("phrases"));
    const place = /** @type {HTMLElement} */ (this.#section.querySelector("[data-note]"));
    render(note(this.#acts.of("phrase")), place);
  }

  get #point() {
    return Number(this.#select.value);
  }

  /** @param {Snapshot} state */
  #points(state) {
    const chosen = this.#select.value;
    render(state.agenda.map(({ id, rank, title }) =>
      html`<option value=${id}>${rank}. ${title}</option>`), this.#select);
    if (chosen) this.#select.value = chosen;
    const current = currentPoint(state);
    if (!current || current.id === this.#followed) return;
    this.#followed = current.id;
    if (document.activeElement !== this.#body || !chosen) this.#turnTo(current.id);
  }

  /** @param {number} id */
  #turnTo(id) {
    this.#select.value = String(id);
    this.#fill();
  }

  #fill() {
    this.#body.value = this.#notes.text(this.#point);
    this.#changed();
  }

  /** @param {Snapshot} state */
  #go(state) {
    const current = currentPoint(state);
    if (!current || current.id === this.#point) return nothing;
    return html`<button type="button" class="btn btn-outline-primary btn-sm"
      @click=${() => this.#turnTo(current.id)}>${say("note_go")}</button>`;
  }

  #status() {
    const { state, at, detail } = this.#notes.of(this.#point);
    if (state === "refused") return detail ?? "";
    if (state && WORDS[state]) return say(WORDS[state], { time: at ? time(at) : "" });
    return this.#body.value ? "" : say("note_empty");
  }

  #conflict() {
    const { state, theirs } = this.#notes.of(this.#point);
    if (state !== "conflict") return nothing;
    /** @param {boolean} mine */
    const choose = (mine) => () => {
      this.#notes.choose(this.#point, mine);
      this.#fill();
    };
    return html`<p><strong>${say("note_conflict")}</strong> ${theirs?.body}</p>
      <div class="panel__actions">
        <button type="button" class="btn btn-primary btn-sm" @click=${choose(true)}>${say("note_keep")}</button>
        <button type="button" class="btn btn-outline-primary btn-sm" @click=${choose(false)}>${say("note_take")}</button>
      </div>`;
  }

  /** @param {{id: number | null, body: string}} phrase */
  #phrase({ id, body }) {
    return html`<li><button type="button" class="btn btn-outline-primary btn-sm"
        @click=${() => this.#insert(body)}>${body}</button>
      ${id ? html`<button type="button" class="btn btn-outline-primary btn-sm"
        aria-label=${`${say("phrase_remove")}: ${body}`} @click=${() => this.#remove(id)}>×</button>` : nothing}</li>`;
  }

  // Where the cursor is, as a sentence of its own; then the writer goes on behind it.
  /** @param {string} phrase */
  #insert(phrase) {
    const { value, selectionStart, selectionEnd } = this.#body;
    const apart = /\S$/.test(value.slice(0, selectionStart)) ? " " : "";
    this.#body.setRangeText(`${apart}${phrase} `, selectionStart, selectionEnd, "end");
    this.#notes.type(this.#point, this.#body.value);
    this.#body.focus();
  }

  #phraseForm() {
    const form = /** @type {HTMLFormElement} */ (document.getElementById("phrase-form"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("body"));
      const data = { sitting: this.#live.state.sitting.id, body: field.value };
      this.#acts.send("phrase", "phrase.add", data, () => {
        if (field.value === data.body) field.value = "";
        this.#record.read();
      });
    });
  }

  /** @param {number} id */
  #remove(id) {
    this.#acts.send("phrase", "phrase.remove", { phrase: id }, () => this.#record.read());
  }
}

/** @param {string} id @returns {HTMLElement} */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
