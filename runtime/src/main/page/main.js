// Where the page begins: its buttons, its keys, and its address are listened to.

import { byId, el, put } from "./dom.js";
import { isForeign } from "./address.js";
import { render } from "./render.js";
import { typed } from "./computing.js";
import { drawer } from "./drawer.js";
import { watchEditor } from "./editor.js";
import { publish } from "./engine.js";
import { tellNames } from "./hover.js";
import { copyLink, keysHelp, toggleCompare, toggleLecture, toggleTheme, watchKeys } from "./keys.js";
import { fromAddress, learning, openNamed, openOwn } from "./opening.js";
import { act, comparing, data, lessons, page, state } from "./page.js";
import { compareNow } from "./sides.js";
import { go, stepping } from "./steps.js";
import { touching } from "./touch.js";

/** So long a window must keep its size to be drawn anew, in milliseconds. */
const SIZED = 60;

const onClick = (id, act) => byId(id).addEventListener("click", act);

/** The list of all that can be opened. */
function offer() {
  const select = byId("open");
  put(select, el("option", { value: "" }, data.open ? data.open.name : "Your program"),
    lessons.length ? el("optgroup", { label: "Lessons" }, lessons.map((one) => el("option", { value: "lesson:" + one.name }, Number(one.name.slice(0, 2)) + " " + (one.parsed.head.title ?? one.name)))) : null,
    data.examples.length ? el("optgroup", { label: "Examples" }, data.examples.map((one) => el("option", { value: "example:" + one.name }, one.name))) : null);
  select.addEventListener("change", () => {
    if (select.value) openNamed(select.value);
    else if (data.open) openOwn();
    select.blur();
  });
}

function buttons() {
  onClick("back", () => go(state.step - 1));
  onClick("forward", () => go(state.step + 1));
  onClick("lecture", toggleLecture);
  onClick("theme", toggleTheme);
  onClick("compare", toggleCompare);
  onClick("help", keysHelp);
  onClick("copy", copyLink);
  onClick("longer", () => act.longest(1));
  onClick("shorter", () => act.longest(-1));
  onClick("programbutton", () => drawer(!document.body.classList.contains("drawer")));
  byId("causal").addEventListener("change", (event) => act.causal(event.target.checked));
}

/** What the browser tells: another address, paper, another size or scheme. */
function surroundings() {
  const moved = () => { if (isForeign()) fromAddress(); };
  addEventListener("hashchange", moved);
  addEventListener("popstate", moved);
  addEventListener("beforeprint", () => { page.printing = true; render(); });
  addEventListener("afterprint", () => { page.printing = false; render(); });
  let sizing = 0;
  addEventListener("resize", () => { clearTimeout(sizing); sizing = setTimeout(() => { render(); if (comparing()) compareNow(); }, SIZED); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => render());
}

publish();
Object.assign(act, stepping, touching, learning);
offer();
const editor = watchEditor(byId("source"), typed);
buttons();
tellNames((word) => page.story?.machine.sops.find((sop) => sop.name === word));
watchKeys(editor);
surroundings();
fromAddress();
