// What stands over the page until it is closed.

import { byId, el, put } from "./dom.js";

export function dialog(title, ...content) {
  const box = byId("keys");
  put(box, el("h2", { id: "keystitle" }, title), content, el("form", { method: "dialog" }, el("button", {}, "Close")));
  if (!box.open) box.showModal();
}
