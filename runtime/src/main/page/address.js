// The page's address, kept up with what is on the page.

import { addressOf } from "./fragment.js";
import { named, page, state } from "./page.js";

let written = "";

/** Writes the state into the address; a step makes an entry of the history, so that the browser's back steps back. */
export function remember(asStep = false) {
  const hash = addressOf(state, named(state.name), page.lesson);
  if (hash === written) return;
  written = hash;
  try {
    if (asStep === true) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  } catch (e) {
    // Some pages (srcdoc, sandboxes) have no history; the picture matters more than its address.
  }
}

/** Takes the address as it is now for what is on the page. */
export function follow() {
  written = location.hash;
  return written;
}

/** Whether somebody else than the page has changed the address. */
export const isForeign = () => location.hash !== written;
