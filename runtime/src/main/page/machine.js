// The machine: one unbroken column per position, rows in the order of computation.

import { el, put, rounded, svg, visible } from "./dom.js";
import { band, titled } from "./bands.js";
import { fitting, isOpen, isPart, layout, least, place, rowHeight, smaller, tighten, visibleRows } from "./geometry.js";
import { lanes } from "./lanes.js";

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
