// @ts-check
// The dark look: as the device prefers, or as the reader has chosen on this browser.
//
// templates/layout.html loads this as a plain script in the head, right after the dark style, so
// that the first thing a reader sees is right already. It exports nothing.

(() => {
  const CHOICE = "look";
  const MEDIA = /** @type {Record<string, string>} */ ({ dark: "all", light: "not all" });

  /** The reader's choice; "" for what the device prefers, or where a browser keeps nothing. */
  function chosen() {
    try {
      return localStorage.getItem(CHOICE) ?? "";
    } catch {
      return "";
    }
  }

  /** @param {string} look "dark", "light", or "" */
  function keep(look) {
    try {
      if (look) localStorage.setItem(CHOICE, look);
      else localStorage.removeItem(CHOICE);
    } catch {
      // It then counts for this page alone.
    }
  }

  /** @param {string} look */
  function wear(look) {
    const style = /** @type {HTMLLinkElement | null} */ (document.getElementById("dark-style"));
    if (style) style.media = MEDIA[look] ?? "(prefers-color-scheme: dark)";
    for (const button of buttons()) {
      button.setAttribute("aria-pressed", String(button.value === look));
    }
  }

  function buttons() {
    return /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-look] button"));
  }

  wear(chosen());
  document.addEventListener("DOMContentLoaded", () => {
    for (const group of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-look]"))) {
      group.hidden = false;
    }
    for (const button of buttons()) {
      button.addEventListener("click", () => {
        keep(button.value);
        wear(button.value);
      });
    }
    wear(chosen());
  });
})();
