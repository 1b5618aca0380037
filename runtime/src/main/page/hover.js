// What a name in the program means, for whoever points at it, or asks by F1: an s-op's values, or the words of the library and the language.

import { byId, el, put } from "./dom.js";
import { ask } from "./engine.js";

const WAIT_MILLIS = 350;

/** Tells of names in the editor; `find` gives the s-op of a name in the machine, if there is one. */
export function tellNames(find) {
  const field = byId("source");
  const box = byId("hint");
  let timer = 0;
  let serial = 0;
  const hide = () => { clearTimeout(timer); serial++; box.hidden = true; };
  const tell = async (word, x, y) => {
    const mine = ++serial;
    const told = word ? await about(word, find(word)) : null;
    if (mine !== serial) return;
    box.hidden = !told;
    if (!told) return;
    put(box, told);
    box.style.left = Math.max(8, Math.min(x, innerWidth - box.offsetWidth - 12)) + "px";
    box.style.top = (y + 22 + box.offsetHeight < innerHeight ? y + 18 : Math.max(8, y - box.offsetHeight - 12)) + "px";
  };
  field.addEventListener("mousemove", (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => tell(wordAt(event.clientX, event.clientY), event.clientX, event.clientY), WAIT_MILLIS);
  });
  field.addEventListener("mouseleave", hide);
  field.addEventListener("input", hide);
  field.addEventListener("blur", hide);
  field.addEventListener("keydown", (event) => {
    hide();
    if (event.key !== "F1") return;
    event.preventDefault();
    const line = byId("ink").children[field.value.slice(0, field.selectionStart).split("\n").length - 1];
    const place = (line ?? field).getBoundingClientRect();
    tell(wordIn(field.value, field.selectionStart), place.left + 60, place.bottom - 18);
  });
}

/** The word around an offset of a text. */
function wordIn(text, offset) {
  const before = /[A-Za-z_0-9]*$/.exec(text.slice(0, offset))[0];
  const word = before + /^[A-Za-z_0-9]*/.exec(text.slice(offset))[0];
  return /^[A-Za-z_]/.test(word) ? word : null;
}

/** The word under the pointer: the coloured copy behind the field has it as text. */
function wordAt(x, y) {
  const field = byId("source");
  const ink = byId("ink");
  field.style.pointerEvents = "none";
  ink.style.pointerEvents = "auto";
  const range = document.caretPositionFromPoint?.(x, y) ?? document.caretRangeFromPoint?.(x, y);
  field.style.removeProperty("pointer-events");
  ink.style.removeProperty("pointer-events");
  const node = range?.offsetNode ?? range?.startContainer;
  if (!node || node.nodeType !== 3 || !ink.contains(node) || node.parentElement.closest(".comment, .string")) return null;
  return wordIn(node.data, range.offset ?? range.startOffset);
}

async function about(word, sop) {
  const name = el("b", { class: "mono" }, word);
  if (sop && !sop.base && !sop.library) {
    return [el("div", {}, name, sop.text && sop.text !== sop.name ? [" = ", el("span", { class: "mono" }, sop.text)] : null), sop.values ? el("div", { class: "mono soft" }, sop.values.slice(0, 16).join("  ")) : null];
  }
  const answer = await ask("explain", { topic: word });
  if (answer.error || !answer.text) return null;
  const words = answer.text.split(/\n\s*\n/).map((one) => one.trim()).filter((one) => one && one !== answer.signature);
  return [el("div", {}, el("b", { class: "mono" }, answer.signature ?? word)), words.length ? el("div", {}, words[0]) : null];
}
