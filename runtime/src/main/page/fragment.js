// The page's state is in its address, so that a link is a lesson. Whoever made the address may be a stranger: it is only ever text.

/** The parts of an address behind its #. */
export function read(hash) {
  const state = {};
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at < 1) continue;
    try {
      state[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1));
    } catch (e) {
      continue;
    }
  }
  return state;
}

export function write(state) {
  const parts = [];
  for (const [name, value] of Object.entries(state)) {
    if (value === null || value === undefined || value === "" || value === false) continue;
    parts.push(name + "=" + encodeURIComponent(String(value)).replace(/%2C/g, ",").replace(/%5B/g, "[").replace(/%5D/g, "]"));
  }
  return "#" + parts.join("&");
}

/** An input as the engine takes it: ["a","b"] is written "ab" where it can be. */
export function inputText(tokens) {
  if (tokens.every((t) => typeof t === "string" && [...t].length === 1 && t !== "[") && tokens.length) return tokens.join("");
  return "[" + tokens.map(atom).join(", ") + "]";
}

export function atom(value) {
  if (typeof value === "string") return '"' + value.replace(/[\\"]/g, "\\$&") + '"';
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}

/** The same as a list of values; null if it is none. */
export function inputValues(text) {
  const t = text.trim();
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(t);
  if (quoted) return [...quoted[1].replace(/\\(.)/g, "$1")];
  if (!t.startsWith("[")) return [...t];
  try {
    const list = JSON.parse(t.replace(/\bTrue\b/g, "true").replace(/\bFalse\b/g, "false"));
    return Array.isArray(list) && list.every((x) => ["string", "number", "boolean"].includes(typeof x)) ? list : null;
  } catch (e) {
    return null;
  }
}

/** The address of what is on the page; `known` is the program that it was opened as. */
export function addressOf(state, known, lessonState) {
  return write({
    lesson: state.name.startsWith("lesson:") ? state.name.slice(7) : null,
    exercise: lessonState.exercise ?? null,
    program: state.name.startsWith("example:") ? state.name.slice(8) : null,
    source: known && known.source === state.source ? null : state.source,
    input: state.input ? inputText(state.input) : null,
    step: state.step || null, position: state.position || null, level: state.level === 1 ? null : state.level,
    causal: state.causal, vocab: state.vocab ? inputText(state.vocab) : null, longest: state.maxLength,
    lens: state.lens === "selector" ? null : state.lens, levels: state.levels && !state.other ? state.levels.join(",") : null, other: state.other ? inputText(state.other) : null,
    set: state.edits.length ? state.edits.map((e) => e.sop + "[" + e.position + "]=" + e.text).join(";") : null,
    out: state.knock.length ? state.knock.join(",") : null, lecture: state.lecture ? 1 : null, theme: state.theme,
  });
}

/** Levels to compare, as an address has them. */
export function levelsOf(text) {
  const levels = [...new Set((text ?? "").split(","))].filter((one) => /^[012]$/.test(one)).map(Number);
  return levels.length ? levels : null;
}

/** S-ops to set, as an address has them. */
export function setsOf(text) {
  return text.split(";").map((one) => /^(.+)\[(\d{1,6})\]=(.+)$/.exec(one)).filter(Boolean).map((m) => ({ sop: m[1], position: Number(m[2]), text: m[3], value: m[3].replace(/^"|"$/g, "") }));
}

/** The step that an address asks for: one that computes an s-op is a head, or an MLP where no head does. */
export function stepOf(wish, story, source) {
  if (wish.part === "embed" || wish.part === "stream") return wish.part === "embed" ? 0 : story.steps.length - 1;
  if (wish.part === "unembed") return story.steps.length - 1;
  if (!wish.sop) return wish.step ? Number(wish.step) - 1 : -1;
  const by = (test) => story.steps.findIndex(test);
  const tries = [(s) => s.kind === "head" && s.part.sop === wish.sop, (s) => s.kind === "mlp" && s.part.groups.some((g) => g.sop === wish.sop), (s) => s.sop && s.sop.name === wish.sop, (s) => s.kind === "head" && s.part.line && s.part.line === lineOf(wish.sop, source)];
  for (const test of tries) {
    const at = by(test);
    if (at >= 0) return at;
  }
  return -1;
}

const lineOf = (name, source) => source.split("\n").findIndex((line) => line.replace(/\s/g, "").startsWith(name + "=")) + 1;
