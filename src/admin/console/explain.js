// One call: the diagnosis first, then where the two sides of a signature part, the steps, and what came and went.

import { get } from "./api.js";
import { armCode } from "./codes.js";
import { diffTable } from "./diff.js";
import { badge, button, copyable, el, fill, ticketPlace } from "./dom.js";
import { attempt } from "./problem.js";
import { copyWords, word } from "./words.js";

/** How a call ended, with its code. */
export function resultBadge(call) {
  if (call.outcome === "success") return badge(`${call.http_status} ${word("success")}`, "good");
  if (call.outcome === "refused") return badge(call.code, "bad");
  return badge(call.outcome === "lost" ? word("lostReply") : word("scripted"), "warn");
}

/** A node that shows the call of this id, wherever its journal is. */
export function explainCall(id) {
  const problems = el("div");
  const content = el("article", { "aria-busy": "true" }, el("p.soft", {}, word("loading")));
  attempt(problems, () => get(`journal/${encodeURIComponent(id)}?sandbox=*`)).then((entry) => {
    content.removeAttribute("aria-busy");
    fill(content, entry ? entryParts(entry, problems) : null);
  });
  return el("div", {}, problems, content);
}

function entryParts(entry, problems) {
  const explanation = entry.explanation;
  return [
    el("h2", {}, `${entry.vendor}.${entry.action} `, resultBadge(entry)),
    diagnosis(entry, explanation, problems),
    signatureTexts(explanation),
    steps(explanation.steps),
    effects(explanation.tickets),
    changes(explanation.things ?? []),
    facts(entry),
    el("div.sides", {}, message("request", entry.request, `${entry.request.method} ${entry.request.target}`),
      message("answer", entry.answer, entry.answer.status === 0 ? word("lostReply") : `HTTP ${entry.answer.status}`)),
    assumptions(explanation.assumptions),
  ];
}

function diagnosis(entry, { wrong, advice, mistake, rule, rule_place: place }, problems) {
  const byRule = rule ? el("p", {}, el("a", { href: "#/rules" }, word("byRule", { rule: place ? `${rule} (${place})` : rule }))) : null;
  if (!wrong) return el("section.panel.diagnosis.fine", {}, el("p", {}, word("allWell")), byRule);
  const arm = entry.code && entry.action !== "look" && entry.action !== "data"
    ? button(word("armThis", { code: entry.code }), () => attempt(problems, () => armCode(entry.code, targetOf(entry), entry.sandbox)), { class: "small" })
    : null;
  return el("section.panel.diagnosis", {},
    el("dl", { lang: "en" }, el("dt", { lang: "" }, word("wrong")), el("dd", {}, wrong),
      mistake && mistake.says !== wrong ? el("dd", {}, mistake.says) : null,
      advice ? [el("dt", { lang: "" }, word("advice")), el("dd", {}, advice)] : null),
    byRule, arm);
}

const targetOf = (entry) => `${entry.vendor}.${entry.action}`;

/** The signed texts: both where the client's is known, else the one that has to be. */
function signatureTexts({ steps: all, mistake }) {
  const step = all.find((one) => one.outcome === "refused" && one.string_to_sign);
  if (!step) return null;
  const kinds = [["canonical", step.canonical_request, mistake?.client_canonical_request],
    ["stringToSign", step.string_to_sign, mistake?.client_string_to_sign]];
  return kinds.filter(([, server]) => server).map(([name, server, client]) => {
    const of = word(name);
    if (client && client !== server) {
      return el("section.panel", {}, el("h3", {}, word("diffTitle", { of })), el("div.tight", {}, diffTable(client, server)));
    }
    return el("section.panel", {}, el("h3", {}, word("toSign", { of })), copyable(server, copyWords(), { label: of }));
  });
}

function steps(all) {
  const line = (step) => el("li", {}, badge(step.outcome, { refused: "bad", passed: "good" }[step.outcome] ?? "plain"), " ",
    el("strong", {}, step.step), step.detail ? `: ${step.detail}` : "", sides(step));
  const sides = ({ expected, got }) => (expected || got
    ? el("dl.facts", {}, expected ? [el("dt", { lang: "" }, word("expected")), el("dd.mono", {}, expected)] : null,
      got ? [el("dt", { lang: "" }, word("got")), el("dd.mono", {}, got)] : null)
    : null);
  const notable = all.filter((step) => step.outcome !== "passed" && step.outcome !== "skipped");
  const quiet = all.filter((step) => !notable.includes(step));
  return el("section.panel", {}, el("h3", {}, word("steps")),
    el("ol.steps", { lang: "en" }, notable.map(line)),
    quiet.length > 0
      ? el("details", {}, el("summary", {}, word("stepsPassed", { count: quiet.length })), el("ol.steps", { lang: "en" }, quiet.map(line)))
      : null);
}

function effects(tickets) {
  if (tickets.length === 0) return null;
  return el("section.panel", {}, el("h3", {}, word("effects")), el("ul.steps", {}, tickets.map((ticket) =>
    el("li", {}, el("a.id", { href: ticketPlace(ticket.id) }, ticket.id), " ", el("span", { lang: "en" }, ticket.says)))));
}

function changes(things) {
  if (things.length === 0) return null;
  return el("section.panel", {}, el("h3", {}, word("things")), el("ul.steps", { lang: "en" }, things.map((thing) =>
    el("li", {}, `${thing.kind} `, el("span.id", {}, thing.id), ` ${thing.says}`))));
}

function facts(entry) {
  const rows = [["requestId", entry.request_id], ["sandbox", entry.sandbox], ["time", entry.at], ["client", entry.client],
    ["took", `${entry.duration_us} µs`],
    ["signed", entry.signed && [entry.signed.scheme, entry.signed.key, entry.signed.at].filter(Boolean).join(", ")],
    ["delivery", entry.delivery.kind === "whole" && !entry.delivery.delayed_ms ? null
      : [entry.delivery.kind, entry.delivery.how, entry.delivery.delayed_ms && `${entry.delivery.delayed_ms} ms`].filter(Boolean).join(", ")]];
  return el("section.panel", {}, el("h3", {}, word("facts")), el("dl.facts", {}, rows.filter(([, value]) => value)
    .map(([name, value]) => [el("dt", {}, word(name)), el("dd.mono", {}, value)])));
}

function message(name, { headers, body }, first) {
  const rows = headers.map((header) => el("tr", {}, el("td.mono", {}, header.name), el("td.mono", {}, header.value)));
  const head = el("tr", {}, el("th", { scope: "col" }, word("headerName")), el("th", { scope: "col" }, word("headerValue")));
  const text = body.text ?? "";
  return el("section.panel", {}, el("h3", {}, word(name)), el("p.mono", {}, first),
    el("details", {}, el("summary", {}, `${word("headers")} (${headers.length})`), el("div.tight", { tabindex: "0", role: "region", "aria-label": `${word(name)}: ${word("headers")}` },
      el("table", {}, el("thead", {}, head), el("tbody", {}, rows)))),
    text ? copyable(readable(text), copyWords(), { label: `${word(name)}: ${word("body")}` }) : el("p.soft", {}, body.bytes > 0 ? `${body.bytes} B` : word("emptyBody")));
}

/** JSON in lines; everything else as it is. */
function readable(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

function assumptions(list) {
  if (list.length === 0) return null;
  return el("section.panel", {}, el("details", {}, el("summary", {}, `${word("assumed")} (${list.length})`),
    el("ul", {}, list.map(({ name, choice }) => el("li.mono", {}, `${name} = ${choice}`)))));
}
