// Says a sentence to screen readers, through the one live region of the layout.

const region = document.getElementById("announcer");
let waiting = [];
let timer = 0;

/** Announce `sentence`; those that come within 300 ms are read together, in order. */
export function announce(sentence) {
  waiting.push(sentence);
  clearTimeout(timer);
  timer = setTimeout(speak, 300);
}

function speak() {
  region.textContent = waiting.join(" ");
  waiting = [];
}
