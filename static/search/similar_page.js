// @ts-check
// The page of a new proposal: finds the form and the place for what is similar.
//
// templates/proposals/new.html loads this module; it exports nothing.

import { showSimilar } from "./similar.js";

const block = /** @type {HTMLElement | null} */ (document.querySelector("[data-similar]"));
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-draft]"));

if (form && block) {
  showSimilar(form, block, async (text) => {
    const address = new URL(block.dataset.similar ?? "", location.href);
    address.searchParams.set("text", text);
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).items;
  });
}
