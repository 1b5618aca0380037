// What happens when: the page's state, its address, its keys, and who is told of a change.

import { byId, el, put, plain, spoken, visible } from "./dom.js";
import { ask, publish, stop } from "./engine.js";
import { addressOf, atom, inputText, inputValues, levelsOf, read, setsOf, stepOf } from "./fragment.js";
import { dialog, keysHelp } from "./dialog.js";
import { kindOf, retype, showTokens } from "./tokens.js";
import { watchEditor } from "./editor.js";
import { differing, general, sentence, tell } from "./story.js";
import { LEVELS, compare, costs, endComparing } from "./compare.js";
import { draw, lanesFit, legend } from "./machine.js";
import { tellNames } from "./hover.js";
import { showLens } from "./lens.js";
import { gutter, linesOf, paint, problems } from "./program.js";
import { editBy, parse, showLesson } from "./lesson.js";

const data = JSON.parse(byId("data").textContent);

const state = {
  name: "", source: "", input: null, vocab: null, maxLength: null, level: 1, causal: null, sop: null,
  step: 0, position: 0, open: null, lens: "selector", lane: null, edits: [], knock: [], lecture: false, theme: null, levels: null, other: null, large: null,
};
let story = null;
let diagnostics = [];
let failure = null;
let editing = null;
let focus = { sop: "tokens", position: 0 };
let lit = null;
let hovered = null;
let editor = null;
let lessonState = {};
let scoresOf = null;
let compared = null;
let asked = 0;
let under = 0;
let printing = false;
let checkTimer = 0;
let compileTimer = 0;
let dimTimer = 0;

const lessons = data.lessons.map((lesson) => ({ ...lesson, parsed: parse(lesson.text) }));

// ---------------------------------------------------------------- asking

function request(more = {}) {
  return { source: state.source, input: state.input, vocab: state.vocab, maxLength: state.maxLength, level: state.level, causal: state.causal, sop: state.sop, loads: data.open && !state.name ? data.open.loads : null, ...more };
}

/** Says to whoever waits for it whether something is under way. */
function busy(by) {
  under += by;
  byId("middle").setAttribute("aria-busy", String(under > 0));
}

/** Computes the machine anew; the last picture stays until there is a new one. */
async function compute(options = {}) {
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
  dimTimer = setTimeout(() => mine === asked && running(true), 300);
  let plainAnswer = await ask("machine", request());
  if (mine !== asked) return;
  let answer = plainAnswer;
  if (!plainAnswer.error && (state.edits.length || state.knock.length)) {
    const edits = state.edits.map((e) => e.sop + "[" + e.position + "]=" + e.text);
    const keep = unstored(plainAnswer);
    if (keep) {
      answer = await ask("machine", request({ keep }));
      if (mine !== asked) return;
      if (!answer.error) plainAnswer = answer;
    }
    if (!answer.error) answer = await ask("machine", request({ keep, set: edits.length ? edits : null, knockOut: state.knock.length ? state.knock : null }));
    if (mine !== asked) return;
    if (answer.error) {
      failure = answer;
      state.edits = [];
      state.knock = [];
      answer = plainAnswer;
    } else {
      failure = null;
      answer.kept = keep;
    }
  } else failure = plainAnswer.error ? plainAnswer : null;
  clearTimeout(dimTimer);
  running(false);
  if (answer.error) {
    diagnostics = answer.diagnostics ?? [];
    if (!story && state.input) {
      const example = await ask("machine", request({ input: null }));
      if (mine !== asked) return;
      if (!example.error) {
        const input = state.input;
        take(example, example);
        state.input = input;
        settle();
      }
    }
    render();
    return;
  }
  if (!failure) diagnostics = diagnostics.filter((d) => d.severity !== "error");
  const here = story?.steps[state.step]?.id;
  take(answer, plainAnswer);
  const same = story.steps.findIndex((step) => step.id === here);
  if (same >= 0) state.step = same;
  if (options.then) options.then();
  settle();
  render();
  if (!performance.getEntriesByName("computed").length) performance.mark("computed");
  if (options.then) byId("stage").querySelector(".band.open")?.scrollIntoView?.({ block: "nearest" });
  if (!typing()) showLine();
  if (comparing()) await compareNow();
}

/** The s-ops that are to be set and can't be, as they are only worked out where they are read: they have to be kept for it. */
function unstored(machine) {
  const names = state.edits.map((e) => e.sop).filter((name) => machine.sops.some((sop) => sop.name === name && !sop.settable));
  return names.length ? [...new Set(names)].join(",") : null;
}

function take(machine, before) {
  story = tell(machine);
  story.differs = differing(machine);
  for (const part of story.parts) part.lines = linesOf(part, state.source);
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
  if (!story) return;
  state.position = Math.max(0, Math.min(state.position, story.n - 1));
  state.step = Math.max(0, Math.min(state.step, story.steps.length - 1));
  const step = story.steps[state.step];
  state.open = step.part ? step.id : state.open && story.parts.some((part) => part.id === state.open) ? state.open : null;
  if (!step.part) state.open = step.kind === "head" || step.kind === "mlp" ? step.id : null;
}

function running(on) {
  byId("stage").classList.toggle("dim", on || Boolean(failure));
  put(byId("banner"), on ? el("div", { class: "working" }, el("b", {}, "Compiling"), " ", el("button", { type: "button", id: "stop", onclick: () => { stop(); running(false); } }, "Stop")) : null);
}

async function check() {
  const source = state.source;
  const answer = await ask("check", { source, sop: state.sop });
  if (source !== state.source) return;
  diagnostics = answer.diagnostics ?? [];
  paintProgram();
}

/** As one types: what is wrong after a moment, the machine after a longer one. */
function typed(text) {
  state.source = text;
  state.name = "";
  state.edits = [];
  state.knock = [];
  paint(text, [], lit);
  gutter(text, null, state, act);
  clearTimeout(checkTimer);
  clearTimeout(compileTimer);
  checkTimer = setTimeout(check, 150);
  compileTimer = setTimeout(() => { state.vocab = null; state.maxLength = null; if (!story) state.input = null; compute({ then: remember }); }, 500);
}

// ---------------------------------------------------------------- drawing

const view = () => ({
  all: printing,
  position: hovered ?? state.position, open: state.open, lecture: state.lecture, lens: state.lens, lane: state.lane, light: lit, editing, focus,
  chip: focus, edits: state.edits, lanes: hasLanes(), scores: scoresOf, line: currentLine(), result: null,
});

/** Lanes need room: wide pages, few tokens. */
const hasLanes = () => !state.lecture && !comparing() && innerWidth >= 1400 && story && story.n <= 8 && story.machine.lanes.length <= 12 && lanesFit(story, byId("middle").clientWidth);

function currentLine() {
  if (!story) return null;
  const step = story.steps[state.step];
  if (step.part) return step.part.lines[0] ?? null;
  return step.sop ? step.sop.line : null;
}

function render() {
  document.body.classList.toggle("lecture", state.lecture);
  document.body.classList.toggle("comparing", comparing() && !state.lecture);
  document.body.dataset.large = state.large ?? "";
  document.documentElement.dataset.theme = printing ? "light" : state.theme ?? "";
  const dark = state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  put(byId("theme"), dark ? "Light" : "Dark");
  byId("lecture").setAttribute("aria-pressed", String(state.lecture));
  put(byId("lecture"), state.lecture ? "Leave lecture" : "Lecture");
  byId("compare").setAttribute("aria-pressed", String(comparing()));
  byId("stage").classList.toggle("dim", Boolean(failure) && !state.edits.length);
  paintProgram();
  inputRow();
  settings();
  if (story) {
    const now = view();
    const step = story.steps[state.step];
    const heads = story.machine.model.heads_per_layer.reduce((a, b) => a + b, 0);
    const units = story.machine.model.mlp_per_layer.reduce((a, b) => a + b, 0);
    const plural = (n, word) => n + " " + word + (n === 1 ? "" : "s");
    put(byId("facts"), [plural(story.machine.model.n_layers, "layer"), plural(heads, "head"), units ? plural(units, "hidden unit") : plural(story.machine.model.parameters, "parameter")].join(", "));
    const line = currentLine();
    const text = line ? state.source.split("\n")[line - 1] ?? "" : "";
    put(byId("current"), line ? [el("span", { class: "number" }, line), text.trim()] : null);
    put(byId("lectureline"), line ? [el("span", { class: "number" }, line), " ", text.trim()] : null);
    stepper(step, now);
    put(byId("legend"), state.lecture || comparing() ? null : legend(story, now));
    if (!comparing() || state.lecture) draw(byId("stage"), story, { ...now, height: printing ? 0 : roomForStage() }, act);
    showLens(byId("lens"), story, step, now, act);
    if (step.kind === "head" && state.lens === "scores" && (!scoresOf || scoresOf.id !== step.id || scoresOf.of !== story)) fetchScores(step.part);
  }
  else if (failure) noMachine();
  banner();
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
  const code = (failure.diagnostics?.[0] ?? failure.error)?.code;
  const answer = code ? await ask("explain", { topic: code }) : null;
  if (story || !answer || answer.error) return;
  put(byId("lens"), el("h2", {}, answer.code + ": " + answer.title), el("pre", { class: "text" }, answer.text.split("\n").slice(1).join("\n").trim()));
}

/** The height that is left beside what else stands in the middle. */
function roomForStage() {
  const middle = byId("middle");
  const others = [...middle.children].filter((node) => node.id !== "stage").reduce((sum, node) => sum + node.getBoundingClientRect().height, 0);
  return middle.clientHeight - others - 20;
}

function paintProgram() {
  const field = byId("source");
  if (field.value !== state.source) field.value = state.source;
  const now = new Set(lit ?? []);
  const line = currentLine();
  if (line) now.add("line:" + line);
  paint(state.source, diagnostics, now);
  gutter(state.source, story, { ...state, line }, act);
  problems(byId("problems"), state.source, diagnostics.map(withActions), act);
}

/** What a way out is, as something to press. */
function withActions(d) {
  const actions = [];
  const unknown = /^the token (.+) is not in the model's vocabulary$/.exec(d.message);
  if (unknown && story && state.input) actions.push({ label: "Allow " + unknown[1], run: () => { state.vocab = [...new Set([...(story.machine.vocab ?? []), ...state.input])]; compute(); } });
  if (d.code === "E0802" || /tokens?, .*(longest|at most|room)/.test(d.message)) actions.push({ label: "Allow " + (state.input ? state.input.length : ""), run: () => { state.maxLength = state.input.length; compute(); } });
  if ((d.code === "E0703" || d.code === "E0704") && state.level === 0) actions.push({ label: "Compile with -O1", run: () => { state.level = 1; compute(); } });
  return { ...d, actions };
}

function banner() {
  if (!failure) {
    if (story && story.machine.failure && !byId("banner").querySelector(".working")) {
      const f = story.machine.failure;
      put(byId("banner"), el("div", { class: "problem error" }, el("b", {}, f.message), f.position === null ? "" : " At position " + f.position + ".", f.notes.map((n) => el("span", { class: "soft" }, " " + n)), f.help ? el("p", {}, f.help) : null));
    } else if (!byId("banner").querySelector(".working")) put(byId("banner"));
    return;
  }
  const list = (failure.diagnostics && failure.diagnostics.length ? failure.diagnostics : [{ ...failure.error, labels: [], notes: [], help: null, severity: "error" }]).map(withActions);
  const place = el("div", {});
  problems(place, state.source, list.filter((d) => d.severity === "error").slice(0, 1), act);
  put(byId("banner"), place);
}

function stepper(step, now) {
  const p = now.position;
  const levels = compared && state.levels && !state.other && !state.lecture;
  put(byId("count"), "step " + (state.step + 1) + " of " + story.steps.length + " · ← →");
  const name = step.part ? step.part.name ?? step.part.groups?.[0]?.name : step.sop?.name;
  const told = (levels && name && costs(compared.stories, compared.columns, name, step.part?.sop ?? step.part?.groups?.[0]?.sop ?? step.sop.label)) || sentence(story, step, p);
  put(byId("general"), comparing() && !state.lecture ? (state.other ? "Compare: the same machine on two inputs." : "Compare: the same values stand at the same height.") : state.edits.length && step.kind !== "embed" ? "You set " + state.edits.map((e) => e.sop + " at position " + e.position + " to " + e.value).join(", ") + ". Everything after it was computed again." : general(step));
  const node = byId("sentence");
  if (node.textContent !== visible(plain(told))) put(node, spoken(told));
  shrink(node);
  byId("back").disabled = state.step === 0;
  byId("forward").disabled = state.step === story.steps.length - 1;
  put(byId("stops"), story.steps.map((one, i) => el("button", { type: "button", class: "stop" + (i === state.step ? " on" : i < state.step ? " past" : ""), "aria-current": i === state.step ? "step" : null, title: one.label, onclick: () => go(i) }, el("span", { class: "clip" }, one.label))));
  const on = byId("stops").querySelector(".on");
  if (on) byId("stops").scrollLeft = on.offsetLeft - byId("stops").clientWidth / 2;
}

/** A long sentence is set smaller, down to two thirds; beyond that the stepper grows. */
function shrink(node) {
  node.style.removeProperty("font-size");
  const full = parseFloat(getComputedStyle(node).fontSize);
  const room = byId("stepper");
  const least = Math.ceil(full * (state.lecture ? 0.8 : 0.75));
  const usual = parseFloat(getComputedStyle(room).minHeight);
  for (let size = full - 1; size >= least && room.offsetHeight > usual + 1; size--) node.style.fontSize = size + "px";
}

const ofInput = {
  was: (p) => (state.input && p < state.input.length ? state.input[p] : undefined),
  set: (p, text) => setToken(p, inKind(text)),
  drop: (p) => drop(p),
};

const inputRow = () => showTokens(byId("input"), story && !failure ? story.machine.shown : (state.input ?? []).map(String), ofInput);

const inKind = (text) => kindOf(text, state.vocab ?? (story ? story.machine.vocab : []));

function setToken(p, value) {
  const input = [...(state.input ?? [])];
  input[p] = value;
  state.input = input;
  afterInput();
}

function drop(p) {
  if (!state.input || p >= state.input.length) return;
  state.input = state.input.filter((token, i) => i !== p);
  if (state.input.length) afterInput();
  else {
    failure = { diagnostics: [{ code: "E0805", severity: "error", message: "the input is empty", labels: [], notes: [], help: "type a token, or use the example", actions: [] }] };
    render();
  }
}

function afterInput() {
  state.edits = [];
  state.knock = [];
  scoresOf = null;
  const held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.token : null;
  compute({ then: remember }).then(() => { if (held) byId("input").children[held]?.focus(); });
}

function settings() {
  put(byId("levels"), LEVELS.map(([level, flag, what]) => el("button", { type: "button", "aria-pressed": String(state.level === level && !comparing()), title: flag + ": " + what, onclick: () => { state.level = level; endCompare(); compute({ then: remember }); } }, flag)));
  if (!story) return;
  const m = story.machine;
  put(byId("vocab"), (state.vocab ?? m.vocab).slice(0, 12).map((token) => el("span", { class: "token still" }, typeof token === "boolean" ? atom(token) : String(token))), (state.vocab ?? m.vocab).length > 12 ? el("span", { class: "soft" }, " and " + ((state.vocab ?? m.vocab).length - 12) + " more") : null);
  put(byId("length"), state.maxLength ?? m.max_length);
  byId("causal").checked = state.causal ?? m.causal;
  put(byId("causaltext"), m.causal ? "on: a position sees itself and what is before it" : "off: every position sees every other");
}

// ---------------------------------------------------------------- comparing

const comparing = () => Boolean(state.levels || state.other);

/** The bar over what is compared: levels, or two inputs. */
function compareBar() {
  const field = el("input", { id: "other", class: "token field", value: state.other ? inputText(state.other) : "", "aria-label": "the other input", size: 12, onkeydown: (event) => { event.stopPropagation(); if (event.key === "Enter") event.target.blur(); }, onchange: (event) => { const values = otherInput(event.target.value); if (values?.length) { state.other = values; compareNow(); remember(); } } });
  return el("div", { class: "comparebar" }, el("span", { class: "soft" }, "Compare "),
    el("button", { type: "button", "aria-pressed": String(!state.other), onclick: () => { state.levels = state.levels ?? [0, 1]; state.other = null; render(); compareNow(); remember(); } }, "levels"),
    el("button", { type: "button", "aria-pressed": String(Boolean(state.other)), onclick: () => { state.other = state.other ?? another(); render(); compareNow(); remember(); } }, "two inputs"),
    state.other ? [el("span", { class: "soft" }, " with "), field] : null);
}

/** What was typed, in the kinds of the vocabulary. */
const otherInput = (text) => { const values = inputValues(text); return values ? values.map((value) => (typeof value === "string" ? inKind(value) : value)) : null; };

/** An input that differs from the present one in its first token. */
function another() {
  const vocab = story.machine.vocab;
  const next = vocab[(vocab.indexOf(state.input[0]) + 1) % vocab.length];
  return [next ?? state.input[0], ...state.input.slice(1)];
}

function columnsToCompare() {
  const step = story?.steps[state.step];
  const same = (told) => told.steps.find((one) => step && (one.id === step.id || (step.sop && one.sop && one.sop.name === step.sop.name)));
  if (state.other) {
    return [state.input, state.other].map((input, i) => ({ title: (i ? "Other input: " : "This input: ") + inputText(input), short: inputText(input), doing: "Running on " + inputText(input), request: request({ input }), open: state.open, step: same,
      act: { open: (id) => { openPart(id); compareNow(); }, chip: (sop, p) => act.follow(p), follow: (p) => { state.position = p; render(); compareNow(); }, edit: () => {}, hover: () => {} } }));
  }
  return (state.levels ?? []).map((level) => {
    const [, flag, what] = LEVELS.find(([l]) => l === level);
    return { title: flag + ": " + what, short: flag, doing: "Compiling at " + flag, request: request({ level }), facts: true, after: -level,
      act: { open: (id) => { state.level = level; endCompare(); compute({ then: () => openPart(id) }); }, chip: (sop, p) => act.follow(p), follow: (p) => { state.position = p; render(); compareNow(); }, edit: () => {}, hover: () => {} } };
  });
}

async function compareNow() {
  if (!story || !comparing()) return;
  compared = null;
  busy(1);
  try {
    const columns = columnsToCompare();
    const stories = await compare(byId("stage"), compareBar(), columns, view(), act);
    if (!stories) return;
    compared = { columns, stories };
    render();
  } finally {
    busy(-1);
  }
}

function endCompare() {
  state.levels = null;
  state.other = null;
  compared = null;
  endComparing();
}

// ---------------------------------------------------------------- acting

function go(index) {
  if (!story) return;
  const before = state.step;
  state.step = Math.max(0, Math.min(index, story.steps.length - 1));
  const step = story.steps[state.step];
  state.open = step.part ? step.id : null;
  state.lane = null;
  focus = step.part ? { part: step.id } : { sop: step.sop ? step.sop.name : "tokens", position: state.position };
  render();
  byId("stage").querySelector(".band.open")?.scrollIntoView?.({ block: "nearest" });
  showLine();
  if (comparing()) compareNow();
  remember(before !== state.step);
}

/** Brings the line that belongs to the step into sight, where the program can be seen; at the first step the program's first line. */
function showLine() {
  const line = currentLine();
  const box = byId("program");
  if (!box.clientHeight || typing() || (!line && document.body.classList.contains("teaching"))) return;
  const node = byId("ink").children[line ? line - 1 : firstLine()];
  if (!node) return;
  let top = node.offsetTop - box.scrollTop;
  for (let at = node.offsetParent; at && at !== box; at = at.offsetParent) top += at.offsetTop;
  if (!line) box.scrollTop += box.scrollTop || top > box.clientHeight / 3 ? top - 16 : 0;
  else if (top < 40 || top > box.clientHeight - 80) box.scrollTop += top - box.clientHeight / 2;
}

/** Where the program begins behind its opening comment: its directives, if it has some. */
const firstLine = () => Math.max(0, state.source.split("\n").findIndex((text) => text.trim() && !/^\s*#(?!@)/.test(text)));

function openPart(id) {
  const index = story.steps.findIndex((step) => step.id === id);
  if (index >= 0) go(index);
}

const act = {
  follow(p) { state.position = p; hovered = null; if (focus.sop) focus = { ...focus, position: p }; render(); remember(); },
  hover(p) {
    if (hovered === p || editing) return;
    hovered = p;
    hoverSoon();
  },
  light(keys) {
    lit = keys ? new Set(keys.filter(Boolean)) : null;
    shade();
  },
  open(id) { openPart(id); },
  lane(name) { state.lane = state.lane === name ? null : name; render(); },
  lens(tab) { state.lens = tab; render(); remember(); },
  line(number) { const part = story.parts.find((one) => one.lines.includes(number)); state.line = number; if (part) openPart(part.id); },
  chip(sop, p) {
    const again = focus.sop === sop.name && focus.position === p && document.activeElement && document.activeElement.dataset.sop === sop.name;
    if (again && act.clicked === sop.name + p) return act.edit(sop, p);
    act.clicked = sop.name + p;
    focus = { sop: sop.name, position: p };
    state.position = p;
    hovered = null;
    render();
    refocus();
    remember();
  },
  edit(sop, p) {
    if (sop.name === "tokens") {
      const button = byId("input").children[p];
      if (button) retype(button, p, ofInput);
      return;
    }
    if (sop.answer || sop.base) return;
    editing = { sop: sop.name, position: p };
    render();
    const field = byId("stage").querySelector("input.field");
    if (field) { field.focus(); field.select(); }
  },
  leave() { editing = null; render(); refocus(); },
  set(sop, p, text) {
    editing = null;
    const typedText = /^-?[0-9.]+(e[-+]?[0-9]+)?$/.test(text.trim()) || /^(True|False)$/.test(text.trim()) ? text.trim() : atom(text);
    state.edits = [...state.edits.filter((e) => !(e.sop === sop.name && e.position === p)), { sop: sop.name, position: p, value: text, text: typedText }];
    focus = { sop: sop.name, position: p };
    compute({ then: remember }).then(refocus);
  },
  undo() { state.edits = []; state.knock = []; compute({ then: remember }); },
  knock(id) { state.knock = state.knock.includes(id) ? state.knock.filter((one) => one !== id) : [...state.knock, id]; compute({ then: remember }); },
  replace(start, end, word) { state.source = state.source.slice(0, start) + word + state.source.slice(end); diagnostics = []; failure = null; compute({ then: remember }); },
  async explain(code, name) {
    const answer = await ask("explain", { topic: code });
    dialog(name ? name + ", from the library" : "What " + code + " means", el("pre", { class: "text" }, answer.text ?? answer.error.message));
  },
  look(wish) { applyWish(wish); },
  lesson(name) { openNamed("lesson:" + name); },
  exercise(entry, letter) { state.source = entry.exercises[letter]; reset(); compute(); drawLesson(); },
  load(text) { state.source = text; reset(); compute(); },
  change(item) {
    const entry = lessons.find((one) => "lesson:" + one.name === state.name || one.name === lessonState.name);
    const edited = editBy(entry.program, item);
    state.source = edited.text;
    reset();
    if (edited.input) state.input = edited.input;
    compute();
  },
  async test(keep, again) {
    keep.result = await ask("test", request({ input: null, vocab: null, maxLength: null }));
    again();
  },
  through(test) { state.input = test.input; state.edits = []; compute({ then: () => { const stray = test.astray; if (stray) { const step = story.steps.findIndex((s) => (s.part && s.part.sop === stray.name) || (s.sop && s.sop.name === stray.name)); if (step >= 0) { state.step = step; state.position = Math.min(stray.position, story.n - 1); } } } }); },
};

const typing = () => document.activeElement === byId("source");

let hoverTimer = 0;
function hoverSoon() {
  cancelAnimationFrame(hoverTimer);
  hoverTimer = requestAnimationFrame(() => { if (!editing && !pressed) render(); });
}
let pressed = false;
addEventListener("pointerdown", () => { pressed = true; }, true);
addEventListener("pointerup", () => { setTimeout(() => { pressed = false; }, 0); }, true);

/** Marks what belongs together without drawing anew. */
function shade() {
  for (const node of byId("stage").querySelectorAll(".row")) {
    const id = node.dataset.part;
    const part = id && story ? story.parts.find((one) => one.id === id) : null;
    const name = node.querySelector(".chip[data-sop]")?.dataset.sop ?? node.querySelector(".name")?.textContent;
    const lines = part ? part.lines : [];
    node.classList.toggle("lit", Boolean(lit && (lit.has(id) || lit.has("sop:" + name) || lines.some((line) => line && lit.has("line:" + line)))));
  }
  [...byId("ink").children].forEach((node, i) => node.classList.toggle("lit", Boolean(lit && lit.has("line:" + (i + 1))) || i + 1 === currentLine()));
}

function refocus() {
  const node = focus.sop ? byId("stage").querySelector(`[data-sop="${CSS.escape(focus.sop)}"][data-position="${focus.position}"]`) : focus.part ? byId("stage").querySelector(`[data-open="${CSS.escape(focus.part)}"]`) : null;
  if (node) node.focus({ preventScroll: false });
}

async function fetchScores(part) {
  const mine = story;
  const answer = await ask("cache", request({ names: ["blocks." + part.layer + ".attn.hook_attn_scores"] }));
  if (answer.error || mine !== story) return;
  const values = Object.values(answer.activations)[0].values[0][part.head];
  scoresOf = { id: part.id, of: story, values };
  render();
}

// ---------------------------------------------------------------- the address

let written = "";
function remember(asStep = false) {
  const hash = addressOf(state, named(state.name), lessonState);
  if (hash === written) return;
  written = hash;
  try {
    if (asStep === true) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  } catch (e) {
    // Some pages (srcdoc, sandboxes) have no history; the picture matters more than its address.
  }
}

function named(name) {
  if (name.startsWith("lesson:")) {
    const lesson = lessons.find((one) => one.name === name.slice(7) || one.name.slice(0, 2) === name.slice(7).padStart(2, "0"));
    if (lesson && lessonState.exercise) return { source: lesson.exercises[lessonState.exercise] ?? "", lesson };
    return lesson ? { source: lesson.program, lesson } : null;
  }
  const example = data.examples.find((one) => one.name === name.replace(/^example:/, ""));
  return example ? { source: example.source } : null;
}

function reset() {
  state.input = null; state.vocab = null; state.maxLength = null; state.causal = null; state.sop = null; state.edits = []; state.knock = [];
  state.step = 0; state.position = 0; state.open = null; state.lane = null; endCompare(); state.lens = "selector";
  diagnostics = []; failure = null; scoresOf = null; editing = null;
}

function openNamed(name) {
  const found = named(name);
  if (!found) return false;
  state.name = found.lesson ? "lesson:" + found.lesson.name : "example:" + name.replace(/^example:/, "");
  lessonState = { name: found.lesson ? found.lesson.name : null };
  state.source = (named(state.name) ?? found).source;
  reset();
  if (found.lesson && found.lesson.parsed.head.input) state.input = inputValues(found.lesson.parsed.head.input);
  drawLesson();
  compute({ then: remember });
  return true;
}

function drawLesson() {
  const entry = lessonState.name ? lessons.find((one) => one.name === lessonState.name) : null;
  document.body.classList.toggle("teaching", Boolean(entry));
  showLesson(byId("lesson"), entry, lessonState, act);
  const select = byId("open");
  if (select.value !== state.name) select.value = [...select.options].some((o) => o.value === state.name) ? state.name : "";
}

/** The levels that a link asks to see side by side, each once; null, and nothing is compared, where it names none. */
/** What a lesson's link asks for, on top of what is open. */
function applyWish(wish) {
  const entry = lessonState.name ? lessons.find((one) => one.name === lessonState.name) : null;
  if (entry && !lessonState.exercise && state.source !== entry.program) { state.source = entry.program; state.vocab = null; state.maxLength = null; }
  if (entry && entry.parsed.head.input) state.input = inputValues(entry.parsed.head.input);
  if (wish.input) state.input = inputValues(wish.input) ?? state.input;
  state.edits = [];
  state.knock = [];
  endCompare();
  state.levels = levelsOf(wish.levels);
  if (wish.other) state.other = inputValues(wish.other);
  if (wish.lens) state.lens = wish.lens; else state.lens = "selector";
  if (wish.set) state.edits = setsOf(wish.set);
  compute({ then: () => {
    state.position = Number(wish.position) || 0;
    const target = stepOf(wish, story, state.source);
    if (target >= 0) { state.step = target; state.open = story.steps[target].part ? story.steps[target].id : null; }
    remember(true);
  } });
}

function fromAddress() {
  const wish = read(location.hash);
  written = location.hash;
  lessonState = {};
  let opened = false;
  if (wish.lesson) {
    const lesson = lessons.find((one) => one.name === wish.lesson || one.name.slice(0, 2) === wish.lesson.padStart(2, "0"));
    if (lesson) {
      lessonState = { name: lesson.name, exercise: wish.exercise && lesson.exercises[wish.exercise] ? wish.exercise : null, hints: 0 };
      state.name = "lesson:" + lesson.name;
      state.source = lessonState.exercise ? lesson.exercises[lessonState.exercise] : lesson.program;
      reset();
      if (lesson.parsed.head.input) state.input = inputValues(lesson.parsed.head.input);
      opened = true;
    }
  } else if (wish.program && named("example:" + wish.program)) {
    state.name = "example:" + wish.program;
    state.source = named(state.name).source;
    reset();
    opened = true;
  }
  if (wish.source) { if (!opened) { state.name = ""; reset(); } state.source = wish.source; opened = true; }
  if (!opened) {
    if (story) return;
    if (data.open) { state.name = ""; state.source = data.open.source; reset(); state.level = data.open.level ?? 1; if (data.open.input) state.input = data.open.input; if (data.open.vocab) state.vocab = data.open.vocab; if (data.open.maxLength) state.maxLength = data.open.maxLength; if (data.open.sop) state.sop = data.open.sop; if (data.open.causal) state.causal = true; }
    else if (data.examples.length) { state.name = "example:" + (data.examples.find((one) => one.name === "reverse") ?? data.examples[0]).name; state.source = named(state.name).source; reset(); }
    else { state.source = "#@ vocab [\"a\", \"b\", \"c\"]\n#@ max_length 5\n#@ example \"abca\"\n\nhist = selector_width(select(tokens, tokens, ==));\n"; reset(); }
  }
  if (wish.input) state.input = inputValues(wish.input) ?? state.input;
  if (wish.vocab) state.vocab = inputValues(wish.vocab);
  const number = (text, most) => (/^\d{1,6}$/.test(text ?? "") ? Math.min(Number(text), most) : null);
  state.maxLength = number(wish.longest, 100000) ?? state.maxLength;
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
  compute({ then: () => {
    state.step = number(wish.step, 10000) ?? state.step;
    state.position = number(wish.position, 10000) ?? state.position;
    if (wish.sop || wish.part) { const at = stepOf(wish, story, state.source); if (at >= 0) state.step = at; }
  } });
}

// ---------------------------------------------------------------- keys

function key(event) {
  const field = event.target.closest?.("textarea, input:not([type=checkbox]), select");
  if (field) {
    if (event.target.id === "source" && event.key === "Escape") { editor.escape(); event.stopPropagation(); return; }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
  const last = story ? story.steps.length - 1 : 0;
  const keys = {
    ArrowRight: () => go(event.shiftKey ? last : state.step + 1),
    ArrowLeft: () => go(event.shiftKey ? 0 : state.step - 1),
    ArrowDown: () => moveRow(1), ArrowUp: () => moveRow(-1),
    ".": () => act.follow(Math.min(state.position + 1, story.n - 1)), ",": () => act.follow(Math.max(state.position - 1, 0)),
    Enter: () => { if (document.activeElement && document.activeElement.dataset && document.activeElement.dataset.sop) { const sop = story.machine.sops.find((one) => one.name === document.activeElement.dataset.sop) ?? { name: "tokens", base: true }; act.edit(sop, Number(document.activeElement.dataset.position)); } else return false; },
    Escape: () => { if (editing) act.leave(); else if (state.large) { state.large = null; render(); } else if (state.lecture) toggleLecture(); else if (document.body.classList.contains("drawer")) document.body.classList.remove("drawer"); else if (state.lane) act.lane(null); },
    l: toggleLecture, L: toggleLecture, t: toggleTheme, T: toggleTheme, c: toggleCompare, C: toggleCompare,
    1: () => region("program"), 2: () => region("middle"), 3: () => region("lens"),
    "/": () => { document.body.classList.add("drawer"); byId("source").focus(); }, "?": keysHelp,
  };
  const what = keys[event.key];
  if (!what || !story) return;
  if (what() !== false) event.preventDefault();
}

/** Through the rows of the machine, as a grid is walked: chips where a chip has the focus, parts otherwise. */
function moveRow(by) {
  const rows = story.rows;
  const at = rows.findIndex((row) => (row.part ? row.part.id === focus.part : row.sop && row.sop.name === focus.sop));
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  if (next.part) { focus = { part: next.part.id }; openPart(next.part.id); }
  else { focus = { sop: next.sop.name, position: state.position }; render(); }
  refocus();
}

function region(name) { state.large = state.large === name ? null : name; render(); }
function toggleLecture() { state.lecture = !state.lecture; if (state.lecture && !story.steps[state.step].part) { const first = story.steps.findIndex((step, i) => i >= state.step && step.part); if (state.step === 0 && first >= 0) state.open = null; } render(); remember(); }
function toggleTheme() { const dark = state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches; state.theme = dark ? "light" : "dark"; render(); remember(); }
function toggleCompare() { if (comparing()) { endCompare(); render(); } else { state.levels = [0, 1]; render(); compareNow(); } remember(); }

// ---------------------------------------------------------------- beginning

function begin() {
  publish();
  const select = byId("open");
  put(select, el("option", { value: "" }, data.open ? data.open.name : "Your program"),
    lessons.length ? el("optgroup", { label: "Lessons" }, lessons.map((one) => el("option", { value: "lesson:" + one.name }, Number(one.name.slice(0, 2)) + " " + (one.parsed.head.title ?? one.name)))) : null,
    data.examples.length ? el("optgroup", { label: "Examples" }, data.examples.map((one) => el("option", { value: "example:" + one.name }, one.name))) : null);
  select.addEventListener("change", () => { if (select.value) openNamed(select.value); else if (data.open) { state.name = ""; state.source = data.open.source; lessonState = {}; reset(); drawLesson(); compute({ then: remember }); } select.blur(); });
  editor = watchEditor(byId("source"), typed);
  byId("back").addEventListener("click", () => go(state.step - 1));
  byId("forward").addEventListener("click", () => go(state.step + 1));
  byId("lecture").addEventListener("click", toggleLecture);
  byId("theme").addEventListener("click", toggleTheme);
  byId("compare").addEventListener("click", toggleCompare);
  byId("help").addEventListener("click", keysHelp);
  byId("programbutton").addEventListener("click", () => { const on = document.body.classList.toggle("drawer"); byId("programbutton").setAttribute("aria-expanded", String(on)); if (on) paintProgram(); });
  byId("copy").addEventListener("click", async () => { remember(); try { await navigator.clipboard.writeText(location.href); put(byId("copy"), "Copied"); } catch (e) { dialog("Copy this link", el("textarea", { readonly: true, rows: 6, cols: 60 }, location.href)); } setTimeout(() => put(byId("copy"), "Copy link"), 1500); });
  byId("causal").addEventListener("change", (event) => { state.causal = event.target.checked; compute({ then: remember }); });
  byId("longer").addEventListener("click", () => { state.maxLength = (state.maxLength ?? story?.machine.max_length ?? 5) + 1; compute({ then: remember }); });
  byId("shorter").addEventListener("click", () => { state.maxLength = Math.max(1, (state.maxLength ?? story?.machine.max_length ?? 5) - 1); compute({ then: remember }); });
  tellNames((word) => story?.machine.sops.find((sop) => sop.name === word));
  document.addEventListener("keydown", key);
  addEventListener("hashchange", () => { if (location.hash !== written) fromAddress(); });
  addEventListener("popstate", () => { if (location.hash !== written) fromAddress(); });
  addEventListener("beforeprint", () => { printing = true; render(); });
  addEventListener("afterprint", () => { printing = false; render(); });
  let sizing = 0;
  addEventListener("resize", () => { clearTimeout(sizing); sizing = setTimeout(() => { render(); if (comparing()) compareNow(); }, 60); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => render());
  fromAddress();
}

begin();
