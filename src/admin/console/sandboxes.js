// The sandboxes: making one, choosing one, its keys, taking one away.

import { change, chosenSandbox, get } from "./api.js";
import { badge, button, el, fill, tell, textField } from "./dom.js";
import { attempt, oneAtATime } from "./problem.js";
import { word } from "./words.js";

/** Sandboxes that are listed; the count tells of the rest. */
const SHOWN = 300;

export function show({ title }) {
  const problems = el("div");
  const list = el("section.panel");
  const departed = el("section.panel", { hidden: true });
  const keys = el("section.panel", { id: "keys", hidden: true, tabindex: "-1" });
  const wish = { name: "", clock: "" };
  const choose = (id) => document.dispatchEvent(new CustomEvent("choose-sandbox", { detail: id }));

  const refresh = oneAtATime(async () => {
    const found = await attempt(problems, () => get("sandboxes?sandbox=default"));
    if (!found) return;
    const head = ["sandbox", "world", "seed", "clock", "tickets", "calls", "test", "actions"];
    const rows = found.sandboxes.slice(0, SHOWN).map((one) => el("tr", {},
      el("th.mono", { scope: "row" }, one.id, " ", one.id === chosenSandbox() ? badge(word("chosen"), "good") : null),
      el("td", {}, one.world), el("td.num", {}, one.seed), el("td", {}, `${one.clock.now.replace("T", " ").replace("Z", "")} ${word(one.clock.mode)}`),
      el("td.num", {}, one.tickets), el("td.num", {}, one.calls), el("td", {}, originText(one.origin)), el("td", {}, buttons(one))));
    fill(list, el("p.count.soft", {}, word("count", { shown: rows.length, total: found.total })),
      el("div.tight", { tabindex: "0", role: "region", "aria-label": word("sandboxes") }, el("table", {}, el("caption.quiet", {}, word("sandboxes")),
        el("thead", {}, el("tr", {}, head.map((name) => el("th", { scope: "col" }, word(name))))), el("tbody", {}, rows))));
    departed.hidden = found.departed.length === 0;
    fill(departed, el("h2", {}, word("departed")), el("ul", {}, found.departed.slice(-SHOWN).map((one) =>
      el("li", {}, `${one.id} · ${word("calls")}: ${one.calls} ${originText(one.origin)}`))));
  }, 500);

  const originText = (origin) => (origin ? [origin.test, origin.file && `${origin.file}:${origin.line ?? ""}`].filter(Boolean).join(" ") : "");

  function buttons({ id }) {
    const remove = async () => {
      if (!(await attempt(problems, () => change("DELETE", `sandboxes/${encodeURIComponent(id)}?sandbox=default`)))) return;
      tell(word("removed", { id }));
      document.dispatchEvent(new CustomEvent("sandboxes-changed"));
      if (id === chosenSandbox()) choose("default");
      else refresh();
    };
    return el("div.row", {},
      id === chosenSandbox() ? null : button(word("use"), () => choose(id), { class: "small", "aria-label": `${word("use")} ${id}` }),
      button(word("keys"), () => showKeys(id), { class: "small", "aria-label": word("keysOf", { id }) }),
      id === "default" ? null : button(word("remove"), remove, { class: "small", "aria-label": `${word("remove")} ${id}` }));
  }

  async function showKeys(id) {
    const found = await attempt(problems, () => get(`sandboxes/${encodeURIComponent(id)}?sandbox=default`));
    if (!found) return;
    // The keys of a world of one's own stand for themselves; those of another sandbox for the ones of its world.
    const isRekeyed = found.keys.some((key) => key.stands_for !== key.id);
    const head = isRekeyed ? ["vendor", "standsFor", "id", "secret"] : ["vendor", "id", "secret"];
    const cells = (key) => (isRekeyed ? [key.vendor, key.stands_for, key.id, key.secret] : [key.vendor, key.id, key.secret]);
    keys.hidden = false;
    fill(keys, el("h2", {}, word("keysOf", { id })), el("div.tight", { tabindex: "0", role: "region", "aria-label": word("keysOf", { id }) },
      el("table", {}, el("caption.quiet", {}, word("keys")), el("thead", {}, el("tr", {}, head.map((name) => el("th", { scope: "col" }, word(name))))),
        el("tbody", {}, found.keys.map((key) => el("tr", {}, cells(key).map((text) => el("td.mono", {}, text))))))));
    keys.focus();
  }

  async function make(event) {
    event.preventDefault();
    const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value));
    const made = await attempt(problems, () => change("POST", "sandboxes?sandbox=default", given));
    if (!made) return;
    tell(word("made", { id: made.id }));
    document.dispatchEvent(new CustomEvent("sandboxes-changed"));
    await refresh();
    showKeys(made.id);
  }

  const form = el("form.panel", { on: { submit: make } }, el("h2", {}, word("makeSandbox")), el("div.row", {},
    textField(word("name"), "", () => {}, { on: { input: (event) => { wish.name = event.target.value.trim(); } } }),
    textField(word("clockSpec"), "", () => {}, { on: { input: (event) => { wish.clock = event.target.value.trim(); } }, size: 28 }),
    el("button", { type: "submit" }, word("makeSandbox"))));
  refresh();
  return { node: el("div", {}, title, problems, list, keys, form, departed), heard: refresh, renew: refresh };
}
