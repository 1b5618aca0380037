// The input, and what the machine is made for: alphabet, longest input, level, causal.

import { byId, el, put } from "./dom.js";
import { atom } from "./fragment.js";
import { LEVELS } from "./compare.js";
import { act, comparing, page, state } from "./page.js";
import { kindOf, showTokens } from "./tokens.js";

/** So many tokens of the alphabet are shown. */
const MOST_TOKENS = 12;

/** A text in the kind that the vocabulary has it. */
export const inKind = (text) => kindOf(text, state.vocab ?? (page.story ? page.story.machine.vocab : []));

/** What the tokens of the input are told when they are typed. */
export const ofInput = {
  was: (p) => (state.input && p < state.input.length ? state.input[p] : undefined),
  set: (p, text) => act.token(p, inKind(text)),
  drop: (p) => act.drop(p),
};

export function showInput() {
  showTokens(byId("input"), page.story && !page.failure ? page.story.machine.shown : (state.input ?? []).map(String), ofInput);
}

export function showSettings() {
  put(byId("levels"), LEVELS.map(([level, flag, what]) => el("button", { type: "button", "aria-pressed": String(state.level === level && !comparing()), title: flag + ": " + what, onclick: () => act.level(level) }, flag)));
  if (!page.story) return;
  const m = page.story.machine;
  const vocab = state.vocab ?? m.vocab;
  put(byId("vocab"), vocab.slice(0, MOST_TOKENS).map((token) => el("span", { class: "token still" }, typeof token === "boolean" ? atom(token) : String(token))), vocab.length > MOST_TOKENS ? el("span", { class: "soft" }, " and " + (vocab.length - MOST_TOKENS) + " more") : null);
  put(byId("length"), state.maxLength ?? m.max_length);
  byId("causal").checked = state.causal ?? m.causal;
  put(byId("causaltext"), m.causal ? "on: a position sees itself and what is before it" : "off: every position sees every other");
}
