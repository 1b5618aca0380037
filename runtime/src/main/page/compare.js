// Two machines side by side: the same program at several levels, or on two inputs. Equal s-ops stand at equal height.

import { el, put, spoken } from "./dom.js";
import { ask, stop } from "./engine.js";
import { fittingOf } from "./geometry.js";
import { draw } from "./machine.js";
import { differing, sentence, tell } from "./story.js";

export const LEVELS = [[0, "-O0", "one part per step of the program"], [1, "-O1", "attention shows what is selected"], [2, "-O2", "fewest parameters"]];

/** So many answers are kept: stepping through what is compared asks nothing anew. */
const MOST_ANSWERS = 8;

let serial = 0;
const answers = new Map();
const pending = new Set();

const keyOf = (request) => JSON.stringify(request);

function answerTo(request) {
  const key = keyOf(request);
  if (!answers.has(key)) {
    pending.add(key);
    answers.set(key, ask("machine", request, "compare").then((answer) => {
      pending.delete(key);
      if (answer.stopped) answers.delete(key);
      return answer;
    }));
    if (answers.size > MOST_ANSWERS) answers.delete(answers.keys().next().value);
  }
  return answers.get(key);
}

/** Whatever is being compared is not wanted any more, except for these questions. */
export function endComparing(requests = []) {
  serial++;
  const wanted = new Set(requests.map(keyOf));
  if ([...pending].some((key) => !wanted.has(key))) stop("compare");
}

/**
 * Compares: `columns` are what to ask and how to call it. Each pane says what is being worked out until its machine is there. Resolves to
 * the stories, null where there is none, or to null if something else is wanted meanwhile.
 */
export async function compare(place, bar, columns, view, act) {
  endComparing(columns.map((column) => column.request));
  const mine = serial;
  const panes = columns.map((column) => {
    const said = el("p", { class: "said" });
    const clock = el("span", { class: "soft" });
    const area = el("div", { class: "area" }, el("div", { class: "working" }, el("b", {}, column.doing), " ", clock, " ", el("button", { type: "button", onclick: () => stop("compare") }, "Stop")));
    const sizes = el("div", { class: "sizes" });
    const node = el("section", { class: "pane", "aria-label": column.title }, el("div", { class: "panetop" }, el("h2", {}, column.title), sizes, said), area);
    return { column, node, area, sizes, said, clock, story: null };
  });
  put(place, bar, el("div", { class: "panes" }, panes.map((pane) => pane.node)));
  const ticking = setInterval(() => panes.forEach((pane) => pane.asked && pane.clock.isConnected && put(pane.clock, Math.round((performance.now() - pane.asked) / 1000) + " s")), 500);
  try {
    for (const pane of [...panes].sort((a, b) => (a.column.after ?? 0) - (b.column.after ?? 0))) {
      pane.asked = performance.now();
      const answer = await answerTo(pane.column.request);
      if (mine !== serial) return null;
      if (answer.error) refused(pane, answer);
      else {
        pane.story = tell(answer);
        pane.story.differs = differing(answer);
        if (pane.column.facts) facts(pane, answer.model);
        pane.area.replaceChildren();
      }
      show(panes.filter((one) => one.story), place, view, act);
    }
  } finally {
    clearInterval(ticking);
  }
  return panes.map((pane) => pane.story);
}

/** Draws what is there by now, all at one scale. */
function show(drawn, place, view, act) {
  if (!drawn.length) return;
  const height = Math.max(300, place.parentElement.getBoundingClientRect().bottom - drawn[0].area.getBoundingClientRect().top - 16);
  const options = (pane) => ({ ...view, lanes: false, editing: null, height, open: pane.column.open ?? null, spared: (name) => spared(pane.story, name) });
  const scale = Math.min(...drawn.map((pane) => fittingOf(pane.area, pane.story, options(pane))));
  const one = (pane, gaps) => draw(pane.area, pane.story, { ...options(pane), scale, gaps }, { ...act, ...pane.column.act });
  align(drawn.map((pane) => ({ shown: (gaps) => one(pane, gaps), tops: one(pane, null).tops })));
  for (const pane of drawn) {
    const step = pane.column.step ? pane.column.step(pane.story) : null;
    if (step) put(pane.said, spoken(sentence(pane.story, step, Math.min(view.position, pane.story.n - 1))));
  }
}

function refused(pane, answer) {
  const first = answer.diagnostics?.[0];
  put(pane.area, el("div", { class: "problem error" }, el("b", {}, answer.error.message), first?.help ? el("p", {}, first.help) : null, el("span", { class: "soft" }, answer.error.code)));
}

function facts(pane, model) {
  const fact = (number, word) => el("div", { class: "fact" }, el("b", {}, String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f")), el("span", { class: "soft" }, number === 1 ? word.replace(/s$/, "") : word));
  const sum = (list) => list.reduce((a, b) => a + b, 0);
  put(pane.sizes, [[model.n_layers, "layers"], [sum(model.heads_per_layer), "heads"], [sum(model.mlp_per_layer), "hidden units"], [model.d_model, "directions"], [model.parameters, "parameters"], [model.nonzeros, "not zero"]].map(([number, word]) => fact(number, word)));
}

/** Why there is nothing where another machine has a part. */
function spared(story, name) {
  const sop = story.machine.sops.find((one) => one.name === name);
  if (sop && !sop.stored) return "no part: what reads " + sop.label + " works it out";
  const head = story.parts.find((part) => part.kind === "head" && part.name === name && !story.parts.some((one) => one.kind === "mlp" && one.groups.some((group) => group.name === name)));
  return head ? "no MLP: " + head.id + " writes " + sop.label + " itself" : "no part needed";
}

/** What an s-op costs in each of some machines, as a sentence. */
export function costs(stories, columns, name, label) {
  const plural = (number, word) => number + " " + word + (number === 1 ? "" : "s");
  const told = stories.map((story, i) => {
    if (!story) return null;
    const heads = story.parts.filter((part) => part.kind === "head" && part.name === name);
    const groups = story.parts.flatMap((part) => (part.groups ?? []).map((group) => ({ ...group, layer: part.layer }))).filter((group) => group.name === name);
    const layers = new Set([...heads, ...groups].map((part) => part.layer)).size;
    const units = groups.reduce((sum, group) => sum + group.units, 0);
    const list = [heads.length ? plural(heads.length, "head") : "", units ? plural(units, "hidden unit") : ""].filter(Boolean);
    const sop = story.machine.sops.find((one) => one.name === name);
    const what = list.length ? "takes " + list.join(" and ") + (layers > 1 ? " in " + layers + " layers" : "") : sop && !sop.stored ? "takes no part: what reads it works it out" : "takes no part of its own";
    return [columns[i].short, what];
  }).filter(Boolean);
  if (!told.length) return null;
  if (told.every(([, what]) => what === told[0][1])) return [[label, "p"], " " + told[0][1] + ", whichever the level."];
  return told.flatMap(([short, what], i) => [i ? " At " : "At ", [short, "q"], " ", ...(i ? ["it"] : [[label, "p"]]), " " + what + "."]);
}

/** What needs fewer parts gets room where the other has them. */
function align(drawn) {
  if (drawn.length < 2) return;
  const common = [...drawn[0].tops.keys()].filter((name) => drawn.every((one) => one.tops.has(name)));
  const moved = drawn.map(() => 0);
  const gaps = drawn.map(() => new Map());
  let last = -1;
  for (const name of common) {
    const tops = drawn.map((one, i) => one.tops.get(name) + moved[i]);
    const most = Math.max(...tops);
    if (most < last) continue;
    last = most;
    tops.forEach((top, i) => {
      if (most - top > 0.5) {
        gaps[i].set(name, most - top);
        moved[i] += most - top;
      }
    });
  }
  drawn.forEach((one, i) => gaps[i].size && one.shown(gaps[i]));
}
