// The program: a text field over its own coloured copy, what is wrong with it underlined, its lines beside the parts that they became.

import { el, put, byId } from "./dom.js";

const KEYWORDS = new Set(["and", "def", "else", "for", "if", "in", "not", "or", "return", "load", "s-op", "selector"]);
const FORMS = new Set(["aggregate", "select", "selector_width", "indicator", "round", "tokens", "tokens_asis", "tokens_int", "tokens_float", "tokens_bool", "tokens_str", "indices", "length", "True", "False", "range", "zip", "len"]);
const TOKEN = /(#[^\n]*)|("(?:[^"\\\n]|\\.)*"?)|([0-9]+(?:\.[0-9]+)?)|([A-Za-z_][A-Za-z_0-9]*)/g;

/** Coloured stretches; nothing is an error while one types. */
function stretches(text) {
  const out = [];
  let done = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > done) out.push([done, match.index, ""]);
    const kind = match[1] ? "comment" : match[2] ? "string" : match[3] ? "number" : KEYWORDS.has(match[4]) ? "keyword" : FORMS.has(match[4]) ? "form" : "";
    out.push([match.index, match.index + match[0].length, kind]);
    done = match.index + match[0].length;
  }
  if (done < text.length) out.push([done, text.length, ""]);
  return out;
}

/** Paints the text behind the field, with what is wrong underlined. */
export function paint(text, diagnostics, lit) {
  const marks = diagnostics.flatMap((d) => (d.labels.length ? [{ start: d.labels[0].start, end: Math.max(d.labels[0].end, d.labels[0].start + 1), error: d.severity === "error" }] : []));
  const lines = text.split("\n");
  const nodes = [];
  let offset = 0;
  const all = stretches(text);
  lines.forEach((line, index) => {
    const end = offset + line.length;
    const parts = [];
    for (const [from, to, kind] of all) {
      if (to <= offset || from >= end) continue;
      const a = Math.max(from, offset);
      const b = Math.min(to, end);
      const cuts = [a, b, ...marks.flatMap((m) => [m.start, m.end]).filter((x) => x > a && x < b)].sort((x, y) => x - y);
      for (let i = 0; i + 1 < cuts.length; i++) {
        const mark = marks.find((m) => m.start <= cuts[i] && m.end >= cuts[i + 1] && m.start < cuts[i + 1]);
        parts.push(el("span", { class: [kind, mark ? (mark.error ? "wrong" : "doubtful") : ""].filter(Boolean).join(" ") || null }, raw(text.slice(cuts[i], cuts[i + 1]))));
      }
    }
    const beyond = marks.find((m) => m.start === end && m.end > end);
    if (beyond) parts.push(el("span", { class: beyond.error ? "wrong" : "doubtful" }, " "));
    nodes.push(el("div", { class: "codeline" + (lit && lit.has("line:" + (index + 1)) ? " lit" : "") }, parts.length ? parts : "\u200b".replace(/./, " ")));
    offset = end + 1;
  });
  put(byId("ink"), nodes);
}

/** A text node as it is: the field shows the very characters, and both must be equally wide. */
const raw = (text) => document.createTextNode(text);

/** One part by its name, several by what they share. */
function badge(parts) {
  if (parts.length === 1) return parts[0].replace("MLP", " MLP");
  const layers = [...new Set(parts.map((id) => id.replace(/[HM].*$/, "")))];
  return layers.length === 1 ? layers[0] : layers[0] + "–" + layers[layers.length - 1].slice(1);
}

/** The lines that a part was made of; of one that is the library's, the line that first uses it. */
export function linesOf(part, text) {
  const own = (part.groups ?? [part]).map((one) => one.line).filter(Boolean);
  if (own.length) return own;
  const names = (part.groups ?? [part]).map((one) => one.name).filter((name) => /^\w+$/.test(name ?? ""));
  const at = text.split("\n").findIndex((line) => names.some((name) => new RegExp("\\b" + name + "\\b").test(line.replace(/#.*/, ""))));
  return at < 0 ? [] : [at + 1];
}

/** What a program's line says an s-op is, where one line says it whole. */
export function wordsOf(sop, text) {
  const line = sop.line ? text.split("\n")[sop.line - 1] ?? "" : "";
  const said = /^\s*([A-Za-z_]\w*)\s*=(?!=)\s*([^;#]+);\s*(#.*)?$/.exec(line);
  return said && said[1] === sop.name ? said[2].trim() : null;
}

/** Line numbers, and beside each line the parts that it became. */
export function gutter(text, story, view, act) {
  const badges = new Map();
  if (story) {
    for (const part of story.parts) {
      const lines = linesOf(part, text);
      for (const line of new Set(lines)) {
        if (!line) continue;
        if (!badges.has(line)) badges.set(line, []);
        badges.get(line).push(part.id);
      }
    }
  }
  const ink = byId("ink");
  put(byId("gutter"), text.split("\n").map((line, index) => {
    const number = index + 1;
    const height = ink.children[index] ? ink.children[index].offsetHeight : 24;
    const parts = badges.get(number) ?? [];
    return el("div", { class: "gutterline" + (view.line === number ? " on" : ""), style: { height: height + "px" }, onmouseenter: () => act.light(["line:" + number, ...parts]), onmouseleave: () => act.light(null) },
      el("span", { class: "number" }, number),
      parts.length ? el("span", { class: "badges" }, el("button", { type: "button", tabindex: -1, class: "badge" + (parts.includes(view.open) ? " on" : ""), title: "Open " + parts.join(", "), onclick: () => act.open(parts[(parts.indexOf(view.open) + 1) % parts.length]) }, badge(parts))) : null);
  }));
}

/** What is wrong, and a button for the way out where it is a matter of one word. */
export function problems(place, text, diagnostics, act) {
  put(place, diagnostics.slice(0, 4).map((d) => {
    const label = d.labels[0];
    const better = /did you mean '([^']+)'\?/.exec(d.help ?? "");
    return el("div", { class: "problem " + d.severity },
      el("b", {}, d.message.charAt(0).toUpperCase() + d.message.slice(1)),
      d.help && !better ? el("p", {}, d.help) : null,
      d.notes.map((note) => el("p", { class: "soft" }, note)),
      better && label ? el("button", { type: "button", class: "primary", onclick: () => act.replace(label.start, label.end, better[1]) }, "Change to " + better[1]) : null,
      (d.actions ?? []).map((action) => el("button", { type: "button", class: "primary", onclick: action.run }, action.label)),
      el("span", { class: "soft" }, " " + d.code + (label ? ", line " + label.line : "") + " "), el("button", { type: "button", class: "link", onclick: () => act.explain(d.code) }, "Explain"));
  }));
}
