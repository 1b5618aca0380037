// What is compared with what: levels of one program, or two inputs of one machine.

import { byId, el } from "./dom.js";
import { remember } from "./address.js";
import { busy } from "./banner.js";
import { LEVELS, compare, endComparing } from "./compare.js";
import { inputText, inputValues } from "./fragment.js";
import { act, comparing, page, request, state } from "./page.js";
import { render, view } from "./render.js";
import { inKind } from "./settings.js";

export async function compareNow() {
  if (!page.story || !comparing()) return;
  page.compared = null;
  busy(1);
  try {
    const columns = columnsToCompare();
    const stories = await compare(byId("stage"), compareBar(), columns, view(), act);
    if (!stories) return;
    page.compared = { columns, stories };
    render();
  } finally {
    busy(-1);
  }
}

export function endCompare() {
  state.levels = null;
  state.other = null;
  page.compared = null;
  endComparing();
}

/** The bar over what is compared: levels, or two inputs. */
function compareBar() {
  const again = () => { compareNow(); remember(); };
  const field = el("input", { id: "other", class: "token field", value: state.other ? inputText(state.other) : "", "aria-label": "the other input", size: 12, onkeydown: (event) => { event.stopPropagation(); if (event.key === "Enter") event.target.blur(); }, onchange: (event) => { const values = otherInput(event.target.value); if (values?.length) { state.other = values; again(); } } });
  return el("div", { class: "comparebar" }, el("span", { class: "soft" }, "Compare "),
    el("button", { type: "button", "aria-pressed": String(!state.other), onclick: () => { state.levels = state.levels ?? [0, 1]; state.other = null; render(); again(); } }, "levels"),
    el("button", { type: "button", "aria-pressed": String(Boolean(state.other)), onclick: () => { state.other = state.other ?? another(); render(); again(); } }, "two inputs"),
    state.other ? [el("span", { class: "soft" }, " with "), field] : null);
}

/** What was typed, in the kinds of the vocabulary. */
const otherInput = (text) => { const values = inputValues(text); return values ? values.map((value) => (typeof value === "string" ? inKind(value) : value)) : null; };

/** An input that differs from the present one in its first token. */
function another() {
  const vocab = page.story.machine.vocab;
  const next = vocab[(vocab.indexOf(state.input[0]) + 1) % vocab.length];
  return [next ?? state.input[0], ...state.input.slice(1)];
}

function columnsToCompare() {
  const step = page.story?.steps[state.step];
  const same = (told) => told.steps.find((one) => step && (one.id === step.id || (step.sop && one.sop && one.sop.name === step.sop.name)));
  const followed = { chip: (sop, p) => act.follow(p), follow: (p) => { state.position = p; render(); compareNow(); }, edit: () => {}, hover: () => {} };
  if (state.other) {
    return [state.input, state.other].map((input, i) => ({ title: (i ? "Other input: " : "This input: ") + inputText(input), short: inputText(input), doing: "Running on " + inputText(input), request: request({ input }), open: state.open, step: same,
      act: { ...followed, open: (id) => { act.open(id); compareNow(); } } }));
  }
  return (state.levels ?? []).map((level) => {
    const [, flag, what] = LEVELS.find(([l]) => l === level);
    return { title: flag + ": " + what, short: flag, doing: "Compiling at " + flag, request: request({ level }), facts: true, after: -level,
      act: { ...followed, open: (id) => act.level(level, id) } };
  });
}
