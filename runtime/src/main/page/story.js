// The one place that knows the form in which the engine tells of a machine. Everything that is drawn or said comes from what this makes.

import { listed, rounded } from "./dom.js";

/** A longer expression than this is no part of a sentence. */
const MOST_WORDS = 90;

const OPS = { "<": "smaller than", "<=": "at most", ">": "greater than", ">=": "at least", "!=": "other than" };

/** A machine as rows from top to bottom, and the steps through it. */
export function tell(machine) {
  const n = machine.shown.length;
  const rows = [];
  const steps = [];
  for (const sop of machine.sops) sop.label = label(sop.name);
  const shownSops = machine.sops.filter((sop) => !sop.answer);
  const answer = machine.sops.find((sop) => sop.answer);
  const base = shownSops.filter((sop) => sop.base);
  const order = (sop) => (sop.name === "tokens" ? 0 : 1);
  base.sort((a, b) => order(a) - order(b));
  if (!base.some((sop) => sop.name === "tokens")) {
    base.unshift({ name: "tokens", label: "tokens", base: true, stored: true, stage: 0, line: null, values: machine.shown, expected: machine.shown, choices: [] });
  }
  for (const sop of base) rows.push({ kind: "sop", sop });
  steps.push({ kind: "embed", id: "embed", label: "Input" });
  const other = aliases(machine);
  for (const lane of machine.lanes) lane.label = laneLabel(lane, other, machine);
  const held = new Map(machine.sops.filter((sop) => !sop.base && !sop.answer && sop.values).map((sop) => [sop.name, sop.values]));
  const parts = machine.parts.map((part) => ({ ...labelled(part, other, held), n }));
  for (const part of parts) if (part.kind === "mlp") part.groups.forEach((group) => { group.reads = truly(group, part, parts, machine, n); });
  const addSops = (stage) => {
    for (const sop of shownSops) {
      if (sop.base || sop.stage !== stage) continue;
      rows.push({ kind: "sop", sop });
      if (!sop.stored) steps.push({ kind: "sop", id: "sop:" + sop.name, label: sop.label, sop });
    }
  };
  addSops(0);
  const layers = machine.model.n_layers;
  for (let layer = 0; layer < layers; layer++) {
    for (const part of parts) {
      if (part.layer === layer && part.kind === "head") addPart(part);
    }
    addSops(2 * layer + 1);
    for (const part of parts) {
      if (part.layer === layer && part.kind === "mlp") addPart(part);
    }
    addSops(2 * layer + 2);
  }
  function addPart(part) {
    rows.push({ kind: part.kind, part });
    const about = part.kind === "head" ? part.id + ": " + short(simple(part.selector) ? part.selector : simple(part.sop) ? part.sop : telling(part)) : "L" + part.layer + " MLP: " + short(brief(part));
    steps.push({ kind: part.kind, id: part.id, label: about, part });
  }
  rows.push({ kind: "answer", sop: answer });
  steps.push({ kind: "answer", id: "unembed", label: "Answer", sop: answer });
  return { machine, n, rows, steps, answer, parts };
}

/**
 * What one reads for a name: of s-ops that a loop makes under one name, "asked@12#3" is "asked (3)", and one within a function, "near@19", is "near"; whichever way tokens are read, they are
 * the tokens.
 */
export const label = (name) => String(name ?? "").replace(/([A-Za-z_]\w*)@\d+#(\d+)/g, "$1 ($2)").replace(/([A-Za-z_]\w*)@\d+/g, "$1").replace(/\btokens_(str|int|float|bool|asis)\b/g, "tokens").replace(/^\((.*)\)$/s, (all, inner) => (balanced(inner) ? inner : all));

function balanced(text) {
  let depth = 0;
  for (const c of text) {
    if (c === "(") depth++;
    if (c === ")" && --depth < 0) return false;
  }
  return depth === 0;
}

/** What the direct layout calls by names of its own, under what it computes. */
function aliases(machine) {
  const known = new Set(machine.sops.map((sop) => sop.name));
  const found = new Map();
  for (const part of machine.parts) {
    for (const group of part.groups ?? []) {
      const text = /^'(.+)'(?: for .*| is .*)?$/.exec(group.description ?? "");
      if (text && group.sop && !known.has(group.sop)) found.set(group.sop, label(text[1]));
    }
  }
  return found;
}

/** A lane in words: the share of BOS that a count is told by, and of two forms of one s-op which is which. */
function laneLabel(lane, other, machine) {
  const share = /^(.+)_selector_width_attn_output$/.exec(lane.name);
  if (share) return "BOS's share for " + label(share[1]);
  const form = /^(.+)#\d+$/.exec(lane.name);
  if (form && machine.lanes.some((one) => one.name === form[1]) && !/@/.test(lane.name)) return label(form[1]) + (lane.directions > 1 ? ", value by value" : ", again");
  return other.get(lane.name) ?? label(lane.name);
}

/**
 * A part with all names as one reads them, and with what the machine itself holds of its operands, which is not what the program says once a
 * head is knocked out; hidden units that work out one thing together are told of together.
 */
function labelled(part, other, held) {
  const said = (name) => other.get(name) ?? label(name);
  const operand = (one) => (one ? { ...one, name: one.constant ? one.name : said(one.name), values: held.get(one.name) ?? one.values } : one);
  const texts = (one) => ({ name: one.sop, sop: one.sop === null ? null : said(one.sop), description: one.description === null ? null : label(one.description) });
  if (part.kind !== "mlp") return { ...part, ...texts(part), selector: part.selector ? label(part.selector) : part.selector, value: operand(part.value), tests: part.tests.map((test) => ({ ...test, key: operand(test.key), query: operand(test.query) })) };
  const groups = new Map();
  for (const group of part.groups) {
    const square = /^square of /.test(group.description ?? "");
    const key = group.sop + (square ? "²" : "");
    if (groups.has(key)) groups.get(key).units += group.units;
    else groups.set(key, { ...group, ...texts(group), square, reads: group.reads.map(operand), results: resultsOf(group, said) });
  }
  return { ...part, groups: [...groups.values()] };
}

/** What hidden units work out, each with its values. */
function resultsOf(group, said) {
  if ((group.results ?? []).length > 1) return group.results.filter((one) => one.values).map((one) => ({ name: said(one.name), values: one.values }));
  return group.result ? [{ name: group.sop === null ? "the result" : said(group.sop), values: group.result }] : [];
}

/**
 * What hidden units have before them: where these make a number of BOS's share, what the counting heads found; where they read what other
 * hidden units have worked out, that; else what the program reads.
 */
function truly(group, part, parts, machine, n) {
  const read = machine.lanes.filter((lane) => lane.read.some((use) => use.part === part.id));
  const own = group.reads.length === 1 && group.results.some((one) => one.name === group.reads[0].name);
  if (own && !group.square) {
    const makers = new Set(read.filter((lane) => lane.name !== group.name).flatMap((lane) => lane.written.map((use) => use.part)));
    const heads = parts.filter((one) => one.kind === "head" && makers.has(one.id) && one.does === "count" && one.mask);
    const counting = heads.filter((one) => one.sop === group.reads[0].name);
    return (counting.length ? counting : heads).map((head) => ({ name: "keys of " + head.id, found: head.id, constant: false, values: Array.from({ length: n }, (x, p) => String(keysOf(head, p).length)), share: Array.from({ length: n }, (x, p) => head.bos[p]) }));
  }
  const names = new Set(read.map((lane) => lane.label));
  if (group.reads.every((one) => names.has(one.name) || one.constant)) return group.reads;
  const before = parts.filter((one) => one.kind === "mlp" && one.layer < part.layer).flatMap((one) => one.groups).filter((one) => one.result && one.name !== group.name && read.some((lane) => lane.name === one.name) && !machine.sops.some((sop) => sop.name === one.name));
  if (!before.length) return group.reads;
  return [...group.reads.filter((one) => names.has(one.name)), ...before.map((one) => ({ name: one.sop, constant: false, values: one.result }))];
}

/** What tells a head from the others: the conditions on its keys alone, if it has some. */
function telling(part) {
  const conditions = part.tests.map(truth).filter(Boolean);
  return conditions.length ? conditions.join(" and ") : brief(part);
}

/** What fits beside a band. */
export function brief(part) {
  if (part.kind === "mlp") return [...new Set(part.groups.map((group) => (group.square ? group.sop + "²" : group.results.map((one) => one.name).join(", ") || "?")))].slice(0, 3).join(", ");
  if (part.does === "last") return "finds the last position";
  const word = part.does === "count" ? "counts " : part.does === "fetch" ? "fetches " : "";
  const tests = part.tests.filter((t) => !(t.key.constant && t.query.constant));
  if (!tests.length) return word ? word + "everything" : part.description ?? "";
  const kinds = { "==": "same ", "!=": "other ", "<": "smaller ", "<=": "no larger ", ">": "larger ", ">=": "no smaller " };
  const alike = tests.every((t) => t.key.name === t.query.name);
  const told = tests.map((t) => (alike ? kinds[t.op] + t.key.name : truth(t) ?? t.key.name + " " + t.op + " " + (t.key.name === t.query.name ? "own" : t.query.name)));
  return word + (alike ? "" : "where ") + told.join(" and ");
}

export const simple = (text) => /^[A-Za-z_][A-Za-z_0-9@]*(?: \(\d+\))?$/.test(text ?? "");

function short(text) {
  const line = String(text ?? "").replace(/\s+/g, " ");
  return line.length > 24 ? line.slice(0, 23) + "…" : line;
}

/** The keys that a query selects; null where nobody knows. */
export function keysOf(part, query) {
  if (!part.mask) return null;
  const keys = [];
  part.mask[query].forEach((bit, key) => bit && keys.push(key));
  return keys;
}

/** "head 0 of layer 1" in the words of the program, for all positions alike. */
export function general(step) {
  if (step.kind === "embed") return "Every position starts with its token and its index.";
  if (step.kind === "sop") return step.sop.label + " is not stored: what reads it works it out.";
  if (step.kind === "answer") return "The unembedding reads " + step.sop.label + " from the residual stream.";
  const part = step.part;
  const where = part.kind === "head" ? "Layer " + part.layer + ", head " + part.head : "Layer " + part.layer + ", MLP";
  return where + ": " + purpose(part) + ".";
}

/** What a part is for, as a clause. */
export function purpose(part) {
  if (part.kind === "mlp") {
    const names = [...new Set(part.groups.flatMap((group) => group.results.length ? group.results.map((one) => (group.square ? one.name + "²" : one.name)) : ["something"]))];
    return "at each position on its own, works out " + listed(names);
  }
  if (part.does === "last") return "every position looks at the last one, whose index tells the length";
  const tests = tested(part);
  const one = part.tests.some((test) => test.op === "==") ? "the position whose " : "the positions whose ";
  if (part.does === "count") return "every position counts " + (tests ? "the positions whose " + tests : "the positions that it looks at");
  if (part.does === "fetch") {
    const value = part.value && !part.value.constant ? (part.value.name === "tokens" ? "the token" : part.value.name === "indices" ? "the index" : part.value.name) : "a value";
    return "every position brings " + value + (tests ? " of " + one + tests : " of all positions, in the mean");
  }
  return part.description ?? "the model does not say what for";
}

function tested(part) {
  const tests = part.tests.filter((test) => !(test.key.constant && test.query.constant));
  if (!tests.length) return "";
  return tests.map((test) => truth(test) ? truth(test) + " holds" : nounOfKey(test.key) + " is " + (test.op === "==" ? "" : (OPS[test.op] ?? test.op) + " ") + own(test)).join(" and ");
}

const nounOfKey = (key) => (key.name === "indices" ? "index" : key.name === "tokens" ? "token" : key.name);

function own(test) {
  if (test.query.constant) return test.query.name;
  if (test.key.name === test.query.name) return "its own";
  return simple(test.query.name) ? "its " + (test.query.name === "indices" ? "index" : test.query.name === "tokens" ? "token" : test.query.name) : test.query.name;
}

/** What one position does in a step: texts, and pairs of a text and its colour. */
export function sentence(story, step, p) {
  const few = (text) => String(text).replace(/-?\d+\.\d{5,}/g, rounded);
  return told(story, step, p).map((part) => (Array.isArray(part) ? [few(part[0]), part[1]] : few(part)));
}

function told(story, step, p) {
  const at = ["Position ", [String(p), "p"]];
  if (step.kind === "embed") return [...at, " holds the token ", [story.machine.shown[p], "v"], " and has the index ", [String(p), "k"], "."];
  if (step.kind === "sop") return unstored(step.sop, p, at);
  if (step.kind === "answer") return answered(story, p, at);
  if (step.part.knockedOut) return [[`${step.part.id} is knocked out`, "e"], ": it writes nothing. " , "Position ", [String(p), "p"], " goes on without it."];
  return step.kind === "head" ? attended(step.part, p, at) : worked(step.part, p, at);
}

function unstored(sop, p, at) {
  if (!sop.values) return [...at, ": ", sop.label, " has no value on this input."];
  const words = sop.words ?? (sop.text && sop.text !== sop.name ? label(sop.text).replace(/\s+/g, " ") : "");
  const how = words && words.length <= MOST_WORDS && !words.includes("…") ? " = " + words : "";
  return [...at, ": ", [sop.label, "p"], how, " is ", [sop.values[p], "v"], ". What comes next reads it so."];
}

function answered(story, p, at) {
  const { output, expected, failure } = story.machine;
  if (failure) return [...at, ": the program fails on this input. ", failure.message, "."];
  const same = expected && story.differs && !story.differs.has(p);
  const says = expected ? (same ? ", as the interpreter says" : "; the interpreter says " + expected[p]) : "";
  return [...at, " answers ", [output[p], "v"], says, "."];
}

function attended(part, p, at) {
  const keys = keysOf(part, p);
  if (keys === null) return [...at, ": ", part.description ?? "the model does not say what this head does", "."];
  if (part.does === "last") {
    return [...at, " looks at the last position. ", "Its index is ", [String(part.n - 1), "k"], ", so the length is ", [String(part.n), "v"], "."];
  }
  const real = part.tests.filter((test) => !(test.key.constant && test.query.constant));
  const asks = real.length ? [" asks for ", [phrase(real, p), "q"], "."] : [" looks at everything", part.causalNote ?? "", "."];
  const found = listed(keys);
  if (!keys.length) {
    return part.does === "count"
      ? [...at, ...asks, " No position has it. It counts ", ["0", "v"], "."]
      : [...at, ...asks, " No position has it, so BOS gives the default ", [part.fallback ?? "0", "v"], "."];
  }
  const subject = keys.length === 1 ? (keys[0] === p ? " Position " + p + " itself " : " Position " + found + " ") : " Positions " + found + " ";
  const have = real.length
    ? [subject, [keys.length === 1 ? having(real, keys[0]) : real.every(truth) ? (keys.length === 2 ? "both are" : "are") : keys.length === 2 ? "both have it" : "have it", "k"]]
    : [subject, [keys.length === 1 ? "is there" : "are there", "k"]];
  return [...at, ...asks, ...have, ...brought(part, p, keys)];
}

/** A comparison of a condition with True or False, as the condition; null for any other. */
export function truth(test) {
  if (test.op !== "==" || !test.query.constant) return null;
  const marked = /^indicator\((.*)\)$/s.exec(test.key.name);
  if (marked && balanced(marked[1]) && /^[01]$/.test(test.query.name)) return test.query.name === "1" ? marked[1] : negated(marked[1]);
  if (!/^(True|False)$/.test(test.query.name)) return null;
  return test.query.name === "True" ? test.key.name : negated(test.key.name);
}

const OPPOSITE = { "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">" };

/** That a condition does not hold: tokens != 9 for one comparison, not (…) for anything longer. */
function negated(condition) {
  const one = /^([\w .+*/-]+?) (==|!=|<=|>=|<|>) ("[^"]*"|[\w .+*/-]+)$/.exec(condition);
  return one && !/ (and|or|in|if|else) /.test(condition) ? one[1] + " " + OPPOSITE[one[2]] + " " + one[3] : "not (" + condition + ")";
}

/** What a query asks for: "index 2", "a token smaller than c". */
function phrase(tests, p) {
  const conditions = tests.map(truth).filter(Boolean).join(" and ");
  const rest = wants(tests.filter((test) => !truth(test)), p);
  return conditions ? (rest || "a position") + " where " + conditions : rest;
}

function wants(tests, p) {
  return tests.map((test) => {
    const wanted = (test.query.values ?? [])[p] ?? "?";
    const key = test.key.name === "indices" ? "index" : test.key.name === "tokens" ? "token" : test.key.constant ? "" : test.key.name;
    if (test.op === "==") return test.key.name === "tokens" ? "the token " + wanted : key + " " + wanted;
    return (/^[aeiou]/.test(key) ? "an " : "a ") + key + " " + OPS[test.op] + " " + wanted;
  }).join(" and ");
}

/** What a selected key has of that: "has index 2", "is one" where there are only conditions. */
function having(tests, key) {
  const names = new Set();
  const conditions = tests.map(truth).filter(Boolean).join(" and ");
  const rest = tests.filter((test) => !truth(test) && !test.key.constant && !names.has(test.key.name) && names.add(test.key.name))
    .map((test) => (test.key.name === "indices" ? "index" : test.key.name === "tokens" ? "the token" : test.key.name) + " " + ((test.key.values ?? [])[key] ?? "?"))
    .join(" and ");
  return rest ? "has " + rest + (conditions ? ", where " + conditions : "") : "is one";
}

function brought(part, p, keys) {
  if (part.does === "count") return [". It counts ", [String(keys.length), "v"], "."];
  const values = part.value && part.value.values ? keys.map((key) => part.value.values[key]) : null;
  if (!values) return ["."];
  const what = part.value.constant ? "" : part.value.name === "tokens" ? "its token " : simple(part.value.name) ? "its " + part.value.name + " " : "its value ";
  if (keys.length === 1) return [", and brings " + what, [values[0], "v"], "."];
  const result = part.result ? part.result[p] : null;
  const kinds = new Set(values);
  if (kinds.size === 1) return [", and each brings ", [values[0], "v"], "."];
  return ["; they bring ", [listed(values), "v"], result === null ? "." : ", in the mean ", result === null ? "" : [result, "v"], result === null ? "" : "."];
}

function worked(part, p, at) {
  const told = part.groups.filter((group) => group.result && group.reads.length).slice(0, 2);
  if (!told.length) return [...at, " works out ", listed(part.groups.map((group) => group.results.map((one) => one.name).join(", ") || group.description || "a number")), "."];
  const out = [...at];
  told.forEach((group, index) => {
    const reads = group.square ? [{ name: group.sop, values: group.result }] : group.reads.filter((read) => read.values);
    const counted = reads.length && reads.every((read) => read.found);
    if (index) out.push(counted ? " Here " : " It also has ");
    else if (counted) out.push(": here ");
    else out.push(" has ");
    reads.slice(0, 3).forEach((read, i) => out.push(i ? " and " : "", ...(counted ? found(read, p) : [nounOf(read.name) + " ", [read.values[p], "q"]])));
    if (group.square) out.push(", and writes its square, ", [String(Number(group.result[p]) ** 2), "v"]);
    else group.results.slice(0, 3).forEach((one, i) => out.push(i ? " and " : ", so ", one.name, " is ", [one.values[p], "v"]));
    out.push(".");
  });
  return out;
}

/** "L0H0 found 2 keys, which leaves BOS 33 %". */
function found(read, p) {
  const share = read.share[p];
  const left = share >= 0.005 && share <= 0.995 ? [", which leaves BOS ", [Math.round(share * 100) + " %", "k"]] : [];
  return [read.found + " found ", [read.values[p] + (read.values[p] === "1" ? " key" : " keys"), "q"], ...left];
}

const nounOf = (name) => (name === "indices" ? "index" : name === "tokens" ? "the token" : name);

/** Which positions differ between the transformer and the interpreter. */
export function differing(machine) {
  const set = new Set();
  if (machine.expected && !machine.match) machine.output.forEach((value, p) => value !== machine.expected[p] && set.add(p));
  return set;
}
