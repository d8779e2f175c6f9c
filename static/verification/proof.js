// @ts-check
// Shows whether the document's entry stands in the public log, as this browser has checked it.

import { provenSize, Unproven } from "./log_proof.js";

const section = /** @type {HTMLElement | null} */ (document.querySelector("[data-log-proof]"));
if (section && globalThis.crypto?.subtle) void show(section);

/** @param {HTMLElement} place */
async function show(place) {
  const said = await found(place.dataset);
  place.hidden = false;
  for (const sentence of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-said]"))) {
    sentence.hidden = sentence.dataset.said !== said;
  }
}

/**
 * "proven", "placed" if what the entry says is withheld, "unproven", or "unable" where this browser or the line does not allow to say.
 * @param {DOMStringMap} asked
 */
async function found({ entry = "", proof = "", key = "", digest }) {
  try {
    const published = JSON.parse(await text(entry));
    await provenSize(published, await text(proof), await text(key));
    if (published.withheld) return "placed";
    return published.data.digest === digest ? "proven" : "unproven";
  } catch (error) {
    return error instanceof Unproven ? "unproven" : "unable";
  }
}

/** @param {string} address */
async function text(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  return answer.text();
}
