// @ts-check
// While a proposal is written: those that say much the same, below the form's title.
//
// Exports `showSimilar`; used by similar_page.js.

const PAUSE = 700;
const FEWEST = 12;

/**
 * @typedef {{ id: number, title: string, address: string }} Similar
 * @typedef {(text: string) => Promise<Similar[]>} Ask
 */

/**
 * Ask for what is similar whenever the writer pauses, and list it in `block`.
 *
 * `block` stays hidden while there is nothing. An answer that comes after more was typed is
 * dropped, and one that does not come is no matter: the form works without it.
 * @param {HTMLFormElement} form
 * @param {HTMLElement} block
 * @param {Ask} ask
 */
export function showSimilar(form, block, ask) {
  let timer = 0;
  let asked = "";
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });

  async function look() {
    const text = typed(form);
    if (text === asked) return;
    asked = text;
    const found = text.length < FEWEST ? [] : await ask(text).catch(() => null);
    if (text !== asked || found === null) return;
    draw(block, found);
  }
}

/** @param {HTMLFormElement} form */
function typed(form) {
  const parts = ["title", "body"].map((name) => {
    const field = /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name));
    return field ? field.value.trim() : "";
  });
  return parts.join("\n").slice(0, 2000).trim();
}

/** @param {HTMLElement} block @param {Similar[]} found */
function draw(block, found) {
  const list = /** @type {HTMLElement} */ (block.querySelector("[data-similar-list]"));
  const items = found.map(({ title, address }) => {
    const link = document.createElement("a");
    link.href = address;
    link.target = "_blank";
    link.textContent = title;
    const item = document.createElement("li");
    item.append(link);
    return item;
  });
  list.replaceChildren(...items);
  block.hidden = items.length === 0;
}
