// The machine: one unbroken column per position, rows in the order of computation.

import { el, svg, put, rounded, visible } from "./dom.js";
import { brief, keysOf } from "./story.js";

/** Arcs of an open band beyond this many are drawn for the followed query only. */
const MOST_ARCS = 2000;
const MOST_SLIM_ARCS = 600;

/** Sizes at scale 1, in pixels. */
const LABEL = 164;
const BOS = 56;
const LANE = 52;

/** How large a machine may be drawn: in a lecture at least so that the back row can read it. */
const SCALES = { page: [1, 1.8], lecture: [1.75, 3.2] };

const laneRoom = (story, view) => (view.lanes ? Math.max(250, story.machine.lanes.length * LANE + 30) : 0);

/** The widest value in characters decides how wide a column has to be: comfortably, and at the least. */
const columnWidth = (story) => Math.max(64, Math.min(120, 22 + 10.4 * longest(story)));
const leastWidth = (story) => Math.max(34, Math.min(84, 17 + 7.4 * longest(story)));

function longest(story) {
  if (!story.longest) {
    const operands = (part) => (part.kind === "mlp" ? part.groups.flatMap((group) => [...group.reads, ...group.results]) : [part.value, ...part.tests.flatMap((test) => [test.key, test.query])]);
    const rows = story.rows.flatMap((row) => (row.part ? operands(row.part) : [row.sop]));
    story.longest = Math.max(1, ...rows.flatMap((one) => (one && !one.constant && one.values) || []).map((text) => [...rounded(text)].length));
  }
  return story.longest;
}

/** A smaller type for a text that would not fit; null where the usual one does. */
function smaller(text, width, usual, least) {
  const room = width / (0.61 * Math.max(1, [...rounded(text)].length));
  return room < usual ? Math.max(least, Math.floor(room * 2) / 2) + "px" : null;
}

/** The largest scale at which all rows and columns are seen without scrolling; the least one where none does. */
function fitting(story, rows, view, width, height) {
  const [least, most] = view.lecture ? SCALES.lecture : SCALES.page;
  const across = LABEL + BOS + laneRoom(story, view) + story.n * columnWidth(story) + 26;
  const down = rows.reduce((sum, row) => sum + rowHeight(row, view, 1), 0) + (view.lanes ? 62 : 34);
  return Math.max(least, Math.min(most, (width - 26) / across, (height - 26) / down));
}

/** Where everything stands: one x for each column, the same in every row. */
export function layout(story, width, height, view, scale) {
  const inset = view.lecture ? 40 : 26;
  const bos = BOS * scale;
  const lanes = laneRoom(story, view) * scale;
  const left = inset + LABEL * scale;
  const room = width - left - bos - lanes - 26;
  const pitch = Math.max(leastWidth(story), Math.min((view.lecture ? 143 : 104) * scale, room / Math.max(1, story.n)));
  const wanted = columnWidth(story) - 12;
  const chip = Math.min(Math.max(76, wanted) * scale, Math.max(28, pitch - (pitch < 56 || wanted * scale > pitch - 14 ? 4 : 14)));
  const bosX = left + bos / 2;
  const first = left + bos + pitch / 2;
  const x = (p) => first + p * pitch;
  const body = left + bos + pitch * story.n + 10;
  return { scale, inset, left, bosX, x, pitch, chip, body, lanes, laneX: (i) => body + (40 + i * LANE) * scale, width: body + lanes, height, lecture: view.lecture };
}

/** Whether the lanes fit beside a machine without making its columns narrow. */
export const lanesFit = (story, width) => width - 26 >= LABEL + BOS + laneRoom(story, { lanes: true }) + story.n * columnWidth(story) + 26;

/** The scale at which a machine fits into a place. */
export function fittingOf(place, story, view) {
  return fitting(story, visibleRows(story, view), view, Math.max(320, place.getBoundingClientRect().width), view.height);
}

/** Draws a machine into a place. */
export function draw(place, story, view, act) {
  const box = place.getBoundingClientRect();
  const width = Math.max(320, box.width);
  const height = Math.max(320, view.height ?? box.height);
  const rows = visibleRows(story, view);
  const geometry = layout(story, width, height, view, view.scale ?? fitting(story, rows, view, width, height));
  const tops = new Map();
  const open = rows.find((row) => isPart(row) && isOpen(row.part, view));
  const heights = rows.map((row) => rowHeight(row, view, geometry.scale));
  tighten(rows, heights, view, geometry);
  if (open && open.kind === "head") {
    const used = heights.reduce((sum, h) => sum + h, 0) + 50 * geometry.scale;
    const extra = (geometry.height - used);
    heights[rows.indexOf(open)] += Math.max(0, Math.min((view.lecture ? 220 : 130) * geometry.scale, extra));
  }
  const grid = el("div", {
    class: "grid", role: "grid", "aria-label": "Machine: rows are s-ops and parts, columns are positions",
    "aria-rowcount": rows.length + 1, "aria-colcount": story.n + 1,
    style: { width: geometry.width + "px", "--s": String(geometry.scale) },
  });
  grid.append(header(story, view, geometry, act));
  let y = 0;
  const marks = new Map();
  const body = el("div", { class: "rows" });
  rows.forEach((row, index) => {
    const node = drawRow(row, story, view, geometry, heights[index], act, index);
    const gap = view.gaps && row.sop ? view.gaps.get(row.sop.name) ?? 0 : 0;
    if (gap) {
      node.style.marginTop = gap + "px";
      y += gap;
      if (gap > 30) node.append(el("div", { class: "spare", style: { left: geometry.inset - 10 + "px", width: geometry.body - geometry.inset + 10 + "px", height: gap - 10 + "px", top: -gap + "px" } }, el("span", {}, view.spared(row.sop.name))));
    }
    if (row.sop) tops.set(row.sop.name, y);
    marks.set(isPart(row) ? row.part.id : "sop:" + row.sop.name, y + heights[index] / 2);
    if (row.kind === "answer") marks.set("unembed", y + heights[index] / 2);
    if (row.kind === "sop" && row.sop.name === "tokens") marks.set("embed", y + heights[index] / 2);
    if (row.kind === "sop" && row.sop.name === "indices") marks.set("pos_embed", y + heights[index] / 2);
    y += heights[index];
    body.append(node);
  });
  body.prepend(columns(story, view, geometry, y));
  if (view.lanes) body.append(lanes(story, view, geometry, marks, y, act));
  grid.append(body);
  put(place, grid);
  return { geometry, total: y, tops };
}

/** One part is open; on paper all are. */
const isOpen = (part, view) => view.all || part.id === view.open;

const isPart = (row) => row.kind === "head" || row.kind === "mlp";

/** All rows; in a lecture what the open part reads and writes, the tokens and the answer. */
function visibleRows(story, view) {
  const rows = story.rows;
  if (!view.lecture) return rows;
  const at = rows.findIndex((row) => isPart(row) && isOpen(row.part, view));
  return rows.filter((row, index) => {
    if (row.kind === "answer" || (row.kind === "sop" && row.sop.name === "tokens")) return true;
    if (at < 0) return row.kind === "sop";
    return index === at || (index === at + 1 && row.kind === "sop");
  });
}

/** Where not everything is seen at once, bands give up what room they can spare. */
function tighten(rows, heights, view, g) {
  if (view.lecture) return;
  let over = heights.reduce((sum, h) => sum + h, 0) + 50 * g.scale - g.height;
  rows.forEach((row, i) => {
    if (over <= 0 || !isPart(row)) return;
    const lines = linesOf(brief(row.part));
    const spare = row.kind !== "head" ? 0 : isOpen(row.part, view) ? Math.max(0, 56 - 16 * lines) : lines < 2 ? 14 : 0;
    const less = Math.min(over, spare * g.scale);
    heights[i] -= less;
    over -= less;
  });
}

function rowHeight(row, view, s) {
  const open = isPart(row) && isOpen(row.part, view);
  if (row.kind === "sop") return 36 * s;
  if (row.kind === "answer") return (view.lecture ? 50 : 68) * s;
  if (row.kind === "mlp") return (open ? 40 + 28 * Math.max(1, mlpReads(row.part).length) + 46 : linesOf(brief(row.part)) > 1 ? 72 : 58) * s;
  if (!open) return [74, 74, 88, 104][Math.min(4, linesOf(brief(row.part))) - 1] * s;
  const chips = openRows(row.part);
  return (30 * (chips.top.length + chips.bottom.length) + 130) * s;
}

/** In how many lines a text stands beside a band. */
const linesOf = (text) => Math.ceil(text.length / 21);

function header(story, view, g, act) {
  const cells = [el("div", { class: "rowlabel soft", role: "columnheader" }, "position"),
    el("div", { class: "colhead bos", role: "columnheader", style: place(g.bosX, 60 * g.scale) }, "BOS")];
  for (let p = 0; p < story.n; p++) {
    cells.push(el("button", {
      type: "button", class: "colhead" + (p === view.position ? " on" : ""), role: "columnheader", tabindex: -1,
      "aria-label": "follow position " + p, style: place(g.x(p), g.pitch), onclick: () => act.follow(p),
      onmouseenter: () => act.hover(p), onmouseleave: () => act.hover(null),
    }, p));
  }
  if (view.lanes) {
    cells.push(el("div", { class: "lanetitle", style: { left: g.body + 14 + "px" } }, "Residual stream: " + story.machine.model.d_model + " directions"));
    story.machine.lanes.forEach((lane, i) => cells.push(el("button", {
      type: "button", class: "lanehead" + (view.lane === lane.name ? " on" : ""), style: place(g.laneX(i), 50 * g.scale), title: lane.label + ": " + lane.directions + (lane.directions === 1 ? " direction" : " directions"),
      onclick: () => act.lane(lane.name), tabindex: -1,
    }, el("span", { class: "lanename" }, lane.label), el("span", { class: "soft" }, lane.directions))));
  }
  return el("div", { class: "headrow", role: "row", style: { height: (view.lanes ? 62 : 34) * g.scale + "px" } }, cells);
}

const place = (x, width) => ({ left: x - width / 2 + "px", width: width + "px" });

/** The shade of the followed position, and a line down each column. */
function columns(story, view, g, height) {
  const lines = svg("svg", { class: "columns", width: g.body, height, "aria-hidden": "true" });
  lines.append(svg("rect", { class: "followed", x: g.x(view.position) - g.pitch / 2, y: 0, width: g.pitch, height, rx: 8 }));
  const line = (x) => lines.append(svg("line", { x1: x, x2: x, y1: 4, y2: height - (view.lecture ? 8 : 36) * g.scale }));
  line(g.bosX);
  for (let p = 0; p < story.n; p++) line(g.x(p));
  return lines;
}

function drawRow(row, story, view, g, height, act, index) {
  if (isPart(row)) return band(row, story, view, g, height, act, index);
  const sop = row.sop;
  const answer = row.kind === "answer";
  const values = answer ? story.machine.output : sop.values;
  const belongs = view.light && view.light.has("sop:" + sop.name);
  const node = el("div", {
    class: "row " + row.kind + (belongs ? " lit" : ""), role: "row", "aria-rowindex": index + 2, style: { height: height + "px" },
    onmouseenter: () => act.light(["sop:" + sop.name, sop.line ? "line:" + sop.line : null]), onmouseleave: () => act.light(null),
  });
  node.append(el("div", { class: "rowlabel", role: "rowheader", style: { left: g.inset + "px", width: g.left - g.inset + "px" } },
    el("span", { class: "name" + (sop.edited ? " edited" : ""), title: sop.label }, sop.edited ? "◆ " + sop.label : sop.label),
    answer ? el("span", { class: "soft small" }, "the answer") : null));
  for (let p = 0; p < story.n; p++) node.append(chip(sop, values, p, story, view, g, act, answer));
  if (answer && !view.lecture) node.append(interpreter(story, g));
  return node;
}

/** One value: solid where it is stored, dashed where it is worked out by what reads it. */
function chip(sop, values, p, story, view, g, act, answer) {
  const value = values ? values[p] : null;
  const was = sop.before ? sop.before[p] : null;
  const changed = was !== null && was !== undefined && was !== value;
  const editing = view.editing && view.editing.sop === sop.name && view.editing.position === p;
  const classes = ["chip", sop.stored ? "" : "dashed", sop.name === "tokens" ? "token" : "", answer ? "filled" : "", changed ? "changed" : "",
    answer && story.differs.has(p) ? "differs" : "", view.result && view.result.sop === sop.name && p === view.position ? "result" : "", p === view.position ? "here" : ""];
  const tight = changed ? null : smaller(value, g.chip - 9, (view.lecture ? 18.3 : 17) * g.scale, least(view));
  const label = [sop.label, "position " + p, value === null ? "no value" : visible(value), changed ? "edited, was " + visible(was) : "",
    sop.stored ? "" : "not stored"].filter(Boolean).join(", ");
  if (editing) {
    return el("input", {
      class: "chip field", value: value ?? "", "aria-label": "new value of " + sop.label + " at position " + p, style: place(g.x(p), g.chip), role: "gridcell",
      onkeydown: (event) => {
        event.stopPropagation();
        if (event.key === "Enter") act.set(sop, p, event.target.value);
        if (event.key === "Escape") act.leave();
      },
    });
  }
  return el("button", {
    type: "button", role: "gridcell", class: classes.filter(Boolean).join(" "), "aria-label": label, "aria-colindex": p + 2,
    tabindex: view.focus && view.focus.sop === sop.name && view.focus.position === p ? 0 : -1, "data-sop": sop.name, "data-position": p,
    style: { ...place(g.x(p), g.chip), ...(tight ? { "font-size": tight } : {}) }, onclick: () => act.chip(sop, p), ondblclick: () => act.edit(sop, p),
    onmouseenter: () => act.hover(p), onmouseleave: () => act.hover(null),
    title: titled(value),
  }, changed ? [el("s", {}, rounded(was)), "→", el("span", {}, rounded(value ?? "–"))] : rounded(value ?? "–"));
}

/** A long value in full, for whoever points at it. */
const titled = (value) => (String(value ?? "").length > 4 ? visible(String(value)) : null);

const least = (view) => (view.lecture ? 18 : 12);

function interpreter(story, g) {
  const cells = [el("div", { class: "rowlabel soft", style: { left: g.inset + "px", width: g.left - g.inset + "px" } }, "interpreter")];
  const expected = story.machine.expected;
  for (let p = 0; p < story.n; p++) {
    const same = expected && !story.differs.has(p);
    cells.push(el("div", { class: "says" + (expected && !same ? " chip differs" : ""), title: expected ? titled(expected[p]) : null,
      style: { ...place(g.x(p), g.pitch), "font-size": smaller(expected ? rounded(expected[p]) + "xx" : "", g.pitch - 2, 15 * g.scale, 12) ?? "" } },
      expected ? [rounded(expected[p]), same ? el("span", { class: "tick" }, " ✓") : ""] : "–"));
  }
  return el("div", { class: "interpreter" }, cells);
}

/** What a head's open band shows above its arcs and below them. */
export function openRows(part) {
  const top = [];
  const bottom = [];
  if (part.value && part.value.values && !part.value.constant) top.push({ role: "value", operand: part.value });
  const seen = new Set();
  for (const test of part.tests) {
    if (!test.key.constant && test.key.values && !seen.has("k" + test.key.name)) {
      seen.add("k" + test.key.name);
      top.push({ role: "key", operand: test.key });
    }
    if (!test.query.constant && test.query.values && !seen.has("q" + test.query.name)) {
      seen.add("q" + test.query.name);
      bottom.push({ role: "query", operand: test.query });
    }
  }
  return { top, bottom };
}

function mlpReads(part) {
  const seen = new Map();
  for (const group of part.groups) for (const read of group.reads) if (read.values && !seen.has(read.name)) seen.set(read.name, read);
  return [...seen.values()].slice(0, 4);
}

function band(row, story, view, g, height, act, index) {
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

/** The residual stream as a bus: who writes which lane, who reads it how. */
function lanes(story, view, g, marks, height, act) {
  const drawing = svg("svg", { class: "lanes", width: g.width, height, "aria-hidden": "true" });
  story.machine.lanes.forEach((lane, i) => {
    const x = g.laneX(i);
    const spots = [];
    for (const use of lane.written) if (marks.has(use.part)) spots.push({ y: marks.get(use.part), how: "w", part: use.part });
    if (!spots.length && marks.has("embed")) spots.push({ y: marks.get("embed"), how: "w", part: "embed" });
    const reads = new Map();
    for (const use of lane.read) {
      if (!marks.has(use.part)) continue;
      const key = use.part;
      if (!reads.has(key)) reads.set(key, []);
      reads.get(key).push(use.as);
    }
    const ys = [...spots.map((s) => s.y), ...[...reads.keys()].map((part) => marks.get(part))];
    if (!ys.length) return;
    const lit = view.lane === lane.name || (view.light && (view.light.has("lane:" + lane.name) || [...reads.keys()].some((part) => view.light.has(part)) || lane.written.some((u) => view.light.has(u.part))));
    const group = svg("g", { class: "lane" + (lit ? " lit" : "") , onmouseenter: () => act.light(["lane:" + lane.name, ...reads.keys(), ...lane.written.map((u) => u.part)]), onmouseleave: () => act.light(null), onclick: () => act.lane(lane.name) });
    group.append(svg("line", { x1: x, x2: x, y1: Math.min(...ys), y2: Math.max(...ys) }));
    for (const [part, how] of reads) {
      const y = marks.get(part) + (spots.some((s) => s.part === part) ? 16 * g.scale : 0);
      how.forEach((letter, k) => {
        const cx = x + (k - (how.length - 1) / 2) * 19 * g.scale;
        group.append(svg("circle", { class: "ring " + letter, cx, cy: y, r: 9 * g.scale }), svg("text", { class: "ringtext " + letter, x: cx, y: y + 4.5 * g.scale }, letter));
      });
    }
    for (const spot of spots) group.append(svg("rect", { class: "written", x: x - 6 * g.scale, y: spot.y - 6 * g.scale, width: 12 * g.scale, height: 12 * g.scale }));
    drawing.append(group);
  });
  return drawing;
}

export function legend(story, view) {
  const item = (mark, text) => el("span", { class: "legenditem" }, mark, text);
  const ring = (letter) => svg("svg", { width: 20, height: 20 }, svg("circle", { class: "ring " + letter, cx: 10, cy: 10, r: 8 }), svg("text", { class: "ringtext " + letter, x: 10, y: 14.5 }, letter));
  return [
    item(svg("svg", { width: 34, height: 12 }, svg("path", { class: "legendarc", d: "M0 6H26" }), svg("path", { class: "tip", d: "M34 6L25 2V10Z" })), "query looks at key"),
    story.machine.sops.some((sop) => !sop.stored) ? item(el("span", { class: "chip dashed sample" }), "not stored") : null,
    view.lanes ? [item(svg("svg", { width: 12, height: 12 }, svg("rect", { class: "written", width: 12, height: 12 })), "written"),
      item([ring("q"), ring("k"), ring("v")], "read as query, key, value"), item(ring("m"), "by an MLP"), item(ring("u"), "by the unembedding")] : null,
  ];
}

