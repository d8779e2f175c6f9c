// @ts-check
// The video of the sitting: a page of this site in a frame, which asks before it loads anything
// of another. It stays the same element while the room is drawn anew, and so plays on.
//
// Exports `videoPanel` (a panel, see index.js).

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { keyed } from "../../vendor/lit-html/directives/keyed.js";
import { say } from "../i18n.js";

/** @import { Room } from "../types.js" */

const FEATURES = "camera; microphone; display-capture; autoplay; fullscreen";

/** @param {Room} room */
export function videoPanel({ state, urls }) {
  const { video_url: address } = state.sitting;
  if (!address || ["closed", "cancelled"].includes(state.sitting.state)) return nothing;
  return html`${keyed(address, html`<iframe class="room__video" src=${urls.video} loading="lazy"
    title=${say("video_title")} allow=${FEATURES} @load=${fit}></iframe>`)}`;
}

// As high as what it shows: a few sentences at first, then a picture.
/** @param {Event} event */
function fit({ target }) {
  const frame = /** @type {HTMLIFrameElement} */ (target);
  const page = /** @type {Document} */ (frame.contentDocument);
  frame.style.height = `${page.documentElement.offsetHeight}px`;
}
