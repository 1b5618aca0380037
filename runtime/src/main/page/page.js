// What the page knows: what is open and how (its state, which is its address), what is on the screen, and what may be done.

import { byId } from "./dom.js";
import { parse } from "./lesson.js";

/** The examples and lessons, and the program that the page was made for. */
export const data = JSON.parse(byId("data").textContent);

export const lessons = data.lessons.map((lesson) => ({ ...lesson, parsed: parse(lesson.text) }));

/** What a link tells. */
export const state = {
  name: "", source: "", input: null, vocab: null, maxLength: null, level: 1, causal: null, sop: null,
  step: 0, position: 0, open: null, lens: "selector", lane: null, edits: [], knock: [], lecture: false, theme: null, levels: null, other: null, large: null,
};

/** What is on the screen, and what the hand is on. */
export const page = {
  story: null, diagnostics: [], failure: null, scores: null, compared: null, lesson: {},
  editing: null, focus: { sop: "tokens", position: 0 }, lit: null, hovered: null, printing: false,
};

/** What may be done to the page, by name: what is drawn calls it; main.js fills it. */
export const act = {};

/** What the engine is asked. */
export function request(more = {}) {
  return { source: state.source, input: state.input, vocab: state.vocab, maxLength: state.maxLength, level: state.level, causal: state.causal, sop: state.sop, loads: data.open && !state.name ? data.open.loads : null, ...more };
}

export const comparing = () => Boolean(state.levels || state.other);

/** Whether the program is being typed. */
export const typing = () => document.activeElement === byId("source");

export const isDark = () => (state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

/** The line of the program that the step belongs to; null where there is none. */
export function currentLine() {
  if (!page.story) return null;
  const step = page.story.steps[state.step];
  if (step.part) return step.part.lines[0] ?? null;
  return step.sop ? step.sop.line : null;
}

/** A lesson by its name or number. */
export const lessonNamed = (name) => lessons.find((one) => one.name === name || one.name.slice(0, 2) === name.padStart(2, "0"));

/** The lesson that is open, if one is. */
export const openLesson = () => (page.lesson.name ? lessonNamed(page.lesson.name) : null);

/** The program of a lesson or an example; null where there is none of that name. */
export function named(name) {
  if (name.startsWith("lesson:")) {
    const lesson = lessonNamed(name.slice(7));
    if (lesson && page.lesson.exercise) return { source: lesson.exercises[page.lesson.exercise] ?? "", lesson };
    return lesson ? { source: lesson.program, lesson } : null;
  }
  const example = data.examples.find((one) => one.name === name.replace(/^example:/, ""));
  return example ? { source: example.source } : null;
}
