// @ts-check
// The key `/` leads to the box that searches the site, unless somebody is typing.
//
// Exports `leadToSearch`; used by boot.js.

const TYPED_INTO = "input, textarea, select, [contenteditable]";

/**
 * Let `/` lead to the box with the id `site-search`, wherever the page is scrolled to.
 * @param {Document} page
 */
export function leadToSearch(page) {
  page.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement | null} */ (event.target);
    if (target?.closest?.(TYPED_INTO)) return;
    const box = /** @type {HTMLInputElement | null} */ (page.getElementById("site-search"));
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
