// Draws all that is on the page from what it knows.

import { byId, el, put } from "./dom.js";
import { ask } from "./engine.js";
import { showBanner, withActions } from "./banner.js";
import { act, comparing, currentLine, isDark, page, request, state } from "./page.js";
import { lanesFit } from "./geometry.js";
import { legend } from "./lanes.js";
import { draw } from "./machine.js";
import { showLens } from "./lens.js";
import { gutter, paint, problems } from "./program.js";
import { showInput, showSettings } from "./settings.js";
import { showStepper } from "./stepper.js";

/** How the machine is to be drawn. */
export const view = () => ({
  all: page.printing,
  position: page.hovered ?? state.position, open: state.open, lecture: state.lecture, lens: state.lens, lane: state.lane, light: page.lit, editing: page.editing, focus: page.focus,
  chip: page.focus, edits: state.edits, lanes: hasLanes(), scores: page.scores, line: currentLine(), result: null,
});

/** Lanes need room: wide pages, few tokens. */
const hasLanes = () => !state.lecture && !comparing() && innerWidth >= 1400 && page.story && page.story.n <= 8 && page.story.machine.lanes.length <= 12 && lanesFit(page.story, byId("middle").clientWidth);

export function render() {
  frame();
  paintProgram();
  showInput();
  showSettings();
  if (page.story) machine(page.story);
  else if (page.failure) noMachine();
  showBanner();
}

/** What the page as a whole looks like: lecture, comparison, one region large, light or dark. */
function frame() {
  document.body.classList.toggle("lecture", state.lecture);
  document.body.classList.toggle("comparing", comparing() && !state.lecture);
  document.body.dataset.large = state.large ?? "";
  document.documentElement.dataset.theme = page.printing ? "light" : state.theme ?? "";
  put(byId("theme"), isDark() ? "Light" : "Dark");
  byId("lecture").setAttribute("aria-pressed", String(state.lecture));
  put(byId("lecture"), state.lecture ? "Leave lecture" : "Lecture");
  byId("compare").setAttribute("aria-pressed", String(comparing()));
  byId("stage").classList.toggle("dim", Boolean(page.failure) && !state.edits.length);
}

function machine(story) {
  const now = view();
  const step = story.steps[state.step];
  put(byId("facts"), facts(story.machine.model));
  const line = currentLine();
  const text = line ? state.source.split("\n")[line - 1] ?? "" : "";
  put(byId("current"), line ? [el("span", { class: "number" }, line), text.trim()] : null);
  put(byId("lectureline"), line ? [el("span", { class: "number" }, line), " ", text.trim()] : null);
  showStepper(step, now);
  put(byId("legend"), state.lecture || comparing() ? null : legend(story, now));
  if (!comparing() || state.lecture) draw(byId("stage"), story, { ...now, height: page.printing ? 0 : roomForStage() }, act);
  showLens(byId("lens"), story, step, now, act);
  if (step.kind === "head" && state.lens === "scores" && (!page.scores || page.scores.id !== step.id || page.scores.of !== story)) fetchScores(step.part);
}

function facts(model) {
  const sum = (list) => list.reduce((a, b) => a + b, 0);
  const plural = (n, word) => n + " " + word + (n === 1 ? "" : "s");
  const units = sum(model.mlp_per_layer);
  return [plural(model.n_layers, "layer"), plural(sum(model.heads_per_layer), "head"), units ? plural(units, "hidden unit") : plural(model.parameters, "parameter")].join(", ");
}

/** The scores of a head are only asked for where they are looked at. */
async function fetchScores(part) {
  const mine = page.story;
  const answer = await ask("cache", request({ names: ["blocks." + part.layer + ".attn.hook_attn_scores"] }));
  if (answer.error || mine !== page.story) return;
  const values = Object.values(answer.activations)[0].values[0][part.head];
  page.scores = { id: part.id, of: page.story, values };
  render();
}

/** Where there is no machine yet, the lens says why in more words. */
async function noMachine() {
  put(byId("general"), "No machine yet.");
  if (state.source.includes("____")) {
    put(byId("sentence"), "Put an expression in the place of ____, and the machine that it makes appears here.");
    put(byId("lens"));
    return;
  }
  put(byId("sentence"), "The program has to be mended first: what is wrong stands above and beside its line.");
  const code = (page.failure.diagnostics?.[0] ?? page.failure.error)?.code;
  const answer = code ? await ask("explain", { topic: code }) : null;
  if (page.story || !answer || answer.error) return;
  put(byId("lens"), el("h2", {}, answer.code + ": " + answer.title), el("pre", { class: "text" }, answer.text.split("\n").slice(1).join("\n").trim()));
}

/** The height that is left beside what else stands in the middle. */
function roomForStage() {
  const middle = byId("middle");
  const others = [...middle.children].filter((node) => node.id !== "stage").reduce((sum, node) => sum + node.getBoundingClientRect().height, 0);
  return middle.clientHeight - others - 20;
}

export function paintProgram() {
  const field = byId("source");
  if (field.value !== state.source) field.value = state.source;
  const lit = new Set(page.lit ?? []);
  const line = currentLine();
  if (line) lit.add("line:" + line);
  paint(state.source, page.diagnostics, lit);
  gutter(state.source, page.story, { ...state, line }, act);
  problems(byId("problems"), state.source, page.diagnostics.map(withActions), act);
}
