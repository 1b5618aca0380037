// From step to step, and from part to part.

import { byId } from "./dom.js";
import { remember } from "./address.js";
import { showLine } from "./computing.js";
import { comparing, page, state } from "./page.js";
import { render } from "./render.js";
import { compareNow } from "./sides.js";

export function go(index) {
  if (!page.story) return;
  const before = state.step;
  state.step = Math.max(0, Math.min(index, page.story.steps.length - 1));
  const step = page.story.steps[state.step];
  state.open = step.part ? step.id : null;
  state.lane = null;
  page.focus = step.part ? { part: step.id } : { sop: step.sop ? step.sop.name : "tokens", position: state.position };
  render();
  byId("stage").querySelector(".band.open")?.scrollIntoView?.({ block: "nearest" });
  showLine();
  if (comparing()) compareNow();
  remember(before !== state.step);
}

export function openPart(id) {
  const index = page.story.steps.findIndex((step) => step.id === id);
  if (index >= 0) go(index);
}

/** Through the rows of the machine, as a grid is walked: chips where a chip has the focus, parts otherwise. */
export function moveRow(by) {
  const rows = page.story.rows;
  const focus = page.focus;
  const at = rows.findIndex((row) => (row.part ? row.part.id === focus.part : row.sop && row.sop.name === focus.sop));
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  if (next.part) {
    page.focus = { part: next.part.id };
    openPart(next.part.id);
  } else {
    page.focus = { sop: next.sop.name, position: state.position };
    render();
  }
  refocus();
}

/** Gives the keyboard back to what it was on before the machine was drawn anew. */
export function refocus() {
  const focus = page.focus;
  const node = focus.sop ? byId("stage").querySelector(`[data-sop="${CSS.escape(focus.sop)}"][data-position="${focus.position}"]`) : focus.part ? byId("stage").querySelector(`[data-open="${CSS.escape(focus.part)}"]`) : null;
  if (node) node.focus({ preventScroll: false });
}

/** What pressing a part or a line does. */
export const stepping = {
  go,
  open: openPart,
  line(number) {
    const part = page.story.parts.find((one) => one.lines.includes(number));
    state.line = number;
    if (part) openPart(part.id);
  },
};
