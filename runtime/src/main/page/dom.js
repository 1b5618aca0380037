// Builds the page from text, never from markup: nothing that a program says can become part of the page's own code.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; children are nodes, texts, or nothing. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same within a drawing. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(visible(String(child))));
  }
}

/** Text with its control and direction characters made visible, so that a token can't rearrange the page. */
export function visible(text) {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}

/** A number as a picture shows it: 0.3333 for a third. Whoever points at it sees all digits. */
export function rounded(value) {
  const text = String(value ?? "");
  return /^-?\d+\.\d{5,}(e[-+]?\d+)?$/.test(text) ? String(Number(Number(text).toPrecision(4))) : text;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Puts other children into an element. Whoever was on a child with the keyboard is then on the one that stands for it. */
export function put(node, ...children) {
  const active = document.activeElement;
  const held = active !== node && node.contains(active) ? placeOf(node, active) : null;
  node.replaceChildren();
  append(node, children);
  if (held) standingFor(node, held)?.focus({ preventScroll: true });
  return node;
}

const CONTROLS = "button, a[href], input, select, textarea, summary";

const nameOf = (control) => control.tagName + (control.dataset.sop ?? control.getAttribute("aria-label") ?? control.textContent) + (control.dataset.position ?? "");

function placeOf(node, control) {
  const all = [...node.querySelectorAll(CONTROLS)];
  const at = all.indexOf(control);
  return { at, name: nameOf(control), nth: all.slice(0, at).filter((one) => nameOf(one) === nameOf(control)).length };
}

/** The control of the same name, or where there is none any more, the one at the same place. */
function standingFor(node, held) {
  const all = [...node.querySelectorAll(CONTROLS)];
  return all.filter((one) => nameOf(one) === held.name)[held.nth] ?? all[held.at];
}

/** Segments of a sentence: texts, and pairs of a text and its colour's name. */
export function spoken(segments) {
  return segments.map((part) => (Array.isArray(part) ? el("b", { class: part[1] }, part[0]) : part));
}

export function plain(segments) {
  return segments.map((part) => (Array.isArray(part) ? part[0] : part)).join("");
}

/** "1, 3 and 4"; of more than four the first three and how many more. */
export function listed(items) {
  const texts = items.length > 4 ? [...items.slice(0, 3), items.length - 3 + " more"] : items.map(String);
  if (texts.length < 2) return texts.join("");
  return texts.slice(0, -1).join(", ") + " and " + texts[texts.length - 1];
}
