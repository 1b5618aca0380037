// The lens: what the chosen part is, in a sentence, in tables, and what it costs.

import { el, put, listed, rounded } from "./dom.js";
import { keysOf, label, purpose, differing, simple, truth } from "./story.js";

/** Longer names of lanes are cut. */
const MOST_NAME = 44;

export function showLens(place, story, step, view, act) {
  const nodes = [];
  if (view.edits.length) nodes.push(editBanner(story, view, act));
  if (view.lane) nodes.push(...lane(story, view, act));
  else if (step.kind === "head") nodes.push(...head(story, step.part, view, act));
  else if (step.kind === "mlp") nodes.push(...units(story, step.part, view, act));
  else nodes.push(...sop(story, step, view, act));
  put(place, nodes);
}

function title(text, lines, act, sop) {
  if (!lines.some(Boolean) && sop && sop.library) {
    return el("h2", {}, text, " ", el("button", { type: "button", class: "line", onclick: () => act.explain(sop.name, sop.label) }, "library, line " + sop.library));
  }
  return el("h2", {}, text, " ", lines.filter(Boolean).map((line) => el("button", { type: "button", class: "line", onclick: () => act.line(line), onmouseenter: () => act.light(["line:" + line]), onmouseleave: () => act.light(null) }, "line " + line)));
}

/** The s-op that a part is for, where it stands in the machine. */
const made = (story, name) => story.machine.sops.find((sop) => sop.name === name);

const said = (text) => el("p", { class: "said" }, text);

function editBanner(story, view, act) {
  const m = story.machine;
  const differs = differing(m);
  const verdict = m.failure ? ["The program fails with this value: ", m.failure.message, "."]
    : differs.size ? ["Transformer and interpreter differ: ", m.output.join(" "), " and ", m.expected.join(" "), "."]
      : ["Transformer and interpreter agree: both now answer ", el("b", { class: "mono" }, m.output.join(" ")), "."];
  return el("div", { class: "editbanner" },
    view.edits.map((edit) => el("div", { class: "edited" }, el("b", {}, "◆ Edited: " + edit.sop + "[" + edit.position + "] = " + edit.value), edit.was === undefined ? "" : el("span", { class: "soft" }, " was " + edit.was))),
    el("p", {}, verdict),
    m.kept ? el("p", { class: "soft" }, "So that it can be set, " + m.kept.replace(/,/g, " and ") + " has directions of its own in this machine.") : null,
    el("button", { type: "button", onclick: () => act.undo() }, "Undo"));
}

function head(story, part, view, act) {
  const nodes = [title("Layer " + part.layer + ", head " + part.head, [part.line], act, made(story, part.name)), said(sentenceOf(purpose(part)))];
  if (part.knockedOut) nodes.push(el("p", { class: "edited" }, "Knocked out: it writes nothing."));
  const tabs = ["selector", "scores", "weights"];
  nodes.push(el("div", { class: "tabs", role: "tablist", "aria-label": "What the lens shows" }, tabs.map((tab) => el("button", {
    type: "button", role: "tab", "aria-selected": String((view.lens ?? "selector") === tab), onclick: () => act.lens(tab),
  }, tab === "selector" ? "Selector" : tab === "scores" ? "Scores" : "Weights"))));
  if (view.lens === "scores") nodes.push(...scores(story, part, view));
  else if (view.lens === "weights") nodes.push(...weights(part));
  else nodes.push(...matrices(story, part, view, act), table(story, part, view, act));
  nodes.push(el("dl", {}, rowsOf(story, part)));
  const share = part.bos[view.position] ?? 0;
  if (part.mask) {
    const none = !keysOf(part, view.position).length;
    if (none && part.does === "fetch") nodes.push(note("No key is selected here, so the attention goes to BOS, which holds the default."));
    else if (share > 0.5) nodes.push(note("BOS holds " + percent(share) + " of this position's attention: it is what the head compares with to count."));
    else if (share > 0.001) nodes.push(note("BOS takes part with a share of " + percent(share) + "."));
  }
  nodes.push(el("button", { type: "button", onclick: () => act.knock(part.id) }, part.knockedOut ? "Put it back" : "Knock out this head"));
  return nodes;
}

const note = (text) => el("p", { class: "soft" }, text);
const sentenceOf = (text) => text.charAt(0).toUpperCase() + text.slice(1) + ".";

export function percent(share) {
  if (share > 0.9995) return share === 1 ? "all" : "nearly all";
  if (share >= 0.01) return Math.round(share * 100) + " %";
  return share === 0 ? "none" : power(share);
}

/** 1.9e-22 as 1.9 × 10⁻²². */
function power(number) {
  const [digits, exponent] = number.toExponential(1).split("e");
  return digits + " × 10" + [...exponent.replace("+", "")].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)])).join("");
}

/** A name that the program does not have, but a formula: whole for whoever points at it. */
const shortened = (name) => (name.length > MOST_NAME ? el("span", { title: name }, name.slice(0, MOST_NAME - 1) + "…") : name);

function rowsOf(story, part) {
  const used = { q: [], k: [], v: [], m: [], w: [] };
  for (const lane of story.machine.lanes) {
    for (const use of lane.read) if (use.part === part.id && !used[use.as].includes(lane.label)) used[use.as].push(lane.label);
    for (const use of lane.written) if (use.part === part.id) used.w.push(lane.label);
  }
  const row = (word, names, cls) => (names.length ? [el("dt", {}, word), el("dd", { class: cls + " mono" }, names.map((name, i) => [i ? ", " : "", shortened(name)]))] : null);
  return [row("query", used.q, "q"), row("key", used.k, "k"), row("value", used.v, "v"), row("reads", used.m, ""), row("writes", used.w, "")];
}

/** Selector and pattern side by side: rows ask, columns answer. */
function matrices(story, part, view, act) {
  const n = story.n;
  const size = Math.max(6, Math.min(20, Math.floor((n > 8 ? 250 : 120) / n)));
  const nodes = [];
  const widest = Math.max(1e-300, ...part.pattern.flat());
  const cell = (query, shade, followed, label) => el("td", {
    class: (shade > 0 ? "cell" : "") + (followed ? " mine" : ""), style: { "--shade": String(shade), width: size + "px", height: size + "px" }, title: label, onclick: () => act.follow(query),
  });
  const heading = (bos) => el("tr", {}, el("td", { class: "corner" }), bos ? el("th", { scope: "col", "aria-label": "BOS" }, "B") : null, Array.from({ length: n }, (x, key) => el("th", { scope: "col", "aria-label": key }, n <= 16 || key % 5 === 0 ? key : "")));
  if (part.mask) {
    nodes.push(el("figure", {}, el("figcaption", {}, "selector ", el("span", { class: "mono" }, simple(part.selector) ? part.selector : "")),
      el("table", { class: "matrix", "aria-label": "selector" }, heading(false), Array.from({ length: n }, (x, query) => el("tr", {}, el("th", { scope: "row", "aria-label": query, class: query === view.position ? "strong" : "" }, n <= 16 || query % 5 === 0 ? query : ""),
        part.mask[query].map((bit, key) => cell(query, bit, query === view.position, bit ? "selected" : "not selected")))))));
  }
  const withoutBos = part.mask && part.bos.some((share) => share > 0.999) && part.mask.flat().some((bit) => bit);
  nodes.push(el("figure", {}, el("figcaption", {}, "attention pattern"),
    el("table", { class: "matrix", "aria-label": "attention pattern" }, heading(true), Array.from({ length: n }, (x, query) => el("tr", {}, el("th", { scope: "row", "aria-label": query, class: query === view.position ? "strong" : "" }, n <= 16 || query % 5 === 0 ? query : ""),
      cell(query, part.bos[query] < 0.005 ? 0 : part.bos[query], query === view.position, "BOS: " + percent(part.bos[query])),
      part.pattern[query].map((share, key) => cell(query, share < 0.005 ? 0 : share, query === view.position, percent(share))))))));
  return [el("div", { class: "pair" + (n > 8 ? " tall" : "") }, nodes), note("Rows ask, columns answer. B is BOS." + (withoutBos ? " Shares too small to draw still count: they are multiplied by a large value." : ""))];
}


function table(story, part, view, act) {
  if (!part.mask) return null;
  const counts = part.does === "count";
  const tests = part.tests.filter((test) => !(test.key.constant && test.query.constant) && !truth(test));
  const rows = [];
  const from = Math.max(0, Math.min(view.position - 12, story.n - 25));
  for (let p = from; p < Math.min(story.n, from + 25); p++) {
    const keys = keysOf(part, p);
    rows.push(el("tr", { class: p === view.position ? "here" : "", onclick: () => act.follow(p) }, el("td", {}, p),
      tests.length ? el("td", { class: "q" }, tests.map((test, i) => [el("span", { class: "whole" }, (test.op === "==" ? "" : test.op + " ") + (test.query.values ?? [])[p]), i + 1 < tests.length ? ", " : ""])) : null,
      el("td", { class: "k" }, keys.length ? (keys.length > 6 ? keys.slice(0, 5).join(" ") + " …" : keys.join(" ")) : "none"),
      el("td", { class: "v" }, counts ? keys.length : rounded(part.result ? part.result[p] : ""))));
  }
  return el("table", { class: "facts", "aria-label": "what each position finds" }, el("tr", {}, el("th", {}, "position"), tests.length ? el("th", {}, "asks for") : null, el("th", {}, counts ? "finds keys" : "finds it at"), el("th", {}, counts ? "counts" : "brings")), rows);
}

function scores(story, part, view) {
  if (!view.scores || view.scores.id !== part.id) return [note("Working them out …")];
  const row = view.scores.values[view.position + 1];
  const best = Math.max(...row.filter((x) => typeof x === "number"));
  const shares = [part.bos[view.position], ...part.pattern[view.position]];
  return [note("How well each key matches the query of position " + view.position + ". Softmax makes shares of scores: the highest wins, and a gap of 50 leaves 2 × 10⁻²² of the attention."),
    el("table", { class: "facts", "aria-label": "scores" }, el("tr", {}, el("th", {}, "key"), el("th", {}, "score"), el("th", {}, "share")), row.map((score, key) => el("tr", { class: score === best ? "here" : "" },
      el("td", {}, key === 0 ? "BOS" : "position " + (key - 1)), el("td", { class: "mono" }, typeof score === "number" ? String(Number(score.toPrecision(6))) : "masked"), el("td", { class: "mono whole" }, percent(shares[key])))))];
}

function weights(part) {
  if (!part.qk || !part.qk.length) return [note("Nothing is compared: every key has the same score.")];
  const of = new Map(part.qk.map((e) => [e.query + "\n" + e.key, e.weight]));
  const most = Math.max(...part.qk.map((e) => Math.abs(e.weight)));
  const seen = part.qk.filter((e) => Math.abs(e.weight) >= most / 100);
  const queries = [...new Set(seen.map((e) => e.query))];
  const keys = [...new Set(seen.map((e) => e.key))];
  const unit = common(seen.map((e) => Math.abs(e.weight)));
  const text = (weight) => (weight > 0 ? "+" : "−") + String(Number((Math.abs(weight) / unit).toPrecision(3)));
  return [el("h3", {}, "What it compares: W_QK" + (unit === 1 ? "" : ", × " + Number(unit.toPrecision(4)))), el("div", { class: "wide" }, el("table", { class: "heat", "aria-label": "W_QK" }, el("tr", {}, el("td", { class: "corner" }), keys.map((k) => el("th", { class: "k", scope: "col" }, plainLabel(k)))),
    queries.map((q) => el("tr", {}, el("th", { class: "q", scope: "row" }, plainLabel(q)), keys.map((k) => {
      const weight = of.get(q + "\n" + k);
      return weight !== undefined && Math.abs(weight) >= most / 100
        ? el("td", { class: weight > 0 ? "plus" : "minus", style: { "--shade": String(Math.abs(weight) / most) } }, text(weight)) : el("td");
    }))))), note("A score is the sum over these: what the query holds, times the weight, times what the key holds. Empty cells are less than a hundredth of the largest.")];
}

const plainLabel = (text) => label(text.replace(/^(\w+)#\d+\b/, "$1"));

/** A number of which all are small multiples, so that a table shows these; 1 if there is none. */
function common(weights) {
  const unit = Math.min(...weights);
  return weights.every((weight) => weight / unit < 100 && Math.abs(weight / unit - Math.round(weight / unit)) < 0.02) ? unit : 1;
}

function units(story, part, view, act) {
  const count = part.groups.reduce((sum, group) => sum + group.units, 0);
  const nodes = [title("Layer " + part.layer + ", MLP", [...new Set(part.groups.map((group) => group.line))], act, part.groups.map((group) => made(story, group.name)).find(Boolean)), said(sentenceOf(purpose(part)))];
  for (const group of part.groups) {
    if (!group.result || !group.reads.length) continue;
    const reads = group.square ? [{ name: group.sop, values: group.result }] : group.reads.filter((read) => read.values);
    const cases = new Map();
    for (let p = 0; p < story.n; p++) {
      const inside = reads.map((read) => read.values[p]);
      const key = JSON.stringify(inside);
      const writes = group.square ? [String(Number(group.result[p]) ** 2)] : group.results.map((one) => one.values[p]);
      if (!cases.has(key)) cases.set(key, { inside, writes, at: [] });
      cases.get(key).at.push(p);
    }
    nodes.push(el("h3", {}, (group.square ? "square of " : "") + (group.results.map((one) => one.name).join(" and ") || group.description || "") + (part.groups.length > 1 ? ": " + group.units + (group.units === 1 ? " unit" : " units") : "")), el("table", { class: "facts", "aria-label": "cases" }, el("tr", {}, reads.map((read) => el("th", {}, read.name)), group.results.map((one) => el("th", {}, group.results.length > 1 ? one.name : "writes")), el("th", {}, "here at")),
      [...cases.values()].slice(0, 20).map((one) => el("tr", { class: one.at.includes(view.position) ? "here" : "", onclick: () => act.follow(one.at[0]) }, one.inside.map((value) => cell(value)), one.writes.map((value) => cell(value, "strong")), el("td", {}, listed(one.at))))));
  }
  nodes.push(el("dl", {}, rowsOf(story, part), el("dt", {}, "costs"), el("dd", {}, count + (count === 1 ? " hidden unit" : " hidden units"))), note("No position looks at another here: an MLP works inside its column."));
  return nodes;
}

function sop(story, step, view, act) {
  if (step.kind === "embed") {
    return [el("h2", {}, "The embedding"), said("Every position starts with its own token and its own index, and knows nothing of the others."), stream(story, view, act, true)];
  }
  const sopOf = step.sop;
  const nodes = [title(sopOf.label, [sopOf.line], act, sopOf)];
  nodes.push(said(step.kind === "answer" ? "The answer is read from the residual stream by the unembedding." : "It is not stored in the stream: the parts that read it work it out as they read."));
  const words = sopOf.words ?? (sopOf.text && sopOf.text !== sopOf.name ? label(sopOf.text) : null);
  if (words) nodes.push(el("pre", { class: "text" }, words));
  nodes.push(el("table", { class: "facts", "aria-label": "values" }, el("tr", {}, el("th", {}, "position"), el("th", {}, "value"), el("th", {}, "interpreter")),
    Array.from({ length: Math.min(story.n, 40) }, (x, p) => el("tr", { class: p === view.position ? "here" : "", onclick: () => act.follow(p) }, el("td", {}, p), cell((step.kind === "answer" ? story.machine.output : sopOf.values ?? [])[p]), cell((sopOf.expected ?? [])[p])))));
  if (step.kind === "answer") nodes.push(stream(story, view, act), costs(story));
  return nodes;
}

/** A value; of a long number all digits are there for whoever points at it. */
function cell(value, kind = "") {
  const text = rounded(value ?? "–");
  return el("td", { class: ("mono " + kind).trim(), title: text === value ? null : value }, text);
}

function costs(story) {
  const m = story.machine.model;
  const count = (number, word) => el("li", {}, number + " " + word + (number === 1 ? "" : "s"));
  const heads = m.heads_per_layer.reduce((a, b) => a + b, 0);
  const hidden = m.mlp_per_layer.reduce((a, b) => a + b, 0);
  return el("details", {}, el("summary", {}, "What the machine costs"), el("ul", {}, count(m.n_layers, "layer"), count(heads, "head"), count(hidden, "hidden unit"), count(m.d_model, "direction"), count(m.parameters, "parameter"), el("li", {}, m.nonzeros + " of them not zero")));
}

/** What stands in the residual stream at the followed position, lane by lane; at the embedding only what that has written. */
function stream(story, view, act, embedding) {
  const lanes = story.machine.lanes.filter((lane) => !embedding || lane.written.some((use) => /embed$/.test(use.part)));
  const rows = lanes.map((lane) => el("tr", {}, el("td", { class: "mono lanename" }, el("button", { type: "button", class: "link", title: "Who writes and reads it", onclick: () => act.lane(lane.name) }, shortened(lane.label)), lane.directions > 1 ? el("span", { class: "soft" }, " × " + lane.directions) : null, exactly(lane)), el("td", { class: "mono lanecell" }, held(story, lane, view.position))));
  return [el("h3", {}, "The residual stream at position " + view.position), el("table", { class: "facts", "aria-label": "residual stream" }, el("tr", {}, el("th", {}, "lane × directions"), el("th", {}, "holds")), rows)];
}

/** What a lane holds at a position, where that is known: an s-op's value or the number made of it, what stands at BOS alone or everywhere. */
function held(story, lane, p) {
  if (lane.name === "bos") return "0 (1 at BOS)";
  if (lane.name === "one") return "1";
  if (lane.held) return lane.held[p] === null ? "" : String(Number(Number(lane.held[p]).toPrecision(6)));
  if (lane.directions === 1 && lane.holds) return "";
  const name = lane.name.replace(/#\d+$/, "");
  const known = story.machine.sops.find((sop) => sop.name === name || (name.startsWith("tokens") && sop.name === "tokens"));
  const value = known ? (known.answer ? story.machine.output : known.values ?? [])[p] : undefined;
  return value === undefined ? "" : rounded(value);
}

/** What a lane holds in words, where its name does not say it already. */
const exactly = (lane) => (lane.holds && lane.name !== "bos" && lane.holds !== lane.label ? el("div", { class: "soft small" }, lane.holds) : null);

function lane(story, view, act) {
  const found = story.machine.lanes.find((one) => one.name === view.lane);
  if (!found) return [];
  const words = { q: "as query", k: "as key", v: "as value", m: "in the MLP", u: "in the unembedding" };
  return [title(found.label, [], act), said(found.directions === 1 ? "One direction of the residual stream." : found.directions + " directions of the residual stream, one for each value."),
    el("dl", {}, el("dt", {}, "written by"), el("dd", {}, listed([...new Set(found.written.map((u) => u.part))]) || "the embedding"), el("dt", {}, "read by"), el("dd", {}, found.read.map((u) => el("div", {}, u.part + " " + words[u.as])))),
    stream(story, view, act), el("button", { type: "button", onclick: () => act.lane(null) }, "Close")];
}

