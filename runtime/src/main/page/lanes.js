// The residual stream as a bus: who writes which lane, who reads it how; and what the marks mean.

import { el, svg } from "./dom.js";

/** The residual stream as a bus: who writes which lane, who reads it how. */
export function lanes(story, view, g, marks, height, act) {
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
  const ring = (letter) => svg("svg", { "aria-hidden": "true", width: 20, height: 20 }, svg("circle", { class: "ring " + letter, cx: 10, cy: 10, r: 8 }), svg("text", { class: "ringtext " + letter, x: 10, y: 14.5 }, letter));
  return [
    item(svg("svg", { "aria-hidden": "true", width: 34, height: 12 }, svg("path", { class: "legendarc", d: "M0 6H26" }), svg("path", { class: "tip", d: "M34 6L25 2V10Z" })), "query looks at key"),
    story.machine.sops.some((sop) => !sop.stored) ? item(el("span", { class: "chip dashed sample" }), "not stored") : null,
    view.lanes ? [item(svg("svg", { "aria-hidden": "true", width: 12, height: 12 }, svg("rect", { class: "written", width: 12, height: 12 })), "written"),
      item([ring("q"), ring("k"), ring("v")], "read as query, key, value"), item(ring("m"), "by an MLP"), item(ring("u"), "by the unembedding")] : null,
  ];
}
