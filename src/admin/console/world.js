// What provokes each code: the things of the demo world, mistakes of a call, and switches.

import { get } from "./api.js";
import { badge, copyable, el, fill, select, textField } from "./dom.js";
import { attempt } from "./problem.js";
import { vendorSelect } from "./snippets.js";
import { copyWords, word } from "./words.js";

const NEEDS = { request: "needsRequest", world: "needsWorld", switch: "needsSwitch" };

export function show({ title }) {
  const filter = { vendor: "", needs: "world", text: "" };
  const problems = el("div");
  const body = el("tbody");
  const count = el("span.count", { "aria-live": "polite" });
  const none = el("p.empty", { hidden: true }, word("noExamples"));
  const head = el("tr", {}, ["provokes", "how", "line"].map((name) => el("th", { scope: "col" }, word(name))));
  const table = el("table", {}, el("caption.quiet", {}, word("world")), el("thead", {}, head), body);
  let rows = [];

  const fits = (row) => (!filter.vendor || row.vendor === filter.vendor) && (!filter.needs || row.needs === filter.needs)
    && filter.text.split(/\s+/).every((piece) => `${row.code} ${row.about} ${row.line}`.toLowerCase().includes(piece));

  function draw() {
    const list = rows.filter(fits);
    count.textContent = word("count", { shown: list.length, total: rows.length });
    none.hidden = list.length > 0;
    table.hidden = list.length === 0;
    fill(body, list.map((row) => el("tr", {},
      el("th.mono", { scope: "row" }, row.code, el("div.soft", {}, row.vendor)),
      el("td", { lang: "en" }, row.about, row.switch ? [el("br"), badge(row.switch, "warn")] : null),
      el("td", {}, copyable(row.line, copyWords(), { label: row.line })))));
  }

  const set = (key) => (value) => {
    filter[key] = key === "text" ? value.toLowerCase() : value;
    draw();
  };
  attempt(problems, () => get("examples?sandbox=default")).then((found) => {
    rows = found?.examples ?? [];
    draw();
  });
  const needs = [["", word("all")], ...Object.entries(NEEDS).map(([value, name]) => [value, word(name)])];
  return {
    node: el("div", {}, title, el("p.soft", {}, word("worldAbout")), problems,
      el("div.bar", {}, textField(word("filter"), "", set("text"), { type: "search", size: 24 }), vendorSelect(set("vendor")),
        select(word("needs"), needs, filter.needs, set("needs")), count), none,
      el("div.panel.tight", { tabindex: "0", role: "region", "aria-label": word("world") }, table)),
    heard: () => {},
  };
}
