// What stands over the page until it is closed.

import { byId, el, put } from "./dom.js";

export function dialog(title, ...content) {
  const box = byId("keys");
  put(box, el("h2", {}, title), content, el("form", { method: "dialog" }, el("button", {}, "Close")));
  if (!box.open) box.showModal();
}

/** The keys that the page knows. */
export function keysHelp() {
  const rows = [["← →", "step"], ["Shift + ← →", "first, last step"], ["↑ ↓", "part"], [", .", "position"], ["Enter", "edit the value or token"], ["Esc", "close, leave lecture"], ["L", "lecture"], ["T", "light or dark"], ["1 2 3", "region large"], ["C", "compare levels"], ["/", "program"], ["F1", "in the program: what the name at the cursor is"], ["?", "this list"]];
  dialog("Keys", el("table", { class: "facts" }, rows.map(([key, what]) => el("tr", {}, el("td", { class: "mono" }, key), el("td", {}, what)))));
}
