// The parts of a machine: a head as arcs from the queries to the keys, an MLP as what it reads and writes at each position.

import { el, rounded, svg, visible } from "./dom.js";
import { isOpen, least, mlpReads, openRows, place, smaller } from "./geometry.js";
import { brief, keysOf } from "./story.js";

/** Arcs of an open band beyond this many are drawn for the followed query only. */
const MOST_ARCS = 2000;
const MOST_SLIM_ARCS = 600;

export function band(row, story, view, g, height, act, index) {
  const part = row.part;
  const open = isOpen(part, view);
  const belongs = view.light && (view.light.has(part.id) || (part.lines ?? []).some((line) => view.light.has("line:" + line)));
  const inner = height - 14 * g.scale;
  const title = part.kind === "head" ? "Layer " + part.layer + ", head " + part.head : "Layer " + part.layer + ", MLP";
  const node = el("div", {
    class: "row band " + part.kind + (open ? " open" : "") + (belongs ? " lit" : "") + (part.knockedOut ? " out" : ""), role: "row", "aria-rowindex": index + 2,
    style: { height: height + "px" }, onmouseenter: () => act.light([part.id, ...(part.lines ?? []).map((line) => "line:" + line)]), onmouseleave: () => act.light(null),
    "data-part": part.id,
  });
  const frame = el("div", { class: "frame", style: { left: g.inset - 10 + "px", width: g.body - g.inset + 10 + "px", height: inner + "px" }, onclick: () => act.open(part.id) });
  node.append(frame);
  const centre = open && part.kind === "head";
  node.append(el("button", {
    type: "button", class: "rowlabel bandname", role: "rowheader", tabindex: view.focus && view.focus.part === part.id ? 0 : -1, "aria-expanded": String(open), "data-open": part.id,
    style: { left: g.inset + "px", width: g.left - g.inset - 2 + "px", top: centre ? inner / 2 - 24 * g.scale + "px" : open ? "auto" : "6px", bottom: open && !centre ? 20 * g.scale + "px" : "auto" }, onclick: () => act.open(part.id),
  }, el("span", { class: "bandtitle" }, title), el("span", { class: "soft small two" }, brief(part).split(/("[^"]{1,12}")/).map((text, i) => (i % 2 ? el("span", { class: "whole" }, text) : text)))));
  node.append(...(part.kind === "head" ? (open ? openHead(part, story, view, g, inner, act) : slimHead(part, story, view, g, inner)) : units(part, story, view, g, inner, open)));
  return node;
}

/** BOS's share in words; where keys are selected it can't be all, however small theirs are. */
function shareOf(part, query) {
  const share = part.bos[query] ?? 0;
  if (share < 0.005) return "";
  const some = part.mask && part.mask[query].some((bit) => bit);
  return share > 0.9995 ? (some ? "≈ 100 %" : "100 %") : Math.round(share * 100) + " %";
}

function slimHead(part, story, view, g, height) {
  const drawing = svg("svg", { class: "arcs", width: g.body, height, "aria-hidden": "true" });
  const share = shareOf(part, view.position);
  const nodes = [drawing];
  if (share) nodes.push(el("div", { class: "share", style: { ...place(g.bosX, 56 * g.scale), top: height / 2 - 10 * g.scale + "px" } }, share));
  if (!part.mask) return nodes;
  const used = new Set();
  const later = [];
  const total = part.mask.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0);
  for (let query = 0; query < story.n; query++) {
    const keys = keysOf(part, query);
    const mine = query === view.position;
    if (!mine && total > MOST_SLIM_ARCS) continue;
    for (const key of keys) {
      used.add(key);
      const path = svg("path", { class: mine ? "mine" : "", d: arc(g.x(query), height - 2, g.x(key), 9), "stroke-width": (mine ? 2.6 : 1.3) * g.scale * Math.max(0.5, Math.sqrt(1 / keys.length)) });
      if (mine) later.push(path);
      else drawing.append(path);
    }
  }
  drawing.append(...later);
  for (const key of used) drawing.append(svg("circle", { cx: g.x(key), cy: 7, r: 3.5 * g.scale }));
  return nodes;
}

/** From a query below to a key above. */
function arc(x1, y1, x2, y2) {
  const middle = (y1 + y2) / 2;
  return `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
}

function openHead(part, story, view, g, height, act) {
  const nodes = [];
  const { top, bottom } = openRows(part);
  const step = 26 * g.scale;
  const mine = keysOf(part, view.position) ?? [];
  let y = 8;
  const chips = (entry, at, marked) => {
    nodes.push(el("div", { class: "operand " + entry.role, style: { left: g.inset + "px", top: at + "px", width: g.left - g.inset - 2 + "px" } },
      el("b", {}, entry.role), " ", el("span", { class: "name", title: entry.operand.name }, entry.operand.name)));
    for (let p = 0; p < story.n; p++) {
      nodes.push(el("div", { class: "small chip " + (marked(p) ? entry.role : "quiet") + (p === view.position ? " here" : ""), title: titled(entry.operand.values[p]), style: { ...place(g.x(p), g.chip), top: at + "px", "font-size": smaller(entry.operand.values[p], g.chip - 9, 15 * g.scale, least(view)) ?? "" } }, rounded(entry.operand.values[p])));
    }
  };
  for (const entry of top) {
    chips(entry, y, (p) => mine.includes(p));
    y += step;
  }
  const upper = y + 2;
  let low = height - 8 - step * bottom.length;
  const lower = bottom.length ? low - 2 : height - 6;
  for (const entry of bottom) {
    chips(entry, low, (p) => p === view.position);
    low += step;
  }
  const drawing = svg("svg", { class: "arcs open", width: g.body, height, "aria-hidden": "true" });
  const later = [];
  const total = part.mask ? part.mask.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0) : 0;
  if (part.mask) {
    for (let query = 0; query < story.n; query++) {
      const followed = query === view.position;
      if (!followed && total > MOST_ARCS) continue;
      const keys = keysOf(part, query);
      for (const key of keys) {
        const was = part.maskBefore && !part.maskBefore[query][key];
        const width = (followed ? 5 : 2) * Math.min(2, g.scale) * Math.max(0.45, Math.sqrt(1 / keys.length));
        const line = svg("path", { class: (followed ? "mine" : "") + (was ? " changed" : ""), d: arc(g.x(query), lower, g.x(key), upper + 8 * g.scale), "stroke-width": width, onclick: () => act.follow(query) });
        const tip = svg("path", { class: "tip" + (followed ? " mine" : "") + (was ? " changed" : ""), d: tipOf(g.x(key), upper, (followed ? 9 : 6) * Math.min(1.6, g.scale)) });
        if (followed) later.push(line, tip);
        else drawing.append(line, tip);
      }
      if (part.maskBefore) {
        part.maskBefore[query].forEach((bit, key) => {
          if (bit && !part.mask[query][key]) drawing.append(svg("path", { class: "gone", d: arc(g.x(query), lower, g.x(key), upper + 8 * g.scale), "stroke-width": 1.5 }));
        });
      }
    }
  }
  drawing.append(...later);
  const share = part.bos[view.position] ?? 0;
  if (share > 0.3) {
    drawing.append(svg("path", { class: "bosarc", d: arc(g.x(view.position), lower, g.bosX, upper + 8 * g.scale) }));
    nodes.push(el("div", { class: "share", style: { ...place(g.bosX, 56 * g.scale), top: upper - 16 * g.scale + "px" } }, shareOf(part, view.position)));
  }
  return [drawing, ...nodes];
}

const tipOf = (x, y, r) => `M${x} ${y}L${x + r} ${y + r * 1.5}L${x - r} ${y + r * 1.5}Z`;

/** An MLP works inside its column: what it reads, an arrow, what it writes below. */
function units(part, story, view, g, height, open) {
  const nodes = [];
  if (!open) {
    const told = part.groups.find((group) => group.results.length);
    if (!told) return nodes;
    for (let p = 0; p < story.n; p++) {
      const value = told.square ? squared(told.result[p]) : shownOf(told, story)[p];
      nodes.push(el("div", { class: "writes" + (p === view.position ? " here" : ""), title: titled(value), style: { ...place(g.x(p), g.pitch - 4), top: height / 2 - 11 * g.scale + "px", "font-size": smaller(value, g.pitch - 16, 15 * g.scale, least(view)) ?? "" } }, el("span", {}, rounded(value))));
    }
    return nodes;
  }
  const reads = mlpReads(part);
  const step = 28 * g.scale;
  reads.forEach((read, i) => {
    nodes.push(el("div", { class: "operand", style: { left: g.inset + "px", top: 8 + i * step + "px", width: g.left - g.inset - 2 + "px" } }, el("span", { class: "name", title: read.name }, read.name)));
    for (let p = 0; p < story.n; p++) nodes.push(el("div", { class: "small chip " + (p === view.position ? "here strong" : "quiet"), title: titled(read.values[p]), style: { ...place(g.x(p), g.chip), top: 8 + i * step + "px", "font-size": smaller(read.values[p], g.chip - 9, 15 * g.scale, least(view)) ?? "" } }, rounded(read.values[p])));
  });
  const from = 12 + reads.length * step;
  const drawing = svg("svg", { class: "arcs open", width: g.body, height, "aria-hidden": "true" });
  for (let p = 0; p < story.n; p++) {
    const mine = p === view.position ? " own" : "";
    drawing.append(svg("line", { class: "down" + mine, x1: g.x(p), x2: g.x(p), y1: from, y2: height - 12 }),
      svg("path", { class: "downtip" + mine, d: `M${g.x(p)} ${height - 2}L${g.x(p) + 6} ${height - 12}L${g.x(p) - 6} ${height - 12}Z` }));
  }
  return [drawing, ...nodes];
}

/** Of what hidden units work out, that which the program names. */
function shownOf(group, story) {
  return (group.results.find((one) => story.machine.sops.some((sop) => sop.label === one.name)) ?? group.results[0]).values;
}

function squared(text) {
  const number = Number(text);
  return Number.isFinite(number) ? String(number * number) : text;
}

/** A long value in full, for whoever points at it. */
export const titled = (value) => (String(value ?? "").length > 4 ? visible(String(value)) : null);
