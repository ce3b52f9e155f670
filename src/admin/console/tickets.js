// The tickets of a sandbox with their countdowns, and one ticket with everything that happened to it.

import { change, get, query } from "./api.js";
import { badge, button, callPlace, el, fill, select, tell, textField, ticketPlace } from "./dom.js";
import { attempt, oneAtATime } from "./problem.js";
import { snippetsToBegin, vendorSelect } from "./snippets.js";
import { longTable } from "./table.js";
import { statusWord, word } from "./words.js";
import { formatSpan, formatTime, shortTime, worldNow } from "./world_clock.js";

const TONES = { live: "good", expired: "warn", "used-up": "warn", revoked: "bad" };
const PAGE = 200;

export const statusBadge = (status) => badge(statusWord(status), TONES[status] ?? "plain");

/** What a ticket opens, in one line. */
function targetText(target) {
  return Object.entries(target).filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name} ${value}`).join(", ");
}

/** The same in a few letters. */
const targetBrief = (target) => Object.values(target).filter((value) => value !== null && value !== undefined).join(" / ");

function usesText(ticket) {
  return ticket.uses_left === null ? `${ticket.uses} / ∞` : `${ticket.uses} / ${ticket.uses + ticket.uses_left}`;
}

/** The ticket as it is by the clock: nobody tells when one expires by itself. */
const statusNow = (ticket, now) =>
  (ticket.status === "live" && now !== null && Date.parse(ticket.expires_at) <= now ? "expired" : ticket.status);

function countdown(ticket, now) {
  const left = now === null ? 0 : Date.parse(ticket.expires_at) - now;
  return statusNow(ticket, now) === "live" ? formatSpan(left) : "–";
}

export function show(place) {
  return place.name === "ticket" && place.id ? showTicket(place) : showList(place);
}

async function endTicket(problems, ticket, how) {
  const [method, path, news] = how === "expire"
    ? ["POST", `tickets/${encodeURIComponent(ticket.id)}/expire`, "expired"]
    : ["DELETE", `tickets/${encodeURIComponent(ticket.id)}`, "revoked"];
  const ended = await attempt(problems, () => change(method, path));
  if (ended) tell(word(news, { id: ticket.id.slice(0, 8) }));
  return ended;
}

/** A link to the ticket's page, with what following it does; `brief` leaves that to whoever asks. */
function openLink(ticket, brief) {
  if (!ticket.link) return null;
  const does = word(statusNow(ticket, worldNow()) === "live" ? "openTakes" : "openRefused");
  return el("a.button", { href: ticket.link, target: "_blank", rel: "noopener noreferrer", referrerpolicy: "no-referrer",
    title: does, "aria-label": `${does} ${ticket.id}` }, brief ? word("open") : does);
}

function actionButtons(ticket, problems, done) {
  const act = (how) => async () => { if (await endTicket(problems, ticket, how)) done(); };
  const live = statusNow(ticket, worldNow()) === "live";
  return [
    openLink(ticket, true),
    live ? button(word("expire"), act("expire"), { class: "small end", "aria-label": `${word("expire")} ${ticket.id}` }) : null,
    live ? button(word("revoke"), act("revoke"), { class: "small end", "aria-label": `${word("revoke")} ${ticket.id}` }) : null,
  ];
}

// The list -------------------------------------------------------------------------------------------------------------

function showList({ title }) {
  const filter = { vendor: "", status: "", text: "" };
  const problems = el("div");
  const count = el("span.count", { "aria-live": "off" });
  const empty = el("div.empty");
  let next = null;
  let total = 0;
  let loaded = 0;
  let generation = 0;
  let loadingMore = false;

  const fits = (ticket) => !filter.text || JSON.stringify([ticket.id, ticket.target, ticket.user]).toLowerCase().includes(filter.text);
  const table = longTable({
    caption: word("tickets"),
    keyOf: (ticket) => ticket.id,
    loadMore,
    columns: [
      { name: "ticket", title: word("ticket"), cell: (ticket) => el("a.id", { href: ticketPlace(ticket.id) }, ticket.id) },
      { name: "vendor.hide", title: word("vendor"), cell: (ticket) => ticket.vendor },
      { name: "target.hide", title: word("target"), cell: (ticket) => el("span", { title: targetText(ticket.target) }, targetBrief(ticket.target)) },
      { name: "status", title: word("status"), cell: (ticket) => statusBadge(statusNow(ticket, worldNow())) },
      { name: "ends", title: word("ends"), cell: (ticket) => countdown(ticket, worldNow()) },
      { name: "uses.hide", title: word("uses"), cell: usesText },
      { name: "buttons", title: word("actions"), cell: (ticket) => actionButtons(ticket, problems, refresh) },
    ],
  });

  const load = (limit, cursor) => get(`tickets${query({ vendor: filter.vendor, status: filter.status, limit, cursor })}`);

  async function loadMore() {
    if (loadingMore || next === null || table.isFull()) return;
    loadingMore = true;
    const began = generation;
    const page = await attempt(problems, () => load(PAGE, next));
    loadingMore = false;
    if (!page || began !== generation) return;
    next = page.next;
    loaded += page.tickets.length;
    table.append(page.tickets.filter(fits));
    drawCount();
  }

  // Everything that was loaded is asked for again, so that each row is as it is now.
  const refresh = oneAtATime(async () => {
    generation += 1;
    const began = generation;
    const page = await attempt(problems, () => load(Math.min(Math.max(loaded, PAGE), 10000)));
    if (!page || began !== generation) return;
    ({ next, total } = page);
    loaded = page.tickets.length;
    const old = new Map(table.items().map((ticket) => [JSON.stringify(ticket), ticket]));
    table.update(page.tickets.filter(fits).map((ticket) => old.get(JSON.stringify(ticket)) ?? ticket));
    drawCount();
  }, 250);

  function renew() {
    loaded = 0;
    table.set([]);
    return refresh();
  }

  function drawCount() {
    const shown = table.items().length;
    count.textContent = word("count", { shown, total });
    const unfiltered = !filter.vendor && !filter.status && !filter.text;
    table.node.hidden = shown === 0;
    empty.hidden = shown > 0;
    if (shown > 0) fill(empty);
    else if (!unfiltered) fill(empty, el("p", {}, word("noTicketsFit")));
    else if (empty.childElementCount === 0) fill(empty, el("p", {}, word("noTickets")), snippetsToBegin());
  }

  const set = (key) => (value) => {
    filter[key] = key === "text" ? value.toLowerCase() : value;
    fill(empty);
    renew();
  };
  const statuses = ["live", "expired", "used-up", "revoked"].map((status) => [status, statusWord(status)]);
  const bar = el("div.bar", {}, title,
    vendorSelect(set("vendor")),
    select(word("status"), [["", word("all")], ...statuses], "", set("status")),
    textField(word("filter"), "", set("text"), { placeholder: word("filterTickets") }), count);
  refresh();

  return {
    node: el("section.list", {}, bar, problems, empty, table.node),
    fills: true,
    heard: (name) => { if (name !== "rule") refresh(); },
    renew,
    tick(now) {
      let ended = false;
      for (const row of table.node.querySelectorAll("tr[data-key]")) {
        const cell = row.querySelector(".ends");
        const text = countdown(row.item, now);
        if (cell.textContent === text) continue;
        cell.textContent = text;
        if (statusNow(row.item, now) !== row.item.status) ended = true;
      }
      if (ended) refresh();
    },
  };
}

// One ticket -----------------------------------------------------------------------------------------------------------

function showTicket({ id, title }) {
  const problems = el("div");
  const content = el("div");
  let ticket = null;
  const left = el("dd.mono");

  const refresh = oneAtATime(async () => {
    const path = `tickets/${encodeURIComponent(id)}`;
    const found = await attempt(problems, () => get(`${path}/timeline`));
    if (!found) {
      // What was known of it is of an emulator that is gone, or of a time before a reset.
      ticket = null;
      fill(content);
      return;
    }
    ({ ticket } = found);
    fill(content, aboutTicket(ticket), timeline(ticket, found.calls));
    tick(worldNow());
  }, 250);

  function aboutTicket(one) {
    const fact = (name, value) => (value === undefined || value === null || value === "" ? null : [el("dt", {}, word(name)), el("dd", {}, value)]);
    return el("section.panel", {}, el("h2.id", {}, one.id),
      el("dl.facts", {}, fact("status", statusBadge(statusNow(one, worldNow()))), fact("vendor", `${one.vendor} ${one.kind}`),
        fact("target", targetText(one.target)), fact("user", one.user ? `${one.user.id} (${one.user.organization})` : word("nobody")),
        fact("uses", `${word("usedTimes", { used: one.uses })}, ${one.uses_left === null ? word("noLimit") : word("usesLeft", { left: one.uses_left })}`),
        fact("issuedAt", one.issued_at), fact("endsAt", one.expires_at), [el("dt", {}, word("ends")), left],
        [["GlobalParam", one.global_param], ["WatermarkParam", one.watermark], ["ConfigParam", one.config_param]]
          .filter(([, value]) => value).map(([name, value]) => [el("dt", {}, name), el("dd.mono", {}, value)])),
      el("div.row", {}, openLink(one, false), actionButtons(one, problems, refresh).slice(1),
        statusNow(one, worldNow()) === "live" ? el("a.button", { href: `#/clock/${encodeURIComponent(one.expires_at)}` }, word("toItsEnd")) : null));
  }

  function timeline(one, calls) {
    const lines = calls.map((call) => el("li", {}, el("span.mono.soft", {}, shortTime(call.at)), " ",
      el("a", { href: callPlace(call.request_id) }, call.action), " ",
      call.code ? badge(call.code, "bad") : null, " ", el("span", { lang: "en" }, call.effect.says)));
    const last = calls.at(-1);
    const status = statusNow(one, worldNow());
    if (status !== "live" && last?.effect.after.status !== status) {
      // Whoever ends a ticket by hand brings its end to that moment.
      const isOver = status === "expired" && one.updated_at !== one.expires_at;
      const at = status === "expired" ? one.expires_at : one.updated_at;
      lines.push(el("li", {}, el("span.mono.soft", {}, shortTime(at)), " ", statusBadge(status), " ", word(isOver ? "byTime" : "byHand")));
    }
    return el("section.panel", {}, el("h2", {}, word("timeline")),
      lines.length > 0 ? el("ol.timeline", {}, lines) : el("p.soft", {}, word("timelineEmpty")));
  }

  function tick(now) {
    if (!ticket || now === null) return;
    left.textContent = statusNow(ticket, now) === "live" ? formatSpan(Date.parse(ticket.expires_at) - now) : "–";
    if (statusNow(ticket, now) !== ticket.status) refresh();
  }

  title.textContent = word("ticket");
  refresh();
  return {
    node: el("div", {}, el("p", {}, el("a", { href: "#/tickets" }, `← ${word("backToList")}`)), title, problems, content),
    heard: (name, data) => { if (name === "call" || name === "clock" || name === "reset" || data.ticket === id) refresh(); },
    renew: refresh,
    tick,
  };
}
