// The catalogue of error codes: search one and arm it, so that the next call that can give it gets it.

import { change, get, query } from "./api.js";
import { badge, button, callPlace, el, fill, select, tell, textField } from "./dom.js";
import { attempt, oneAtATime } from "./problem.js";
import { vendorSelect } from "./snippets.js";
import { word } from "./words.js";
import { shortTime } from "./world_clock.js";

/** Rules of this name were made here, for one call each. */
const ARMED = "armed-";

/** What the call that used a rule is known by. */
const usedBy = new Map();

/** Matching calls until an armed rule fires; 0 when its call has been. */
const callsUntil = (rule) => (rule.hits > 0 ? 0 : Math.max(0, rule.calls - rule.eligible));

/** Whether a call can be of both targets: `vendor.Action`, or `vendor.*` for every one. */
function overlap(one, other) {
  const [[vendor, action], [otherVendor, otherAction]] = [one.split("."), other.split(".")];
  return vendor === otherVendor && (action === otherAction || action === "*" || otherAction === "*");
}

/**
 * Makes the next call of `on` end in the code, or the one behind those that codes are armed for already. A run does not have
 * to make that call.
 */
export async function armCode(code, on, sandbox) {
  const { rules } = await get(`rules${query({ sandbox })}`);
  const ahead = rules.filter((rule) => rule.id.startsWith(ARMED) && overlap(rule.on, on)).map(callsUntil);
  const id = ARMED + Date.now().toString(36);
  const rule = { id, on, calls: Math.max(0, ...ahead) + 1, then: { error: code }, optional: true };
  await change("POST", `rules${query({ sandbox })}`, rule);
  tell(word("armedFor", { on, code }));
}

let catalogue = null;
const loadCatalogue = () => (catalogue ??= get("codes?sandbox=default").catch((error) => {
  catalogue = null;
  throw error;
}));

export function show({ title }) {
  const filter = { vendor: "", text: "", on: "" };
  const problems = el("div");
  const armedList = el("ul.steps", { id: "armed" });
  const clear = button(word("clearUsed"), clearUsed, { class: "small", hidden: true });
  const count = el("span.count", { "aria-live": "polite" });
  const body = el("tbody");
  const table = el("table", {}, el("caption.quiet", {}, word("codes")), el("thead", {}, el("tr", {},
    [["code", ""], ["meaning", ""], ["givenBy", "hide"], ["actions", ""]].map(([name, tone]) => el("th", { scope: "col", class: tone }, word(name))))), body);
  const none = el("p.empty", { hidden: true }, word("noCodes"));
  const onBox = el("span");
  let rows = [];
  let spent = [];

  /** A code has a row for each of its texts; they are one here. */
  function group(codes) {
    const found = new Map();
    for (const one of codes) {
      const key = `${one.vendor} ${one.code} ${one.on[0]}`;
      if (found.has(key)) found.get(key).texts.push(one);
      else found.set(key, { ...one, texts: [one] });
    }
    return [...found.values()];
  }

  const textsOf = ({ texts }) => [...new Set(texts.flatMap((one) => [one.message, one.message_chinese]).filter(Boolean))];
  const fits = (row) => (!filter.vendor || row.vendor === filter.vendor) && (!filter.on || row.on.includes(filter.on))
    && filter.text.split(/\s+/).every((piece) => [row.code, row.class, ...textsOf(row), ...row.texts.flatMap((one) => one.reasons)].join("\n").toLowerCase().includes(piece));

  function draw() {
    const list = rows.filter(fits);
    count.textContent = word("count", { shown: list.length, total: rows.length });
    none.hidden = list.length > 0;
    table.hidden = list.length === 0;
    fill(body, list.map(codeRow));
  }

  function codeRow(row) {
    const on = filter.on || row.on[0];
    const arm = async () => {
      if (await attempt(problems, () => armCode(row.code, on).then(() => true))) refresh();
    };
    const tone = { documented: "documented", seen: "seen", assumed: "assumedEvidence" }[row.evidence] ?? row.evidence;
    return el("tr", {},
      el("th.mono", { scope: "row" }, row.code, el("div.soft", {}, `${row.vendor} · ${row.http_status ?? ""} · ${word(tone)}`)),
      el("td", {}, textsOf(row).map((text) => el("div", {}, text))),
      el("td.hide", { lang: "en" }, row.given_by),
      el("td", {}, button(word("arm"), arm, { class: "small", "aria-label": word("armLabel", { code: row.code, on }) })));
  }

  function armedItem({ rule, call }) {
    const code = rule.then.error;
    const left = callsUntil(rule);
    const waits = left > 1 ? word("armedBehind", { on: rule.on, count: left - 1 }) : word("armedWaiting", { on: rule.on });
    const state = rule.hits === 0 ? [badge(word(left > 0 ? "armed" : "armedMissed"), left > 0 ? "warn" : "bad"), " ", left > 0 ? waits : word("armedMissedWhy")]
      : [badge(word("armedUsed"), "good"), " ", call
        ? el("a", { href: callPlace(call.request_id) }, word("armedUsedBy", { id: call.request_id.slice(0, 8), time: shortTime(call.at) }))
        : null];
    const end = word(rule.hits === 0 ? "disarm" : "remove");
    const disarm = async () => {
      await attempt(problems, () => change("DELETE", `rules/${encodeURIComponent(rule.id)}`));
      refresh();
    };
    return el("li", { "data-rule": rule.id }, el("strong.mono", {}, code), " ", state, " ",
      button(end, disarm, { class: "small", "aria-label": `${end} ${code}, ${rule.id}` }));
  }

  const refresh = oneAtATime(async () => {
    const found = await attempt(problems, () => get("rules"));
    if (!found) return;
    const armed = found.rules.filter((rule) => rule.id.startsWith(ARMED));
    spent = armed.filter((rule) => callsUntil(rule) === 0);
    if (spent.some((rule) => rule.hits > 0 && !usedBy.has(rule.id))) await findUses();
    clear.hidden = spent.length === 0;
    fill(armedList, armed.length === 0 ? el("li.soft", {}, word("noneArmed"))
      : armed.reverse().map((rule) => armedItem({ rule, call: usedBy.get(rule.id) })));
  }, 100);

  async function findUses() {
    const page = await attempt(problems, () => get("journal?limit=1000"));
    for (const call of page?.entries ?? []) if (call.rule?.startsWith(ARMED)) usedBy.set(call.rule, call);
  }

  async function clearUsed() {
    for (const rule of spent) await attempt(problems, () => change("DELETE", `rules/${encodeURIComponent(rule.id)}`));
    refresh();
  }

  attempt(problems, loadCatalogue).then((found) => {
    rows = group(found?.codes ?? []);
    drawTargets();
    draw();
  });

  function drawTargets() {
    const targets = [...new Set(rows.filter((row) => !filter.vendor || row.vendor === filter.vendor).flatMap((row) => row.on))].sort();
    if (!targets.includes(filter.on)) filter.on = "";
    fill(onBox, select(word("on"), [["", word("anyTarget")], ...targets.map((target) => [target, target])], filter.on, set("on"), { id: "on" }));
  }

  function set(key) {
    return (value) => {
      filter[key] = key === "text" ? value.toLowerCase() : value;
      if (key === "vendor") drawTargets();
      draw();
    };
  }
  refresh();

  const bar = el("div.bar", {}, textField(word("filter"), "", set("text"), { type: "search", placeholder: word("searchCodes"), size: 30, id: "search" }),
    vendorSelect(set("vendor")), onBox, count);
  return {
    node: el("div", {}, title, el("section.panel", {}, el("h2", {}, word("armed")), armedList, clear), problems, bar, none,
      el("div.panel.tight", { tabindex: "0", role: "region", "aria-label": word("codes") }, table)),
    heard(name, data) {
      if (name === "rule" && data.rule.startsWith(ARMED)) {
        usedBy.set(data.rule, data);
        const code = armedList.querySelector(`[data-rule="${CSS.escape(data.rule)}"] strong`)?.textContent ?? data.rule;
        tell(word("usedNow", { code }));
      }
      if (name === "rule" || name === "reset" || name === "scenario") refresh();
    },
    renew: refresh,
  };
}
