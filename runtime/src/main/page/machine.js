// The machine: one unbroken column per position, rows in the order of computation.

import { el, svg, put, visible } from "./dom.js";
import { keysOf, truth } from "./story.js";

/** Arcs of an open band beyond this many are drawn for the followed query only. */
const MOST_ARCS = 2000;
const MOST_SLIM_ARCS = 600;

/** Where everything stands: one x for each column, the same in every row. */
export function layout(story, width, height, options) {
  const scale = options.lecture ? 1.75 : 1;
  const inset = options.lecture ? 40 : 26;
  const label = 150 * (options.lecture ? 1.5 : 1);
  const bos = 56 * scale;
  const lanes = options.lanes ? Math.max(220, story.machine.lanes.length * 52 + 30) : 0;
  const left = inset + label;
  const room = width - left - bos - lanes - 16;
  const widest = options.lecture ? 250 : width > 1400 ? 130 : 98;
  const pitch = Math.max(34, Math.min(widest, room / Math.max(1, story.n)));
  const chip = Math.min(options.lecture ? 96 : 76, Math.max(28, pitch - (pitch < 56 ? 6 : 14)));
  const bosX = left + bos / 2;
  const first = left + bos + pitch / 2;
  const x = (p) => first + p * pitch;
  const body = left + bos + pitch * story.n + 10;
  return { scale, inset, left, bosX, x, pitch, chip, body, lanes, laneX: (i) => body + 40 + i * 52, width: body + lanes, height, lecture: options.lecture };
}

/** Draws a machine into a place. */
export function draw(place, story, view, act) {
  const box = place.getBoundingClientRect();
  const geometry = layout(story, Math.max(320, box.width), Math.max(320, view.height ?? box.height), view);
  const rows = visibleRows(story, view);
  const tops = new Map();
  const open = rows.find((row) => isPart(row) && row.part.id === view.open);
  const heights = rows.map((row) => rowHeight(row, view, geometry));
  if (open && open.kind === "head") {
    const used = heights.reduce((sum, h) => sum + h, 0) + 40 * geometry.scale;
    const extra = (geometry.height - used);
    heights[rows.indexOf(open)] += Math.max(0, Math.min(view.lecture ? 220 : 130, extra));
  }
  const grid = el("div", {
    class: "grid", role: "grid", "aria-label": "Machine: rows are s-ops and parts, columns are positions",
    "aria-rowcount": rows.length + 1, "aria-colcount": story.n + 1,
    style: { width: geometry.width + "px" },
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
      if (gap > 30) node.append(el("div", { class: "spare", style: { left: geometry.inset - 10 + "px", width: geometry.body - geometry.inset + 10 + "px", height: gap - 10 + "px", top: -gap + "px" } }, "no part needed"));
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

const isPart = (row) => row.kind === "head" || row.kind === "mlp";

/** All rows; in a lecture what the open part reads and writes, the tokens and the answer. */
function visibleRows(story, view) {
  const rows = story.rows;
  if (!view.lecture) return rows;
  const at = rows.findIndex((row) => isPart(row) && row.part.id === view.open);
  return rows.filter((row, index) => {
    if (row.kind === "answer" || (row.kind === "sop" && row.sop.name === "tokens")) return true;
    if (at < 0) return row.kind === "sop";
    return index === at || (index === at + 1 && row.kind === "sop");
  });
}

function rowHeight(row, view, geometry) {
  const s = geometry.scale;
  const open = isPart(row) && row.part.id === view.open;
  if (row.kind === "sop") return 36 * s;
  if (row.kind === "answer") return (view.lecture ? 50 : 68) * s;
  if (row.kind === "mlp") return open ? (40 + 28 * Math.max(1, mlpReads(row.part).length) + 46) * Math.min(s, 1.4) : 58;
  if (!open) return 74;
  const chips = openRows(row.part);
  return (30 * (chips.top.length + chips.bottom.length)) * s + 130;
}

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
      type: "button", class: "lanehead" + (view.lane === lane.name ? " on" : ""), style: place(g.laneX(i), 50), title: lane.name + ": " + lane.directions + (lane.directions === 1 ? " direction" : " directions"),
      onclick: () => act.lane(lane.name), tabindex: -1,
    }, el("span", { class: "lanename" }, lane.name), el("span", { class: "soft" }, lane.directions))));
  }
  return el("div", { class: "headrow", role: "row", style: { height: (view.lanes ? 62 : 34) * (view.lecture ? 1.3 : 1) + "px" } }, cells);
}

const place = (x, width) => ({ left: x - width / 2 + "px", width: width + "px" });

/** The shade of the followed position, and a line down each column. */
function columns(story, view, g, height) {
  const lines = svg("svg", { class: "columns", width: g.body, height, "aria-hidden": "true" });
  lines.append(svg("rect", { class: "followed", x: g.x(view.position) - g.pitch / 2, y: 0, width: g.pitch, height, rx: 8 }));
  const line = (x) => lines.append(svg("line", { x1: x, x2: x, y1: 4, y2: height - 30 }));
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
    el("span", { class: "name", title: sop.label }, sop.label),
    answer ? el("span", { class: "soft small" }, "the answer") : sop.edited ? el("span", { class: "small edited" }, "edited") : null));
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
    style: place(g.x(p), g.chip), onclick: () => act.chip(sop, p), ondblclick: () => act.edit(sop, p),
    onmouseenter: () => act.hover(p), onmouseleave: () => act.hover(null),
    title: String(value ?? "").length > 5 ? visible(String(value)) : null,
  }, changed ? [el("s", {}, was), "→", el("span", {}, value ?? "–")] : value ?? "–");
}

function interpreter(story, g) {
  const cells = [el("div", { class: "rowlabel soft", style: { left: g.inset + "px", width: g.left - g.inset + "px" } }, "interpreter")];
  const expected = story.machine.expected;
  for (let p = 0; p < story.n; p++) {
    const same = expected && !story.differs.has(p);
    cells.push(el("div", { class: "says" + (expected && !same ? " chip differs" : ""), style: place(g.x(p), g.pitch) },
      expected ? [expected[p], same ? el("span", { class: "tick" }, " ✓") : ""] : "–"));
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
  const open = part.id === view.open;
  const belongs = view.light && (view.light.has(part.id) || (part.line && view.light.has("line:" + part.line)));
  const inner = height - 14;
  const title = part.kind === "head" ? "Layer " + part.layer + ", head " + part.head : "Layer " + part.layer + ", MLP";
  const node = el("div", {
    class: "row band " + part.kind + (open ? " open" : "") + (belongs ? " lit" : "") + (part.knockedOut ? " out" : ""), role: "row", "aria-rowindex": index + 2,
    style: { height: height + "px" }, onmouseenter: () => act.light([part.id, part.line ? "line:" + part.line : null]), onmouseleave: () => act.light(null),
    "data-part": part.id,
  });
  const frame = el("div", { class: "frame", style: { left: g.inset - 10 + "px", width: g.body - g.inset + 10 + "px", height: inner + "px" }, onclick: () => act.open(part.id) });
  node.append(frame);
  const centre = open && part.kind === "head";
  node.append(el("button", {
    type: "button", class: "rowlabel bandname", role: "rowheader", tabindex: view.focus && view.focus.part === part.id ? 0 : -1, "aria-expanded": String(open), "data-open": part.id,
    style: { left: g.inset + "px", width: g.left - g.inset + 4 + "px", top: centre ? inner / 2 - 24 + "px" : open ? "auto" : "6px", bottom: open && !centre ? "20px" : "auto" }, onclick: () => act.open(part.id),
  }, el("span", { class: "bandtitle" }, title), el("span", { class: "soft small two" }, brief(part))));
  node.append(...(part.kind === "head" ? (open ? openHead(part, story, view, g, inner, act) : slimHead(part, story, view, g, inner)) : units(part, story, view, g, inner, open)));
  return node;
}

/** What fits beside a band. */
function brief(part) {
  if (part.kind === "mlp") return [...new Set(part.groups.map((group) => (/^square of /.test(group.description ?? "") ? group.sop + "²" : group.sop ?? "?")))].slice(0, 3).join(", ");
  if (part.does === "last") return "finds the last position";
  const word = part.does === "count" ? "counts " : part.does === "fetch" ? "fetches " : "";
  const tests = part.tests.filter((t) => !(t.key.constant && t.query.constant));
  if (!tests.length) return word ? word + "everything" : part.description ?? "";
  return word + "where " + tests.map((t) => (t.key.name === t.query.name ? ({ "==": "same ", "!=": "other ", "<": "smaller ", "<=": "no larger ", ">": "larger ", ">=": "no smaller " })[t.op] + t.key.name : truth(t) ?? t.key.name + " " + t.op + " " + t.query.name)).join(" and ");
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
  if (share) nodes.push(el("div", { class: "share", style: { ...place(g.bosX, 70), top: height / 2 - 10 + "px" } }, share));
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
      const path = svg("path", { class: mine ? "mine" : "", d: arc(g.x(query), height - 2, g.x(key), 9), "stroke-width": (mine ? 2.6 : 1.3) * Math.max(0.5, Math.sqrt(1 / keys.length)) });
      if (mine) later.push(path);
      else drawing.append(path);
    }
  }
  drawing.append(...later);
  for (const key of used) drawing.append(svg("circle", { cx: g.x(key), cy: 7, r: 3.5 }));
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
    nodes.push(el("div", { class: "operand " + entry.role, style: { left: g.inset + "px", top: at + "px", width: g.left - g.inset + 30 + "px" } },
      el("b", {}, entry.role), " ", el("span", { class: "name", title: entry.operand.name }, entry.operand.name)));
    for (let p = 0; p < story.n; p++) {
      nodes.push(el("div", { class: "small chip " + (marked(p) ? entry.role : "quiet") + (p === view.position ? " here" : ""), style: { ...place(g.x(p), g.chip), top: at + "px" } }, entry.operand.values[p]));
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
        const width = (followed ? 5 : 2) * Math.max(0.45, Math.sqrt(1 / keys.length));
        const line = svg("path", { class: (followed ? "mine" : "") + (was ? " changed" : ""), d: arc(g.x(query), lower, g.x(key), upper + 8), "stroke-width": width, onclick: () => act.follow(query) });
        const tip = svg("path", { class: "tip" + (followed ? " mine" : "") + (was ? " changed" : ""), d: tipOf(g.x(key), upper, followed ? 9 : 6) });
        if (followed) later.push(line, tip);
        else drawing.append(line, tip);
      }
      if (part.maskBefore) {
        part.maskBefore[query].forEach((bit, key) => {
          if (bit && !part.mask[query][key]) drawing.append(svg("path", { class: "gone", d: arc(g.x(query), lower, g.x(key), upper + 8), "stroke-width": 1.5 }));
        });
      }
    }
  }
  drawing.append(...later);
  const share = part.bos[view.position] ?? 0;
  if (share > 0.3) {
    drawing.append(svg("path", { class: "bosarc", d: arc(g.x(view.position), lower, g.bosX, upper + 8) }));
    nodes.push(el("div", { class: "share", style: { ...place(g.bosX, 74), top: upper - 14 + "px" } }, shareOf(part, view.position)));
  }
  return [drawing, ...nodes];
}

const tipOf = (x, y, r) => `M${x} ${y}L${x + r} ${y + r * 1.5}L${x - r} ${y + r * 1.5}Z`;

/** An MLP works inside its column: what it reads, an arrow, what it writes below. */
function units(part, story, view, g, height, open) {
  const nodes = [];
  if (!open) {
    const told = part.groups.find((group) => group.result);
    if (!told) return nodes;
    const square = /^square of /.test(told.description ?? "");
    for (let p = 0; p < story.n; p++) {
      const value = square ? squared(told.result[p]) : told.result[p];
      nodes.push(el("div", { class: "writes" + (p === view.position ? " here" : ""), style: { ...place(g.x(p), g.pitch), top: height / 2 - 11 + "px" } }, el("span", {}, value)));
    }
    return nodes;
  }
  const reads = mlpReads(part);
  const step = 28 * Math.min(g.scale, 1.4);
  reads.forEach((read, i) => {
    nodes.push(el("div", { class: "operand", style: { left: g.inset + "px", top: 8 + i * step + "px", width: g.left - g.inset + 30 + "px" } }, el("span", { class: "name", title: read.name }, read.name)));
    for (let p = 0; p < story.n; p++) nodes.push(el("div", { class: "small chip " + (p === view.position ? "here strong" : "quiet"), style: { ...place(g.x(p), g.chip), top: 8 + i * step + "px" } }, read.values[p]));
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
      const y = marks.get(part) + (spots.some((s) => s.part === part) ? 16 : 0);
      how.forEach((letter, k) => {
        const cx = x + (k - (how.length - 1) / 2) * 19;
        group.append(svg("circle", { class: "ring " + letter, cx, cy: y, r: 9 }), svg("text", { class: "ringtext " + letter, x: cx, y: y + 4.5 }, letter));
      });
    }
    for (const spot of spots) group.append(svg("rect", { class: "written", x: x - 6, y: spot.y - 6, width: 12, height: 12 }));
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

