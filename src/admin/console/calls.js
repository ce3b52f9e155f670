// The journal: what came, newest first, and beside it why a call was answered as it was.

import { get, isEverySandbox, query } from "./api.js";
import { badge, callPlace, el, fill, textField } from "./dom.js";
import { explainCall, resultBadge } from "./explain.js";
import { attempt, oneAtATime } from "./problem.js";
import { snippetsToBegin, vendorSelect } from "./snippets.js";
import { longTable } from "./table.js";
import { word } from "./words.js";
import { shortTime } from "./world_clock.js";

const PAGE = 200;
/** Entries that are asked for when something has happened; more only where none of them is known. */
const NEWEST = 40;

/** An entry of the journal keeps its name as long as it is there. */
const keyOf = (entry) => (entry.kind === "call" ? `${entry.sandbox}/${entry.request_id}` : `${entry.sandbox}/${entry.kind}/${entry.received}`);

export function show(place) {
  const { title } = place;
  const filter = { vendor: "", action: "", code: "", kind: "" };
  const problems = el("div");
  const count = el("span.count");
  const empty = el("div.empty");
  const detail = el("section.detail", { "aria-label": word("call"), tabindex: "-1" });
  let chosen = null;
  let next = null;
  let total = 0;
  let dropped = 0;
  let loading = false;
  let generation = 0;

  const isCall = (entry) => entry.kind === "call";
  const table = longTable({
    caption: word("calls"),
    keyOf,
    loadMore,
    rowClass: (entry) => (isCall(entry) ? null : "note"),
    isChosen: (entry) => isCall(entry) && entry.request_id === chosen,
    columns: [
      { name: "time", title: word("time"), cell: (entry) => el("span", { title: entry.at }, shortTime(entry.at)) },
      { name: "action", title: word("action"), cell: (entry) => (isCall(entry)
        ? el("a", { href: callPlace(entry.request_id) }, `${entry.vendor}.${entry.action}`)
        : el("span", { title: entry.text }, `${entry.kind}: ${entry.text}`)) },
      { name: "code", title: word("result"), cell: (entry) => (isCall(entry) ? resultBadge(entry) : null) },
      { name: "rule.hide", title: word("rule"), cell: (entry) => (entry.rule ? badge(entry.rule, "warn") : isEverySandbox() ? entry.sandbox : null) },
      { name: "took.hide.num", title: word("took"), cell: (entry) => (isCall(entry) ? `${(entry.duration_us / 1000).toFixed(1)} ms` : null) },
    ],
  });

  const load = (limit, cursor) => get(`journal${query({ ...filter, limit, cursor })}`);

  async function loadMore() {
    if (loading || next === null || table.isFull()) return;
    loading = true;
    const began = generation;
    const page = await attempt(problems, () => load(PAGE * 5, next));
    loading = false;
    if (!page || began !== generation) return;
    next = page.next;
    const known = new Set(table.items().map(keyOf));
    table.append(page.entries.filter((entry) => !known.has(keyOf(entry))));
    drawCount();
  }

  async function renew() {
    generation += 1;
    const began = generation;
    const page = await attempt(problems, () => load(PAGE));
    if (!page || began !== generation) return;
    ({ next, total, dropped } = page);
    table.set(page.entries);
    drawCount();
  }

  /** What is new stands on top; the rest stays as it is. */
  const refresh = oneAtATime(async () => {
    const began = generation;
    const page = await attempt(problems, () => load(NEWEST));
    if (!page || began !== generation) return;
    const known = new Set(table.items().slice(0, 4 * NEWEST).map(keyOf));
    const fresh = page.entries.filter((entry) => !known.has(keyOf(entry)));
    if (fresh.length === page.entries.length && page.next !== null) {
      await renew();
      return;
    }
    ({ total, dropped } = page);
    if (fresh.length > 0) table.prepend(fresh);
    drawCount();
  }, 200);

  function drawCount() {
    const shown = table.items().length;
    count.textContent = word("count", { shown, total }) + (dropped > 0 ? ` · ${word("dropped", { count: dropped })}` : "");
    const unfiltered = !filter.vendor && !filter.action && !filter.code;
    table.node.hidden = shown === 0;
    empty.hidden = shown > 0;
    if (shown > 0) fill(empty);
    else if (!unfiltered) fill(empty, el("p", {}, word("noCallsFit")));
    else if (empty.childElementCount === 0) fill(empty, el("p", {}, word("noCalls")), snippetsToBegin());
  }

  function choose({ id }) {
    const before = chosen;
    chosen = id;
    split.classList.toggle("chosen", Boolean(id));
    split.classList.toggle("alone", !id);
    detail.hidden = !id;
    table.draw(true);
    if (!id) {
      fill(detail);
      if (before) table.focusRow((entry) => entry.request_id === before);
      return;
    }
    fill(detail, el("p", {}, el("a", { href: "#/calls" }, `← ${word("backToList")}`)), explainCall(id));
    detail.scrollTop = 0;
    if (place.id !== id || before) detail.focus({ preventScroll: true });
  }

  const set = (key) => (value) => {
    filter[key] = value;
    fill(empty);
    renew();
  };
  const notes = el("input", { type: "checkbox", on: { change: () => set("kind")(notes.checked ? "all" : "") } });
  const bar = el("div.bar", {}, title,
    vendorSelect(set("vendor")),
    textField(word("action"), "", set("action"), { size: 16 }), textField(word("code"), "", set("code"), { size: 18 }),
    el("label.field", {}, notes, el("span", {}, word("notes"))), count);
  const split = el("div.split", {}, el("section.list", {}, empty, table.node), detail);
  renew();
  choose(place);

  return {
    node: el("div.filled", {}, bar, problems, split),
    fills: true,
    choose,
    heard(name) {
      if (name === "reset") renew();
      else if (name !== "ticket" && name !== "rule") refresh();
    },
    renew,
  };
}
