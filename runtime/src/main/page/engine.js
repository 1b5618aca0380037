// The compiler and the transformer, in a worker that can be stopped; where no worker may be made, in the page within a time limit.

import { byId } from "./dom.js";

const VERBS = ["check", "compile", "run", "cache", "set", "patch", "test", "explain", "format", "complete", "machine"];

/** Where there is no worker: no question may hold the page up for longer than this. */
const SLICE_MILLIS = 4000;

/** Longer inputs are not even looked at: a picture of them would be none. */
const MOST_TOKENS = 10000;

/** A worker with what it is asked; a second one compares levels, so that the page goes on working meanwhile. */
const LINES = { page: line(), compare: line() };

let inPage = null;
let serial = 0;

function line() {
  return { worker: null, waiting: new Map() };
}

/** One value behind its letter, as the engine reads it. */
function encoded(value) {
  if (typeof value === "string") return "s" + value;
  if (typeof value === "boolean") return "b" + value;
  return "n" + String(value);
}

/** A question's fields, names and texts by turns. */
export function fields(request) {
  const out = [];
  const text = (name, value) => out.push(name, String(value));
  for (const [name, value] of Object.entries(request)) {
    if (value === null || value === undefined) continue;
    if (name === "input" || name === "vocab" || name === "corrupted") {
      if (Array.isArray(value)) {
        text(name, "[");
        for (const item of value) text(name, encoded(item));
      } else {
        text(name, "t" + value);
      }
    } else if (name === "loads") {
      for (const [path, file] of Object.entries(value)) text("load", path + "\n" + file);
    } else if (name === "set") {
      for (const edit of Array.isArray(value) ? value : [value]) {
        if (typeof edit === "string") text(name, edit.replace(/\]=/, "]=t"));
        else text(name, edit.sop + "[" + edit.position + "]=" + encoded(edit.value));
      }
    } else if (Array.isArray(value)) {
      for (const item of value) text(name, item);
    } else if (name === "names" || name === "hooks" || name === "keep") {
      for (const item of String(value).split(",")) text(name, item.trim());
    } else {
      text(name, value);
    }
  }
  return out;
}

/** From early.js; nobody else needs it. */
const newWorker = globalThis.rasplensWorker;
delete globalThis.rasplensWorker;

function start(line) {
  const made = newWorker();
  if (made.failed) throw new Error("no worker here");
  let heard = false;
  made.onmessage = (event) => {
    heard = true;
    const task = line.waiting.get(event.data.id);
    line.waiting.delete(event.data.id);
    if (task) task(JSON.parse(event.data.answer));
  };
  made.onerror = (event) => {
    event.preventDefault();
    if (!heard) useThePage(line);
  };
  return made;
}

/** Runs the engine where the page is, and asks again what was under way. */
function useThePage(line) {
  line.worker = null;
  if (!inPage) {
    const script = document.createElement("script");
    script.textContent = byId("engine").textContent + "\nmain([]);";
    document.head.append(script);
    inPage = globalThis.rasplensEngine;
  }
  for (const [id, task] of [...line.waiting]) {
    line.waiting.delete(id);
    setTimeout(() => task(JSON.parse(inPage(task.verb, [...task.fields, "millis", String(SLICE_MILLIS)]))), 0);
  }
}

/** Asks the engine; the answer is what the command line prints with --json, an error among it. */
export function ask(verb, request, which = "page") {
  const line = LINES[which];
  const long = ["input", "corrupted"].find((name) => (request[name]?.length ?? 0) > MOST_TOKENS);
  if (long) return Promise.resolve(tooLong(long, request[long].length));
  return new Promise((resolve) => {
    const id = ++serial;
    const task = (answer) => resolve(answer);
    task.verb = verb;
    task.fields = fields(request);
    line.waiting.set(id, task);
    try {
      if (!line.worker && !inPage) line.worker = start(line);
    } catch (e) {
      line.worker = null;
    }
    if (line.worker) line.worker.postMessage({ id, verb, fields: task.fields });
    else useThePage(line);
  });
}

function tooLong(name, length) {
  const message = "the page takes at most " + MOST_TOKENS + " tokens, and the " + name + " has " + length;
  return {
    error: { code: "E0951", message, file: null, line: null, column: null },
    diagnostics: [{ code: "E0951", title: "more than the page can hold", severity: "error", message, labels: [], notes: [], help: "the command line takes longer ones" }],
  };
}

/** Ends whatever is under way; the next question starts anew. */
export function stop(which = "page") {
  const line = LINES[which];
  if (line.worker) line.worker.terminate();
  line.worker = null;
  for (const [id, task] of [...line.waiting]) {
    line.waiting.delete(id);
    task({ error: { code: "E0710", message: "stopped", file: null, line: null, column: null }, stopped: true });
  }
}

/** What scripts on the page may use. */
export function publish() {
  const api = {};
  for (const verb of VERBS) api[verb] = (request = {}) => ask(verb, request);
  globalThis.rasplens = Object.freeze(api);
}
