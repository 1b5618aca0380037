// The program and its lesson, over the machine where the page is too narrow for both.

import { byId } from "./dom.js";
import { paintProgram } from "./render.js";

export function drawer(open) {
  document.body.classList.toggle("drawer", open);
  byId("programbutton").setAttribute("aria-expanded", String(open));
  if (open) paintProgram();
}
