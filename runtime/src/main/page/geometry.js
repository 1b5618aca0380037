// Where everything of a machine stands: one x for each column, the height of each row, the scale at which all is seen.

import { rounded } from "./dom.js";
import { brief } from "./story.js";

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
export function smaller(text, width, usual, least) {
  const room = width / (0.61 * Math.max(1, [...rounded(text)].length));
  return room < usual ? Math.max(least, Math.floor(room * 2) / 2) + "px" : null;
}

export const least = (view) => (view.lecture ? 18 : 12);

/** The largest scale at which all rows and columns are seen without scrolling; the least one where none does. */
export function fitting(story, rows, view, width, height) {
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

/** One part is open; on paper all are. */
export const isOpen = (part, view) => view.all || part.id === view.open;

export const isPart = (row) => row.kind === "head" || row.kind === "mlp";

/** All rows; in a lecture what the open part reads and writes, the tokens and the answer. */
export function visibleRows(story, view) {
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
export function tighten(rows, heights, view, g) {
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

export function rowHeight(row, view, s) {
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

export const place = (x, width) => ({ left: x - width / 2 + "px", width: width + "px" });

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

export function mlpReads(part) {
  const seen = new Map();
  for (const group of part.groups) for (const read of group.reads) if (read.values && !seen.has(read.name)) seen.set(read.name, read);
  return [...seen.values()].slice(0, 4);
}
