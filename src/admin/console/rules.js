// The rules in force with their counters, and the scenario with its verdicts.

import { chosenSandbox, change, get, send } from "./api.js";
import { badge, button, callPlace, el, fill, tell } from "./dom.js";
import { attempt, oneAtATime } from "./problem.js";
import { word } from "./words.js";

const TONES = { pass: "good", fail: "bad", vacuous: "warn", indeterminate: "warn" };
const COUNTED = ["id", "on", "where", "reaches", "eligible", "hits"];

export function show({ title }) {
  const problems = el("div");
  const list = el("section.panel");
  const scenario = el("section.panel");
  let drawn = "";

  const refresh = oneAtATime(async () => {
    const found = await attempt(problems, () => get("scenario"));
    // What is the same stays, so that nobody loses the place.
    const text = JSON.stringify(found);
    if (!found || text === drawn) return;
    drawn = text;
    drawRules(found.rules);
    drawScenario(found);
  }, 250);

  const act = (method, path, body) => async () => {
    await attempt(problems, () => change(method, path, body));
    refresh();
  };

  function drawRules(rules) {
    const head = ["id", "on", "where", "then", "eligible", "hits", "actions"];
    const rows = rules.map((rule) => el("tr", {}, el("th.mono", { scope: "row" }, rule.id), el("td.mono", {}, rule.on),
      el("td.mono", {}, rule.where ? JSON.stringify(rule.where) : ""), el("td.mono", {}, effectText(rule)),
      el("td.num", {}, rule.eligible), el("td.num", {}, rule.hits),
      el("td", {}, button(word("remove"), act("DELETE", `rules/${encodeURIComponent(rule.id)}`), { class: "small", "aria-label": word("removeRule", { id: rule.id }) }))));
    fill(list, el("h2", {}, word("rules")), rules.length === 0
      ? el("p.soft", {}, word("noRules"))
      : [el("div.tight", { tabindex: "0", role: "region", "aria-label": word("rules") }, el("table", {}, el("caption.quiet", {}, word("rules")),
        el("thead", {}, el("tr", {}, head.map((name) => el("th", { scope: "col" }, word(name))))), el("tbody", {}, rows))),
      button(word("removeRules"), act("DELETE", "rules"), { class: "small" })]);
  }

  /** Everything of a rule that says what it does and when. */
  function effectText(rule) {
    const rest = Object.entries(rule).filter(([key, value]) => !COUNTED.includes(key) && value !== null && value !== false);
    return rest.map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`).join("\n");
  }

  function drawScenario(view) {
    const verdict = badge(view.verdict, TONES[view.verdict]);
    const evidence = (ids) => ids.slice(0, 5).map((id) => [el("a.id", { href: callPlace(id) }, id.slice(0, 8)), " "]);
    const rows = view.expectations.map(({ verdict: own, message, evidence: ids, ...expect }) => el("tr", {},
      el("td.mono", {}, JSON.stringify(expect)), el("td", {}, badge(own, TONES[own])), el("td", { lang: "en" }, message), el("td", {}, evidence(ids))));
    fill(scenario, el("h2", {}, word("scenario")), view.name === null || view.name === undefined
      ? el("p.soft", {}, word("noScenario"))
      : [el("p", {}, el("strong", {}, view.name), " ", verdict, " ", view.about ?? ""),
        view.complaints.length > 0 ? el("ul", { lang: "en" }, view.complaints.map((text) => el("li", {}, text))) : null,
        rows.length > 0 ? el("div.tight", { tabindex: "0", role: "region", "aria-label": word("scenario") }, el("table", {}, el("caption.quiet", {}, word("scenario")),
          el("thead", {}, el("tr", {}, ["expectation", "verdict", "message", "evidenceCalls"].map((name) => el("th", { scope: "col" }, word(name))))),
          el("tbody", {}, rows))) : null,
        button(word("endScenario"), act("DELETE", "scenario"), { class: "small" })]);
  }

  /** A form for a text of a file of ours. */
  function writing(label, hint, method, path, action, done) {
    const area = el("textarea", { rows: 6, spellcheck: "false", placeholder: hint });
    const own = el("div");
    const put = async (event) => {
      event.preventDefault();
      const answer = await attempt(own, () => send(method, path, { body: area.value, yaml: true }).then((sent) => sent.json()));
      if (!answer) return;
      area.value = "";
      done(answer);
      refresh();
    };
    return el("form.panel", { on: { submit: put } }, el("label.field.wide", {}, label, area), own, el("div.row", {}, el("button", { type: "submit" }, action)));
  }

  const resetAll = async () => {
    if (await attempt(problems, () => change("POST", "reset", {}))) tell(word("resetDone", { id: chosenSandbox() }));
  };
  refresh();
  return {
    node: el("div", {}, title, problems, list, scenario,
      writing(word("newRule"), "on: alibaba.CreateTicket\ncalls: { first: 2 }\nthen: { error: Throttling.User }", "POST", "rules", word("addRule"),
        (rule) => tell(word("ruleAdded", { id: rule.id }))),
      writing(word("playScenario"), "ticketbooth: 1\nname: mine\nrules: []", "PUT", "scenario", word("play"), () => {}),
      button(word("reset"), resetAll)),
    heard: refresh,
    renew: refresh,
  };
}
