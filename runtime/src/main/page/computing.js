// Asks the engine for the machine, and takes what it answers.

import { byId } from "./dom.js";
import { ask } from "./engine.js";
import { remember } from "./address.js";
import { busy, showRunning } from "./banner.js";
import { act, comparing, currentLine, page, request, state, typing } from "./page.js";
import { gutter, linesOf, paint, wordsOf } from "./program.js";
import { paintProgram, render } from "./render.js";
import { compareNow } from "./sides.js";
import { differing, tell } from "./story.js";

/** Milliseconds from the last key until what is wrong is said, and until the machine is made anew. */
const CHECK = 150;
const COMPILE = 500;

/** So long the last picture stays as it is, in milliseconds; then it dims, and there is something to stop. */
const DIM = 300;

let asked = 0;
let checkTimer = 0;
let compileTimer = 0;
let dimTimer = 0;

/** Computes the machine anew, of what has been typed too; the last picture stays until there is a new one. */
export async function compute(options = {}) {
  // What waits for typing to rest would only ask the same again, and drop what is to be done with this answer.
  clearTimeout(compileTimer);
  busy(1);
  try {
    await computed(options);
  } finally {
    busy(-1);
  }
}

async function computed(options) {
  const mine = ++asked;
  clearTimeout(dimTimer);
  dimTimer = setTimeout(() => mine === asked && showRunning(true), DIM);
  const answers = await machines(() => mine === asked);
  if (!answers) return;
  clearTimeout(dimTimer);
  showRunning(false);
  if (answers.after.error) {
    page.diagnostics = answers.after.diagnostics ?? [];
    if (!page.story && state.input && !(await ofExample(() => mine === asked))) return;
    render();
    return;
  }
  if (!page.failure) page.diagnostics = page.diagnostics.filter((d) => d.severity !== "error");
  const here = page.story?.steps[state.step]?.id;
  take(answers.after, answers.before);
  const same = page.story.steps.findIndex((step) => step.id === here);
  if (same >= 0) state.step = same;
  if (options.then) options.then();
  settle();
  render();
  if (!performance.getEntriesByName("computed").length) performance.mark("computed");
  if (options.then) byId("stage").querySelector(".band.open")?.scrollIntoView?.({ block: "nearest" });
  if (!typing()) showLine();
  if (comparing()) await compareNow();
}

/** The machine with what is set and knocked out, and before that; null if something else is wanted meanwhile. */
async function machines(wanted) {
  let before = await ask("machine", request());
  if (!wanted()) return null;
  if (before.error || !(state.edits.length || state.knock.length)) {
    page.failure = before.error ? before : null;
    return { before, after: before };
  }
  const edits = state.edits.map((e) => e.sop + "[" + e.position + "]=" + e.text);
  const keep = unstored(before);
  let after = before;
  if (keep) {
    after = await ask("machine", request({ keep }));
    if (!wanted()) return null;
    if (!after.error) before = after;
  }
  if (!after.error) after = await ask("machine", request({ keep, set: edits.length ? edits : null, knockOut: state.knock.length ? state.knock : null }));
  if (!wanted()) return null;
  if (after.error) {
    page.failure = after;
    state.edits = [];
    state.knock = [];
    return { before, after: before };
  }
  page.failure = null;
  after.kept = keep;
  return { before, after };
}

/** Where the first input fails, the machine is shown on the file's own; false if something else is wanted meanwhile. */
async function ofExample(wanted) {
  const example = await ask("machine", request({ input: null }));
  if (!wanted()) return false;
  if (!example.error) {
    const input = state.input;
    take(example, example);
    state.input = input;
    settle();
  }
  return true;
}

/** The s-ops that are to be set and can't be, as they are only worked out where they are read: they have to be kept for it. */
function unstored(machine) {
  const names = state.edits.map((e) => e.sop).filter((name) => machine.sops.some((sop) => sop.name === name && !sop.settable));
  return names.length ? [...new Set(names)].join(",") : null;
}

function take(machine, before) {
  const story = tell(machine);
  page.story = story;
  story.differs = differing(machine);
  for (const part of story.parts) part.lines = linesOf(part, state.source);
  for (const sop of story.machine.sops) sop.words = wordsOf(sop, state.source);
  if (machine !== before) {
    const old = tell(before);
    const values = new Map(old.machine.sops.map((sop) => [sop.name, sop.answer ? old.machine.output : sop.values]));
    for (const sop of story.machine.sops) {
      sop.before = values.get(sop.name);
      sop.edited = state.edits.some((e) => e.sop === sop.name);
    }
    for (const e of state.edits) e.was = (values.get(e.sop) ?? [])[e.position];
    for (const part of story.parts) {
      const was = old.parts.find((p) => p.id === part.id);
      if (was && was.mask && JSON.stringify(was.mask) !== JSON.stringify(part.mask)) part.maskBefore = was.mask;
      part.knockedOut = state.knock.includes(part.id);
    }
  }
  state.input = machine.input;
}

/** Keeps step, position and open part within what there is. */
function settle() {
  const story = page.story;
  state.position = Math.max(0, Math.min(state.position, story.n - 1));
  state.step = Math.max(0, Math.min(state.step, story.steps.length - 1));
  const step = story.steps[state.step];
  state.open = step.part ? step.id : null;
}

async function check() {
  const source = state.source;
  const answer = await ask("check", { source, sop: state.sop });
  if (source !== state.source) return;
  page.diagnostics = answer.diagnostics ?? [];
  paintProgram();
}

/** As one types: what is wrong after a moment, the machine after a longer one. */
export function typed(text) {
  state.source = text;
  state.name = "";
  state.edits = [];
  state.knock = [];
  state.vocab = null;
  state.maxLength = null;
  if (!page.story) state.input = null;
  paint(text, [], page.lit);
  gutter(text, null, state, act);
  clearTimeout(checkTimer);
  clearTimeout(compileTimer);
  checkTimer = setTimeout(check, CHECK);
  compileTimer = setTimeout(() => compute({ then: remember }), COMPILE);
}

/**
 * Brings the line that belongs to the step into sight, where the program can be seen; at the first step the program's first line. A lesson
 * stays where it is read.
 */
export function showLine() {
  const line = currentLine();
  const box = [byId("text"), byId("program")].find((one) => getComputedStyle(one).overflowY !== "visible");
  const teaching = document.body.classList.contains("teaching");
  if (!box || !box.clientHeight || typing() || (teaching && box.id === "program")) return;
  const node = byId("ink").children[line ? line - 1 : firstLine()];
  if (!node) return;
  let top = node.offsetTop - box.scrollTop;
  for (let at = node.offsetParent; at && at !== box; at = at.offsetParent) top += at.offsetTop;
  if (!line) box.scrollTop += box.scrollTop || top > box.clientHeight / 3 ? top - 16 : 0;
  else if (top < 40 || top > box.clientHeight - 80) box.scrollTop += top - box.clientHeight / 2;
}

/** Where the program begins behind its opening comment: its directives, if it has some. */
const firstLine = () => Math.max(0, state.source.split("\n").findIndex((text) => text.trim() && !/^\s*#(?!@)/.test(text)));
