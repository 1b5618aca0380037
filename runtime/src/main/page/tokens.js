// The input, token by token: each can be retyped, taken out, or one added.

import { el, put, visible } from "./dom.js";

/** Tokens that can be retyped; of longer inputs the rest is only counted. */
const MOST_CHIPS = 80;

/** Shows the tokens; `act` says what one was, and is told of a new text and of one that is taken out. */
export function showTokens(place, tokens, act) {
  const chips = tokens.slice(0, MOST_CHIPS).map((token, p) => el("button", { type: "button", class: "token", "aria-label": "token " + p + ": " + visible(token), "data-token": p, onclick: (event) => retype(event.currentTarget, p, act), onkeydown: (event) => { if (event.key === "Backspace" || event.key === "Delete") { event.preventDefault(); act.drop(p); } } }, token));
  if (tokens.length > MOST_CHIPS) chips.push(el("span", { class: "soft" }, "and " + (tokens.length - MOST_CHIPS) + " more "));
  put(place, chips, el("button", { type: "button", class: "token plus", "aria-label": "add a token", onclick: (event) => retype(event.currentTarget, tokens.length, act) }, "+"));
}

/** A token becomes a field. */
export function retype(button, p, act) {
  const old = act.was(p);
  const field = el("input", { class: "token field", value: String(old ?? ""), "aria-label": "token " + p, size: 2 });
  let finished = false;
  const finish = (take) => {
    if (finished || !field.isConnected) return;
    finished = true;
    const text = field.value;
    field.replaceWith(button);
    if (!take || (old !== undefined && text === String(old))) return;
    if (text === "") act.drop(p);
    else act.set(p, text);
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") finish(true);
    if (event.key === "Escape") finish(false);
  });
  field.addEventListener("blur", () => finish(true));
  button.replaceWith(field);
  field.focus();
  field.select();
}

/** What was typed, in the kind that the vocabulary has it. */
export function kindOf(text, vocab) {
  const known = vocab.find((value) => String(value) === text || (value === true && text === "True") || (value === false && text === "False"));
  if (known !== undefined) return known;
  const numeric = vocab.length && vocab.every((value) => typeof value === "number");
  return numeric && text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
