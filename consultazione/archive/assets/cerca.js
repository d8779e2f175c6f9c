// Searches the pages of the archive, which ricerca.js lists as PAGES: [file, heading, words].
"use strict";

const field = document.getElementById("query");
const found = document.getElementById("found");
const count = document.getElementById("count");
const MOST = 100;

/** A text as it is compared: without accents and capitals. */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const pages = window.PAGES.map(([file, heading, words]) => ({ file, heading, words, plain: plain(`${heading} ${words}`) }));

/** The words around the first place where a page says what is sought. */
function excerpt(page, word) {
  const at = Math.max(0, plain(page.words).indexOf(word) - 60);
  return `${at ? "… " : ""}${page.words.slice(at, at + 200)} …`;
}

/** An entry of the list. */
function item(page, word) {
  const entry = document.createElement("li");
  const link = document.createElement("a");
  const words = document.createElement("p");
  link.href = page.file;
  link.textContent = page.heading;
  words.textContent = excerpt(page, word);
  entry.append(link, words);
  return entry;
}

/** Show the pages that have all words. */
function search() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const hits = words.length ? pages.filter((page) => words.every((word) => page.plain.includes(word))) : [];
  found.replaceChildren(...hits.slice(0, MOST).map((page) => item(page, words[0])));
  count.textContent = words.length ? `${hits.length === 1 ? "1 pagina trovata" : `${hits.length} pagine trovate`}${hits.length > MOST ? `, le prime ${MOST} sotto` : ""}.` : "";
}

field.addEventListener("input", search);
