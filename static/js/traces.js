// @ts-check
// Warns who is writing that a text seems to hold personal data of somebody. A hint: nothing is
// stopped by it, and nothing leaves the browser. The server asks once more (`web/hints/traces.py`).
//
// Exports `tracesIn` and `watch` for the tests. Used by the pages of proposals and comments.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ORDER = ["email", "tax_code", "iban", "phone"];

/**
 * @typedef {object} Rules
 * @property {Record<string, string>} patterns
 * @property {number[]} odd
 * @property {string[]} health
 * @property {string} someone
 * @property {number} near
 */

/**
 * The kinds of personal data that a text seems to hold, in a fixed order.
 * @param {string} text
 * @param {Rules} rules
 * @returns {string[]}
 */
export function tracesIn(text, rules) {
  const found = [];
  let rest = text;
  for (const trace of ORDER) {
    const pattern = new RegExp(rules.patterns[trace], "g");
    const hits = rest.match(pattern) ?? [];
    if (hits.some((hit) => holds(trace, hit, rules))) found.push(trace);
    rest = rest.replace(pattern, " ");
  }
  if (speaksOfHealth(text, rules)) found.push("health");
  return found;
}

/**
 * @param {string} trace
 * @param {string} hit
 * @param {Rules} rules
 */
function holds(trace, hit, rules) {
  if (trace === "tax_code") return isTaxCode(hit.toUpperCase(), rules.odd);
  return trace !== "iban" || isIban(hit.replaceAll(" ", "").toUpperCase());
}

/**
 * @param {string} code
 * @param {number[]} odd
 */
function isTaxCode(code, odd) {
  const total = [...code.slice(0, 15)].reduce((sum, sign, place) => {
    const value = /[0-9]/.test(sign) ? Number(sign) : LETTERS.indexOf(sign);
    return sum + (place % 2 === 0 ? odd[value] : value);
  }, 0);
  return LETTERS[total % 26] === code[15];
}

/** @param {string} iban */
function isIban(iban) {
  const digits = [...iban.slice(4), ...iban.slice(0, 4)].map((sign) => parseInt(sign, 36)).join("");
  return BigInt(digits) % 97n === 1n;
}

/**
 * @param {string} text
 * @param {Rules} rules
 */
function speaksOfHealth(text, rules) {
  const words = places(text, new RegExp(`(?<![A-Za-zÀ-ÿ])(?:${rules.health.join("|")})`, "gi"));
  const people = places(text, new RegExp(rules.someone, "g"));
  return words.some((word) => people.some((person) => Math.abs(word - person) <= rules.near));
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 */
function places(text, pattern) {
  return [...text.matchAll(pattern)].map((hit) => hit.index);
}

/**
 * Shows under a field what its text seems to hold.
 * @param {HTMLTextAreaElement} field
 * @param {HTMLElement} note
 * @param {Rules} rules
 */
export function watch(field, note, rules) {
  const look = () => {
    const found = tracesIn(field.value, rules);
    note.hidden = found.length === 0;
    for (const line of /** @type {NodeListOf<HTMLElement>} */ (note.querySelectorAll("[data-trace]"))) {
      line.hidden = !found.includes(line.dataset.trace ?? "");
    }
  };
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(look, 600);
  });
  look();
}

if (typeof document !== "undefined") {
  const note = /** @type {HTMLElement | null} */ (document.querySelector("[data-traces]"));
  const field = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("textarea[name='body']"));
  if (note && field) {
    const answer = await fetch(note.dataset.traces ?? "");
    if (answer.ok) watch(field, note, await answer.json());
  }
}
