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
