// The clock of the sandbox, and what a move of it would do before it is made.

import { change } from "./api.js";
import { button, el, fill, tell, textField, ticketPlace } from "./dom.js";
import { attempt } from "./problem.js";
import { statusBadge } from "./tickets.js";
import { word } from "./words.js";
import { formatSpan, formatTime, isFrozen, offsetSeconds, setClock, shortTime, worldNow } from "./world_clock.js";

const JUMPS = ["1m", "10m", "1h", "4h", "5h", "1 day"];
/** Transitions that are shown; the count tells of the rest. */
const SHOWN = 200;

export function show({ title, id }) {
  const problems = el("div");
  const time = el("p.big", { id: "world-time" });
  const mode = el("p.soft");
  const preview = el("section.panel", { id: "preview", "aria-live": "polite", hidden: true });
  const backwards = el("input", { type: "checkbox" });
  let span = "";
  let point = "";

  function draw() {
    const now = worldNow();
    if (now === null) return;
    time.textContent = `${formatTime(now)} ${word("utc")}`;
    const offset = offsetSeconds();
    const apart = Math.abs(offset) < 2 ? word("together") : word(offset > 0 ? "apart" : "behind", { span: formatSpan(Math.abs(offset) * 1000) });
    const text = `${word(isFrozen() ? "frozen" : "running")}, ${apart}`;
    if (mode.textContent !== text) {
      mode.textContent = text;
      freeze.textContent = word(isFrozen() ? "resume" : "freeze");
      toWall.hidden = Math.abs(offset) < 2;
    }
  }

  async function move(wish) {
    const moved = await attempt(problems, () => change("POST", "clock", wish));
    if (!moved) return;
    setClock(moved);
    preview.hidden = true;
    tell(word("clockMoved", { time: formatTime(Date.parse(moved.now)), count: moved.total }));
    draw();
  }

  /** The API's hint is for programs; here there is a box to tick. */
  function inOurWords(error) {
    if (error.kind === "backwards") error.hint = word("backwardsHint");
    throw error;
  }

  async function look(wish) {
    const asked = { allow_backwards: backwards.checked, ...wish };
    const found = await attempt(problems, () => change("POST", "clock", { ...asked, dry_run: true }).catch(inOurWords));
    preview.hidden = !found;
    if (!found) return;
    const rows = found.transitions.slice(0, SHOWN).map((change) => el("tr", {},
      el("td.mono", {}, shortTime(change.at)),
      el("td", {}, el("a.id", { href: ticketPlace(change.ticket) }, change.ticket)),
      el("td", {}, change.vendor), el("td", {}, statusBadge(change.became))));
    const jump = button(word("jumpNow"), () => move(asked), { class: "strong" });
    fill(preview, el("h2", {}, word("preview")), el("p", {}, word("wouldBe", { time: `${formatTime(Date.parse(found.now))} ${word("utc")}` })),
      found.total === 0 ? el("p.soft", {}, word("nothingEnds"))
        : [el("p", {}, word("wouldChange", { count: found.total })),
          el("div.tight", { tabindex: "0", role: "region", "aria-label": word("preview") }, el("table", {}, el("caption.quiet", {}, word("preview")), el("thead", {}, el("tr", {},
            ["time", "ticket", "vendor", "became"].map((name) => el("th", { scope: "col" }, word(name))))), el("tbody", {}, rows)))],
      el("div.row", {}, jump, button(word("cancel"), () => { preview.hidden = true; })));
    jump.focus();
  }

  const freeze = button("", () => move(isFrozen() ? { resume: true } : { freeze: true }));
  const toWall = button(word("toWall"), () => {
    const wall = worldNow() - offsetSeconds() * 1000;
    look({ set: `${new Date(wall).toISOString().slice(0, 19)}Z`, allow_backwards: true });
  });
  const asForm = (field, wish) => el("form.row", { on: { submit: (event) => {
    event.preventDefault();
    look(wish(event.target.querySelector("input").value.trim()));
  } } }, field, el("button", { type: "submit" }, word("previewButton")));

  draw();
  // A link may name the time to jump to; it is looked at, and no more.
  if (id) look({ set: id });
  return {
    node: el("div", {}, title, problems,
      el("section.panel", {}, el("h2", {}, word("now")), time, mode, el("div.row", {}, freeze, toWall)),
      el("section.panel", {}, el("h2", {}, word("jump")),
        el("div.row", {}, JUMPS.map((by) => button(`+${by}`, () => look({ advance: by })))),
        asForm(textField(word("jumpBy"), span, (text) => { span = text; }, { size: 12 }), (advance) => ({ advance })),
        asForm(textField(word("jumpTo"), point, (text) => { point = text; }, { size: 22 }), (set) => ({ set })),
        el("label.field", {}, backwards, el("span", {}, word("backwards")))),
      preview),
    tick: draw,
    heard: () => {},
    renew: draw,
  };
}
