// The field that the program is typed into: names that fit are offered, Tab indents, and Escape then Tab leaves it.

import { byId, el, put } from "./dom.js";
import { ask } from "./engine.js";

/** Watches the field; `typed` is told of every change of its text. */
export function watchEditor(field, typed) {
  const list = byId("names");
  let offered = null;
  let leaving = false;

  function hide() {
    list.hidden = true;
    offered = null;
    field.removeAttribute("aria-activedescendant");
  }

  async function offer() {
    const offset = field.selectionStart;
    const before = /[A-Za-z_][A-Za-z_0-9]*$/.exec(field.value.slice(0, offset));
    if (!before || before[0].length < 2 || field.selectionEnd !== offset) return hide();
    const answer = await ask("complete", { source: field.value, offset });
    if (answer.error || field.selectionStart !== offset) return;
    const names = answer.names.filter((name) => name !== before[0]).slice(0, 8);
    list.hidden = !names.length;
    offered = names.length ? { names, start: answer.start, end: answer.end, at: 0 } : null;
    show();
  }

  function show() {
    if (!offered) return;
    field.setAttribute("aria-activedescendant", "name" + offered.at);
    put(list, offered.names.map((name, i) => el("li", { id: "name" + i, role: "option", "aria-selected": String(i === offered.at), onmousedown: (event) => { event.preventDefault(); take(name); } }, name)));
  }

  function take(name) {
    field.setRangeText(name, offered.start, offered.end, "end");
    hide();
    typed(field.value);
  }

  field.addEventListener("input", () => { typed(field.value); offer(); });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (offered && step) {
      event.preventDefault();
      offered.at = (offered.at + step + offered.names.length) % offered.names.length;
      return show();
    }
    if (offered && (event.key === "Enter" || event.key === "Tab")) {
      event.preventDefault();
      return take(offered.names[offered.at]);
    }
    if (event.key === "Tab" && !leaving && !event.shiftKey) {
      event.preventDefault();
      field.setRangeText("    ", field.selectionStart, field.selectionEnd, "end");
      typed(field.value);
    }
    if (event.key !== "Escape") leaving = false;
  });
  field.addEventListener("scroll", () => { byId("ink").scrollTop = field.scrollTop; byId("gutter").scrollTop = field.scrollTop; });
  field.addEventListener("blur", hide);
  return { escape() { leaving = true; hide(); } };
}
