// What is opened: an example, a lesson at a step, an exercise, or whatever a link says.

import { byId, put } from "./dom.js";
import { follow, remember } from "./address.js";
import { compute } from "./computing.js";
import { drawer } from "./drawer.js";
import { ask } from "./engine.js";
import { inputValues, levelsOf, read, setsOf, stepOf } from "./fragment.js";
import { editBy, showLesson } from "./lesson.js";
import { act, data, lessonNamed, named, openLesson, page, request, state } from "./page.js";
import { endCompare } from "./sides.js";

/** Longer inputs, later steps and positions than these are no link's wish. */
const MOST_LENGTH = 100000;
const MOST_STEPS = 10000;

/** What is there when the page has nothing else: a page without examples. */
const FIRST_PROGRAM = "#@ vocab [\"a\", \"b\", \"c\"]\n#@ max_length 5\n#@ example \"abca\"\n\nhist = selector_width(select(tokens, tokens, ==));\n";

/** Another program: nothing of what was set for the last one holds. */
function reset() {
  Object.assign(state, { input: null, vocab: null, maxLength: null, causal: null, sop: null, edits: [], knock: [], step: 0, position: 0, open: null, lane: null });
  endCompare();
  state.lens = "selector";
  Object.assign(page, { diagnostics: [], failure: null, scores: null, editing: null });
}

export function openNamed(name) {
  const found = named(name);
  if (!found) return false;
  state.name = found.lesson ? "lesson:" + found.lesson.name : "example:" + name.replace(/^example:/, "");
  page.lesson = { name: found.lesson ? found.lesson.name : null };
  state.source = (named(state.name) ?? found).source;
  reset();
  if (found.lesson && found.lesson.parsed.head.input) state.input = inputValues(found.lesson.parsed.head.input);
  drawLesson();
  drawer(Boolean(found.lesson));
  compute({ then: remember });
  return true;
}

/** The program that the page was made for, again. */
export function openOwn() {
  state.name = "";
  state.source = data.open.source;
  page.lesson = {};
  reset();
  drawLesson();
  compute({ then: remember });
}

function drawLesson() {
  const entry = openLesson();
  document.body.classList.toggle("teaching", Boolean(entry));
  showLesson(byId("lesson"), entry, page.lesson, act);
  put(byId("programbutton"), entry ? "Lesson" : "Program");
  const select = byId("open");
  if (select.value !== state.name) select.value = [...select.options].some((o) => o.value === state.name) ? state.name : "";
}

/** What a lesson's link asks for, on top of what is open. */
function applyWish(wish) {
  drawer(false);
  const entry = openLesson();
  if (entry && !page.lesson.exercise && state.source !== entry.program) { state.source = entry.program; state.vocab = null; state.maxLength = null; }
  if (entry && entry.parsed.head.input) state.input = inputValues(entry.parsed.head.input);
  if (wish.input) state.input = inputValues(wish.input) ?? state.input;
  state.edits = [];
  state.knock = [];
  endCompare();
  state.levels = levelsOf(wish.levels);
  if (wish.other) state.other = inputValues(wish.other);
  state.lens = wish.lens ? wish.lens : "selector";
  if (wish.set) state.edits = setsOf(wish.set);
  compute({ then: () => {
    state.position = Number(wish.position) || 0;
    const target = stepOf(wish, page.story, state.source);
    if (target >= 0) { state.step = target; state.open = page.story.steps[target].part ? page.story.steps[target].id : null; }
    remember(true);
  } });
}

const number = (text, most) => (/^\d{1,6}$/.test(text ?? "") ? Math.min(Number(text), most) : null);

/** Opens what the address says; an address that says nothing leaves what is open. */
export function fromAddress() {
  const wish = read(follow());
  page.lesson = {};
  if (!openWished(wish)) {
    if (page.story) return;
    openFirst();
  }
  if (wish.input) state.input = inputValues(wish.input) ?? state.input;
  if (wish.vocab) state.vocab = inputValues(wish.vocab);
  state.maxLength = number(wish.longest, MOST_LENGTH) ?? state.maxLength;
  state.level = number(wish.level, 2) ?? (data.open && !wish.source && !wish.program && !wish.lesson ? data.open.level ?? 1 : 1);
  if (wish.causal) state.causal = wish.causal === "true";
  state.lecture = wish.lecture === "1";
  if (wish.theme === "dark" || wish.theme === "light") state.theme = wish.theme;
  if (["selector", "scores", "weights"].includes(wish.lens)) state.lens = wish.lens;
  endCompare();
  state.levels = levelsOf(wish.levels);
  if (wish.other) state.other = inputValues(wish.other);
  if (wish.set) state.edits = setsOf(wish.set);
  if (wish.out) state.knock = wish.out.split(",").filter((id) => /^L\d+H\d+$/.test(id));
  drawLesson();
  drawer(Boolean(openLesson()) && !wish.step && !wish.sop && !wish.part && !wish.levels && !wish.other && !state.lecture);
  compute({ then: () => {
    state.step = number(wish.step, MOST_STEPS) ?? state.step;
    state.position = number(wish.position, MOST_STEPS) ?? state.position;
    if (wish.sop || wish.part) { const at = stepOf(wish, page.story, state.source); if (at >= 0) state.step = at; }
  } });
}

/** The lesson, example or text that a link names; false where it names none. */
function openWished(wish) {
  let opened = false;
  const lesson = wish.lesson ? lessonNamed(wish.lesson) : null;
  if (lesson) {
    page.lesson = { name: lesson.name, exercise: wish.exercise && lesson.exercises[wish.exercise] ? wish.exercise : null, hints: 0 };
    state.name = "lesson:" + lesson.name;
    state.source = page.lesson.exercise ? lesson.exercises[page.lesson.exercise] : lesson.program;
    reset();
    if (lesson.parsed.head.input) state.input = inputValues(lesson.parsed.head.input);
    opened = true;
  } else if (!wish.lesson && wish.program && named("example:" + wish.program)) {
    state.name = "example:" + wish.program;
    state.source = named(state.name).source;
    reset();
    opened = true;
  }
  if (wish.source) {
    if (!opened) { state.name = ""; reset(); }
    state.source = wish.source;
    opened = true;
  }
  return opened;
}

/** What is open before anybody has opened something. */
function openFirst() {
  state.name = "";
  if (data.open) {
    state.source = data.open.source;
    reset();
    state.level = data.open.level ?? 1;
    for (const name of ["input", "vocab", "maxLength", "sop"]) if (data.open[name]) state[name] = data.open[name];
    if (data.open.causal) state.causal = true;
    return;
  }
  if (data.examples.length) state.name = "example:" + (data.examples.find((one) => one.name === "reverse") ?? data.examples[0]).name;
  state.source = state.name ? named(state.name).source : FIRST_PROGRAM;
  reset();
}

/** Where every s-op of the program holds what the program says, the answer itself is wrong: at which position first. */
function firstWrong(test) {
  const got = [test.transformer, test.interpreter].find(Array.isArray) ?? [];
  return { name: page.story.answer.name, position: Math.max(0, test.expected.findIndex((value, p) => value !== got[p])) };
}

/** Whether a step works an s-op out. */
const makes = (step, name) => Boolean((step.part && (step.part.name === name || step.part.selector === name || (step.part.groups ?? []).some((group) => group.name === name))) || (step.sop && step.sop.name === name));

/** What a lesson's links and buttons do. */
export const learning = {
  look: applyWish,
  lesson(name) { openNamed("lesson:" + name); },
  exercise(entry, letter) { state.source = entry.exercises[letter]; reset(); compute(); drawLesson(); },
  load(text) { state.source = text; reset(); compute(); },
  change(item) {
    const edited = editBy(openLesson().program, item);
    state.source = edited.text;
    reset();
    if (edited.input) state.input = edited.input;
    compute();
  },
  async test(keep, again) {
    const reference = openLesson()?.solutions[page.lesson.exercise] || null;
    keep.result = await ask("test", request({ input: null, vocab: null, maxLength: null, reference }));
    again();
  },
  through(test) {
    state.input = test.input;
    state.edits = [];
    compute({ then: () => {
      const stray = test.astray ?? firstWrong(test);
      const step = page.story.steps.findIndex((s) => makes(s, stray.name));
      state.step = step >= 0 ? step : page.story.steps.length - 1;
      state.position = Math.min(stray.position, page.story.n - 1);
    } });
  },
};
