// What one does to the machine: follow a position, light up what belongs together, set a value, knock out a head.

import { byId, el } from "./dom.js";
import { remember } from "./address.js";
import { compute } from "./computing.js";
import { dialog } from "./dialog.js";
import { ask } from "./engine.js";
import { atom } from "./fragment.js";
import { act, currentLine, page, state } from "./page.js";
import { render } from "./render.js";
import { ofInput } from "./settings.js";
import { endCompare } from "./sides.js";
import { openPart, refocus } from "./steps.js";
import { retype } from "./tokens.js";

const set = (more) => { Object.assign(state, more); compute({ then: remember }); };

/** The input is another: what was set in the machine belonged to the old one. */
function afterInput() {
  state.edits = [];
  state.knock = [];
  page.scores = null;
  const held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.token : null;
  compute({ then: remember }).then(() => { if (held) byId("input").children[held]?.focus(); });
}

let hoverTimer = 0;
let pressed = false;

/** Follows the pointer, but never between a press and its click: what is pressed must still be there. */
function hoverSoon() {
  cancelAnimationFrame(hoverTimer);
  hoverTimer = requestAnimationFrame(() => { if (!page.editing && !pressed) render(); });
}
addEventListener("pointerdown", () => { pressed = true; }, true);
addEventListener("pointerup", () => { setTimeout(() => { pressed = false; }, 0); }, true);

/** Marks what belongs together without drawing anew. */
function shade() {
  const lit = page.lit;
  for (const node of byId("stage").querySelectorAll(".row")) {
    const id = node.dataset.part;
    const part = id && page.story ? page.story.parts.find((one) => one.id === id) : null;
    const name = node.querySelector(".chip[data-sop]")?.dataset.sop ?? node.querySelector(".name")?.textContent;
    const lines = part ? part.lines : [];
    node.classList.toggle("lit", Boolean(lit && (lit.has(id) || lit.has("sop:" + name) || lines.some((line) => line && lit.has("line:" + line)))));
  }
  [...byId("ink").children].forEach((node, i) => node.classList.toggle("lit", Boolean(lit && lit.has("line:" + (i + 1))) || i + 1 === currentLine()));
}

let clicked = "";

export const touching = {
  follow(p) {
    state.position = p;
    page.hovered = null;
    if (page.focus.sop) page.focus = { ...page.focus, position: p };
    const onValue = document.activeElement?.matches("#stage [data-sop]");
    render();
    if (onValue) refocus();
    remember();
  },
  hover(p) {
    if (page.hovered === p || page.editing) return;
    page.hovered = p;
    hoverSoon();
  },
  light(keys) {
    page.lit = keys ? new Set(keys.filter(Boolean)) : null;
    shade();
  },
  lane(name) { state.lane = state.lane === name ? null : name; render(); },
  lens(tab) { state.lens = tab; render(); remember(); },
  chip(sop, p) {
    const again = page.focus.sop === sop.name && page.focus.position === p && document.activeElement && document.activeElement.dataset.sop === sop.name;
    if (again && clicked === sop.name + p) return act.edit(sop, p);
    clicked = sop.name + p;
    page.focus = { sop: sop.name, position: p };
    state.position = p;
    page.hovered = null;
    render();
    refocus();
    remember();
  },
  edit(sop, p) {
    if (sop.name === "tokens") {
      const button = byId("input").children[p];
      if (button) retype(button, p, ofInput);
      return;
    }
    if (sop.answer || sop.base) return;
    page.editing = { sop: sop.name, position: p };
    render();
    const field = byId("stage").querySelector("input.field");
    if (field) { field.focus(); field.select(); }
  },
  leave() { page.editing = null; render(); refocus(); },
  set(sop, p, text) {
    page.editing = null;
    const typedText = /^-?[0-9.]+(e[-+]?[0-9]+)?$/.test(text.trim()) || /^(True|False)$/.test(text.trim()) ? text.trim() : atom(text);
    state.edits = [...state.edits.filter((e) => !(e.sop === sop.name && e.position === p)), { sop: sop.name, position: p, value: text, text: typedText }];
    page.focus = { sop: sop.name, position: p };
    compute({ then: remember }).then(refocus);
  },
  undo() { set({ edits: [], knock: [] }); },
  knock(id) { set({ knock: state.knock.includes(id) ? state.knock.filter((one) => one !== id) : [...state.knock, id] }); },
  token(p, value) {
    const input = [...(state.input ?? [])];
    input[p] = value;
    state.input = input;
    afterInput();
  },
  drop(p) {
    if (!state.input || p >= state.input.length) return;
    state.input = state.input.filter((token, i) => i !== p);
    if (state.input.length) return afterInput();
    page.failure = { diagnostics: [{ code: "E0805", severity: "error", message: "the input is empty", labels: [], notes: [], help: "type a token, or use the example", actions: [] }] };
    render();
  },
  level(level, part = null) {
    endCompare();
    state.level = level;
    compute({ then: part ? () => openPart(part) : remember });
  },
  causal(causal) { set({ causal }); },
  longest(by) { set({ maxLength: Math.max(1, (state.maxLength ?? page.story?.machine.max_length ?? 5) + by) }); },
  fit(more) { Object.assign(state, more); compute(); },
  replace(start, end, word) {
    state.source = state.source.slice(0, start) + word + state.source.slice(end);
    page.diagnostics = [];
    page.failure = null;
    compute({ then: remember });
  },
  async explain(code, name) {
    const answer = await ask("explain", { topic: code });
    dialog(name ? name + ", from the library" : "What " + code + " means", el("pre", { class: "text" }, answer.text ?? answer.error.message));
  },
};
