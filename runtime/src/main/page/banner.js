// Over the machine: what is under way, and what is wrong, with its ways out as something to press.

import { byId, el, put } from "./dom.js";
import { stop } from "./engine.js";
import { act, page, state } from "./page.js";
import { problems } from "./program.js";

let under = 0;

/** Says to whoever waits for it whether something is under way. */
export function busy(by) {
  under += by;
  byId("middle").setAttribute("aria-busy", String(under > 0));
}

/** Says that something is under way, where it takes longer than one waits without asking. */
export function showRunning(on) {
  byId("stage").classList.toggle("dim", on || Boolean(page.failure));
  put(byId("banner"), on ? el("div", { class: "working" }, el("b", {}, "Compiling"), " ", el("button", { type: "button", id: "stop", onclick: () => { stop(); showRunning(false); } }, "Stop")) : null);
}

export function showBanner() {
  const place = byId("banner");
  if (page.failure) {
    const list = (page.failure.diagnostics && page.failure.diagnostics.length ? page.failure.diagnostics : [{ ...page.failure.error, labels: [], notes: [], help: null, severity: "error" }]).map(withActions);
    const first = el("div", {});
    problems(first, state.source, list.filter((d) => d.severity === "error").slice(0, 1), act);
    put(place, first);
    return;
  }
  if (place.querySelector(".working")) return;
  const failed = page.story?.machine.failure;
  put(place, failed ? el("div", { class: "problem error" }, el("b", {}, failed.message), failed.position === null ? "" : " At position " + failed.position + ".", failed.notes.map((n) => el("span", { class: "soft" }, " " + n)), failed.help ? el("p", {}, failed.help) : null) : null);
}

/** What a way out is, as something to press. */
export function withActions(d) {
  const actions = [];
  const unknown = /^the token (.+) is not in the model's vocabulary$/.exec(d.message);
  if (unknown && page.story && state.input) actions.push({ label: "Allow " + unknown[1], run: () => act.fit({ vocab: [...new Set([...(page.story.machine.vocab ?? []), ...state.input])] }) });
  if (d.code === "E0802" || /tokens?, .*(longest|at most|room)/.test(d.message)) actions.push({ label: "Allow " + (state.input ? state.input.length : ""), run: () => act.fit({ maxLength: state.input.length }) });
  if ((d.code === "E0703" || d.code === "E0704") && state.level === 0) actions.push({ label: "Compile with -O1", run: () => act.fit({ level: 1 }) });
  return { ...d, actions };
}
