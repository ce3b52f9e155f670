// An error, in full and with what to do about it.

import { el, fill } from "./dom.js";
import { word } from "./words.js";

/** The error for people. What the API says stays in its language. */
export function problemBox(error) {
  return el("div.problem", { role: "alert", lang: "en" },
    el("pre", {}, error.message),
    error.hint ? el("div", {}, `${word("hint")}: ${error.hint}`) : null);
}

/** Does `work`, and shows in `place` what goes wrong; gives what `work` gives, or undefined. */
export async function attempt(place, work) {
  fill(place);
  try {
    return await work();
  } catch (error) {
    if (error.name !== "AbortError") fill(place, problemBox(error));
    return undefined;
  }
}

/** The same function, of which one run at a time takes place, and one more at the end of those that came meanwhile. */
export function oneAtATime(work, pause = 0) {
  let running = false;
  let again = false;
  return async function run() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await work();
      if (pause > 0) await new Promise((resume) => { setTimeout(resume, pause); });
    } while (again);
    running = false;
  };
}
