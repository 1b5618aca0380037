// A lesson beside its program: question, prediction, what to look at, what to change, two exercises.

import { el, listed, put, rounded } from "./dom.js";
import { atom, inputValues, read } from "./fragment.js";

/** The text of a lesson as its parts; see examples/lessons/README.md for the form. */
export function parse(text) {
  const lesson = { head: {}, paragraphs: [], predict: null, look: [], change: [], exercises: [] };
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text.replace(/\r/g, ""));
  if (!match) return { ...lesson, paragraphs: [text] };
  for (const line of match[1].split("\n")) {
    const at = line.indexOf(":");
    if (at > 0) lesson.head[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  const sections = match[2].split(/^## /m);
  lesson.paragraphs = blocks(sections[0]);
  for (const section of sections.slice(1)) {
    const end = section.indexOf("\n");
    const title = section.slice(0, end).trim();
    const body = section.slice(end + 1);
    const lines = blocks(body);
    const quote = lines.filter((b) => b.startsWith(">")).map((b) => b.replace(/^> ?/gm, "").replace(/\n/g, " ")).join("\n\n");
    const rest = lines.filter((b) => !b.startsWith(">"));
    if (title === "Predict") lesson.predict = { question: rest.join("\n\n"), answer: quote };
    else if (title === "Look") lesson.look = items(body);
    else if (title === "Change") lesson.change = items(body);
    else if (title.startsWith("Exercise")) {
      const hints = items(body, /^\d+\. /m);
      lesson.exercises.push({ title: title.replace(/^Exercise /, ""), letter: title.charAt(9), task: rest.filter((b) => !/^\d+\. /.test(b)).join("\n\n"), hints, moral: quote });
    }
  }
  return lesson;
}

function blocks(text) {
  return text.split(/\n\s*\n/).map((b) => b.trim()).filter(Boolean);
}

function items(text, mark = /^- /m) {
  return text.split(mark).slice(1).map((item) => item.split(/\n\s*\n/)[0].replace(/\n\s*/g, " ").trim());
}

/** Text with `code`, **words** and [links](#…) as nodes. */
function inline(text, act) {
  const out = [];
  let done = 0;
  for (const match of text.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\((#(?:%22.*?%22|"[^"]*"|[^)])*)\)|\*([^*]+)\*/g)) {
    out.push(text.slice(done, match.index).replace(/\n/g, " "));
    if (match[1]) out.push(el("code", {}, match[1]));
    else if (match[2]) out.push(el("b", {}, match[2]));
    else if (match[5]) out.push(el("em", {}, match[5]));
    else out.push(el("a", { href: match[4], onclick: (event) => { event.preventDefault(); act.look(read(match[4])); } }, match[3]));
    done = match.index + match[0].length;
  }
  out.push(text.slice(done).replace(/\n/g, " "));
  return out;
}

/** Shows a lesson; `state` keeps what the learner has done with it. */
export function showLesson(place, entry, state, act) {
  if (!entry) {
    put(place);
    return;
  }
  const lesson = entry.parsed;
  const again = () => showLesson(place, entry, state, act);
  const number = entry.name.slice(0, 2);
  const nodes = [el("p", { class: "lessonno" }, "Lesson " + Number(number) + (lesson.head.minutes ? " · " + lesson.head.minutes + " min" : "")), el("h2", {}, lesson.head.title ?? entry.name),
    state.exercise ? null : el("p", { class: "aim" }, lesson.head.aim ?? "")];
  if (!state.exercise) {
    nodes.push(el("details", { open: state.read !== false, ontoggle: (event) => { state.read = event.target.open; } }, el("summary", {}, "Read"), lesson.paragraphs.map((p) => el("p", {}, inline(p, act)))));
    if (lesson.predict) nodes.push(predict(lesson.predict, state, act, again));
    nodes.push(el("h3", {}, "Look"), el("ol", { class: "looks" }, lesson.look.map((item) => el("li", {}, inline(item, act)))));
    nodes.push(el("h3", {}, "Change"), el("ul", { class: "looks" }, lesson.change.map((item) => el("li", {}, inline(item, act), change(item, act)))));
    nodes.push(el("h3", {}, "Exercises"), el("div", { class: "choices" }, lesson.exercises.map((x) => el("button", { type: "button", onclick: () => { state.exercise = x.letter; state.hints = 0; state.solution = false; state.result = null; act.exercise(entry, x.letter); } }, x.title))));
  } else {
    const x = lesson.exercises.find((one) => one.letter === state.exercise);
    if (x) nodes.push(...exercise(entry, x, state, act, again));
    nodes.push(el("button", { type: "button", onclick: () => { state.exercise = null; state.result = null; act.lesson(entry.name); } }, "Back to the lesson"));
  }
  put(place, nodes);
}

function predict(question, state, act, again) {
  return el("div", { class: "predict" }, el("h3", {}, "Predict"), el("p", {}, inline(question.question, act)),
    el("label", {}, el("span", { class: "hidden" }, "Your prediction"), el("input", { type: "text", placeholder: "your prediction, then press", value: state.prediction ?? "", oninput: (event) => { state.prediction = event.target.value; } })),
    el("button", { type: "button", onclick: () => { state.told = true; again(); } }, "Press"),
    state.told ? el("blockquote", {}, state.prediction ? el("p", { class: "soft" }, "You said: " + state.prediction) : null, el("p", {}, inline(question.answer, act))) : null);
}

/** "Replace `a` by `b`" as a button that does it. */
function change(item, act) {
  const start = /^(Replace|Remove|Add) /.exec(item);
  const input = /On `([^`]+)` it (gives|fails)/.exec(item);
  if (!start && !input) return null;
  return el("button", { type: "button", class: "small", onclick: () => act.change(item) }, "Try");
}

/** The edit that such an item describes, on a text. */
export function editBy(text, item) {
  const sentence = item.split(/\. (?=On `)|(?<=`)\. /)[0];
  if (item.startsWith("Replace")) {
    for (const pair of sentence.matchAll(/`([^`]+)` by `([^`]+)`/g)) text = text.replace(pair[1], () => pair[2]);
  } else if (item.startsWith("Remove")) {
    const gone = /`([^`]+)`/.exec(sentence);
    if (gone) text = text.replace(gone[1], "");
  } else if (item.startsWith("Add")) {
    const more = /`([^`]+)`/.exec(sentence);
    if (more) text = text.replace(/\n*$/, "\n") + more[1] + "\n";
  }
  const input = /On `([^`]+)` it (gives|fails)/.exec(item);
  return { text, input: input ? inputValues(input[1]) : null };
}

/** A test position by position: what went in, what should have come out, what did. */
function outcome(test) {
  const length = Math.max(test.input.length, test.expected.length);
  const row = (name, values, other) => el("tr", {}, el("th", { scope: "row" }, name), Array.from({ length }, (x, p) => el("td", { class: "mono" + (other && told(values[p]) !== told(other[p]) ? " astray" : "") }, told(values[p]))));
  const got = [test.transformer, test.interpreter].find(Array.isArray);
  const apart = Array.isArray(test.interpreter) && Array.isArray(test.transformer) && test.interpreter.some((value, p) => told(value) !== told(test.transformer[p]));
  return el("div", { class: "wide" }, el("table", { class: "facts outcome", "aria-label": "test" }, row("position", Array.from({ length }, (x, p) => p)), row("input", test.input), row("expected", test.expected),
    apart ? [row("interpreter", test.interpreter, test.expected), row("transformer", got, test.expected)] : got ? row("yours", got, test.expected) : null));
}

/** What is the first to differ from a program that answers right, where something with a name does. */
function strayed(stray) {
  if (!stray) return null;
  const where = [el("b", {}, stray.name), stray.line ? " (line " + stray.line + ")" : "", " goes astray first: "];
  const keys = (list) => (list.length ? listed(list) : "nothing");
  const at = stray.position;
  if (stray.kind === "keys") return el("p", {}, where, "position " + at + " looks at " + keys(stray.actual) + ", and should look at " + keys(stray.expected) + ".");
  if (stray.kind === "values") return el("p", {}, where, "at position " + at + " it is " + told(stray.actual[at]) + ", and should be " + told(stray.expected[at]) + ".");
  return el("p", {}, where, stray.message);
}

/** A value as a table shows it: letters without quotes, as everywhere on the page. */
const told = (value) => (value === undefined || value === null ? "–" : typeof value === "string" ? value : rounded(atom(value)));

function exercise(entry, x, state, act, again) {
  const nodes = [el("h3", {}, "Exercise " + x.title), el("p", {}, inline(x.task, act)), el("p", { class: "soft" }, "Put an expression in the place of ____ in the program, then run its tests.")];
  nodes.push(el("div", { class: "choices" }, el("button", { type: "button", class: "primary", id: "runtests", onclick: () => act.test(state, again) }, "Run the tests"),
    state.hints < x.hints.length ? el("button", { type: "button", onclick: () => { state.hints++; again(); } }, "Hint " + (state.hints + 1) + " of " + x.hints.length) : null,
    state.hints >= x.hints.length && entry.solutions[x.letter] ? el("button", { type: "button", onclick: () => { state.solution = true; act.load(entry.solutions[x.letter]); again(); } }, "Show the solution") : null));
  nodes.push(el("ol", {}, x.hints.slice(0, state.hints).map((hint) => el("li", {}, inline(hint, act)))));
  const result = state.result;
  const error = result && (result.error ?? result.files[0].error);
  if (error) nodes.push(el("div", { class: "problem error" }, el("b", {}, error.message), " ", el("span", { class: "soft" }, error.code)));
  else if (result) {
    const tests = result.files[0].tests;
    const failed = tests.filter((test) => !test.pass);
    nodes.push(el("div", { class: failed.length ? "problem error" : "passed", role: "status" }, failed.length ? el("b", {}, failed.length + " of " + tests.length + " tests fail.") : el("b", {}, "All " + tests.length + " tests pass."),
      failed.slice(0, 2).map((test) => el("div", {}, test.about ? el("p", {}, test.about) : null, outcome(test), strayed(test.astray), el("details", {}, el("summary", {}, "As the command line tells it"), el("pre", { class: "text" }, test.message ?? "")), el("button", { type: "button", onclick: () => act.through(test) }, "Step through this input"))),
      failed.length ? null : el("p", {}, inline(x.moral, act))));
  }
  return nodes;
}
