// The keys, and what can be switched by a key or its button.

import { byId, el, put } from "./dom.js";
import { remember } from "./address.js";
import { dialog } from "./dialog.js";
import { drawer } from "./drawer.js";
import { act, comparing, isDark, page, state } from "./page.js";
import { render } from "./render.js";
import { compareNow, endCompare } from "./sides.js";
import { go, moveRow } from "./steps.js";

/** Answers to the keys; `editor` is where Escape first means the offered names. */
export function watchKeys(editor) {
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest?.("textarea, input:not([type=checkbox]), select");
    if (field) {
      if (event.target.id === "source" && event.key === "Escape") { editor.escape(); event.stopPropagation(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
    const what = ofPage(event.key) ?? (page.story ? ofMachine(event) : null);
    if (what && what() !== false) event.preventDefault();
  });
}

/** What a key does whether there is a machine or not. */
function ofPage(key) {
  return {
    Escape: leave, l: toggleLecture, L: toggleLecture, t: toggleTheme, T: toggleTheme,
    1: () => region("program"), 2: () => region("middle"), 3: () => region("lens"),
    "/": () => { drawer(true); byId("source").focus(); }, "?": keysHelp,
  }[key];
}

function ofMachine(event) {
  const last = page.story.steps.length - 1;
  return {
    ArrowRight: () => go(event.shiftKey ? last : state.step + 1),
    ArrowLeft: () => go(event.shiftKey ? 0 : state.step - 1),
    ArrowDown: () => moveRow(1), ArrowUp: () => moveRow(-1),
    ".": () => act.follow(Math.min(state.position + 1, page.story.n - 1)), ",": () => act.follow(Math.max(state.position - 1, 0)),
    Enter: editFocused, c: toggleCompare, C: toggleCompare,
  }[event.key];
}

/** Edits the value that has the focus; anything else does with Enter what it always does. */
function editFocused() {
  const focused = document.activeElement?.dataset;
  if (!focused?.sop) return false;
  act.edit(page.story.machine.sops.find((one) => one.name === focused.sop) ?? { name: "tokens", base: true }, Number(focused.position));
  return true;
}

/** Out of the innermost of what one is in. */
function leave() {
  if (page.editing) act.leave();
  else if (state.large) { state.large = null; render(); }
  else if (state.lecture) toggleLecture();
  else if (document.body.classList.contains("drawer")) { drawer(false); byId("programbutton").focus(); }
  else if (state.lane) act.lane(null);
}

function region(name) {
  state.large = state.large === name ? null : name;
  render();
}

/** So long "Copied" is said, in milliseconds. */
const COPIED = 1500;

export async function copyLink() {
  remember();
  try {
    await navigator.clipboard.writeText(location.href);
    put(byId("copy"), "Copied");
  } catch (e) {
    dialog("Copy this link", el("textarea", { readonly: true, rows: 6, cols: 60, "aria-label": "Link" }, location.href));
  }
  setTimeout(() => put(byId("copy"), "Copy link"), COPIED);
}

/** The keys that the page knows, and buttons for those whose own have no room on a small or enlarged page. */
export function keysHelp() {
  const button = (what, does) => el("button", { type: "button", class: "link", onclick: () => { byId("keys").close(); does(); } }, what);
  const rows = [["← →", "step"], ["Shift + ← →", "first, last step"], ["↑ ↓", "part"], [", .", "position"], ["Enter", "edit the value or token"], ["Esc", "close, leave lecture"], ["L", button("lecture", toggleLecture)], ["T", button("light or dark", toggleTheme)], ["1 2 3", "region large"], ["C", button("compare levels", toggleCompare)], ["/", button("program", () => drawer(true))], ["F1", "in the program: what the name at the cursor is"], ["?", "this list"], ["", button("copy a link to what is shown", copyLink)]];
  dialog("Keys", el("table", { class: "facts", "aria-label": "Keys" }, rows.map(([key, what]) => el("tr", {}, el("td", { class: "mono" }, key), el("td", {}, what)))));
}

export function toggleLecture() {
  state.lecture = !state.lecture;
  render();
  remember();
}

export function toggleTheme() {
  state.theme = isDark() ? "light" : "dark";
  render();
  remember();
}

export function toggleCompare() {
  if (comparing()) { endCompare(); render(); }
  else { state.levels = [0, 1]; render(); compareNow(); }
  remember();
}
