// The foot of the page: the sentence of the step, and all steps in a row.

import { byId, el, plain, put, spoken, visible } from "./dom.js";
import { costs } from "./compare.js";
import { act, comparing, page, state } from "./page.js";
import { general, sentence } from "./story.js";

export function showStepper(step, now) {
  const story = page.story;
  put(byId("count"), "step " + (state.step + 1) + " of " + story.steps.length + " · ← →");
  put(byId("general"), introduction(step));
  const node = byId("sentence");
  const told = compared(step) || sentence(story, step, now.position);
  if (node.textContent !== visible(plain(told))) put(node, spoken(told));
  shrink(node);
  byId("back").disabled = state.step === 0;
  byId("forward").disabled = state.step === story.steps.length - 1;
  put(byId("stops"), story.steps.map((one, i) => el("button", { type: "button", class: "stop" + (i === state.step ? " on" : i < state.step ? " past" : ""), "aria-current": i === state.step ? "step" : null, title: one.label, onclick: () => act.go(i) }, el("span", { class: "clip" }, one.label))));
  const on = byId("stops").querySelector(".on");
  if (on) byId("stops").scrollLeft = on.offsetLeft - byId("stops").clientWidth / 2;
}

/** What the step costs at each level, where levels are compared; nothing else. */
function compared(step) {
  if (!page.compared || !state.levels || state.other || state.lecture) return null;
  const name = step.part ? step.part.name ?? step.part.groups?.[0]?.name : step.sop?.name;
  return name && costs(page.compared.stories, page.compared.columns, name, step.part?.sop ?? step.part?.groups?.[0]?.sop ?? step.sop.label);
}

function introduction(step) {
  if (comparing() && !state.lecture) return state.other ? "Compare: the same machine on two inputs." : "Compare: the same values stand at the same height.";
  if (state.edits.length && step.kind !== "embed") return "You set " + state.edits.map((e) => e.sop + " at position " + e.position + " to " + e.value).join(", ") + ". Everything after it was computed again.";
  return general(step);
}

/** A long sentence is set smaller, down to three quarters; beyond that the stepper grows. */
function shrink(node) {
  node.style.removeProperty("font-size");
  const full = parseFloat(getComputedStyle(node).fontSize);
  const room = byId("stepper");
  const least = Math.ceil(full * (state.lecture ? 0.8 : 0.75));
  const usual = parseFloat(getComputedStyle(room).minHeight);
  for (let size = full - 1; size >= least && room.offsetHeight > usual + 1; size--) node.style.fontSize = size + "px";
}
