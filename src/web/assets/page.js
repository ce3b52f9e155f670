// A page from its opening to its end: data, filters, the strip of the booth, and messages to the page around it.

const page = document.getElementById("page");
const booth = document.getElementById("booth");
const find = (name) => document.querySelector(`[data-testid=${name}]`);

// Messages. What a vendor documents goes to whoever is around the page; what is ours only to who asked for it.
let listens = false;
let lastEvent = { event: page ? "opened" : "refused" };

function tellOurs(event, more = {}) {
  lastEvent = { event, ...more };
  if (listens) parent.postMessage({ source: "ticketbooth", ...lastEvent }, "*");
}

function tellHeight() {
  const name = page?.dataset.heightName;
  if (name === undefined || parent === window) return;
  parent.postMessage({ height: document.documentElement.scrollHeight, pageId: name }, "*");
}

addEventListener("message", (message) => {
  if (message.source !== parent || parent === window || typeof message.data !== "object" || message.data === null) return;
  if (message.data.getDashboardHeight === true) tellHeight();
  if (message.data.ticketbooth === "listen") {
    listens = true;
    tellOurs(lastEvent.event, lastEvent);
  }
});

const choices = {};
const faces = { workbook: workbookFace, screen: screenFace, retrieval: retrievalFace, analysis: analysisFace,
  "data-entry": entryFace, chat: chatFace };

/** The query of the link without what opens it. */
function linkWithoutTicket() {
  const link = new URLSearchParams(location.search);
  ["accessTicket", "accessToken", "signature", "token"].forEach((name) => link.delete(name));
  return link.toString();
}

async function fetchData() {
  const answer = await fetch(page.dataset.path, {
    method: "POST",
    referrerPolicy: "no-referrer",
    headers: { "content-type": "application/json", "x-ticketbooth-session": page.dataset.session },
    body: JSON.stringify({ Token: page.dataset.session, Link: linkWithoutTicket(), Choices: choices }),
  });
  const body = await answer.json();
  return { exhibit: body.data?.value ?? body.Response?.Data,
    refusal: { code: body.code ?? body.Response?.Error?.Code, text: body.message ?? body.Response?.Error?.Message } };
}

/** Fetches the figures and shows them, or why there are none. Gives whether there are. */
async function load() {
  const { exhibit, refusal } = await fetchData();
  if (!exhibit) {
    showEnd({ kind: refusal.code ?? "", text: refusal.text ?? words.ended });
    return false;
  }
  showFilters(exhibit);
  const draw = page.dataset.component === "true" ? componentFace : faces[page.dataset.kind] ?? dashboardFace;
  const face = document.getElementById("face");
  face.replaceChildren(...draw(exhibit, page.dataset.subject));
  face.removeAttribute("aria-busy");
  document.getElementById("head").classList.toggle("unseen", exhibit.hides_head);
  return true;
}

function showFilters(exhibit) {
  const room = document.getElementById("filters");
  const held = room.contains(document.activeElement) ? document.activeElement.id : "";
  const field = (choice) => element("label", { class: "field", title: choice.is_fixed ? words.settled : undefined },
    element("span", {}, choice.label),
    element("select", { id: `field-${choice.name}`, "data-testid": `embed-field-${choice.name}`, disabled: choice.is_fixed, change: (event) => {
      choices[choice.name] = event.target.value;
      load().then((shown) => shown && tellOurs("filtered"));
    } },
    element("option", { value: "" }, choice.is_fixed && !choice.chosen ? words.settled : words.all),
    ...choice.members.map((member) => element("option", { value: member, selected: member === choice.chosen }, member))));
  const chip = (filter) => element("li", { class: filter.applied ? "chip" : "chip is-idle", "data-testid": "embed-filter",
    "data-name": filter.name, "data-applied": String(filter.applied) },
  element("b", {}, filter.label), ` ${filter.text} `,
  element("small", {}, filter.applied ? words[filter.origin] : `${words.notApplied}: ${filter.why}`));
  const chips = exhibit.filters.filter((filter) => filter.origin !== "visitor").map(chip);
  const offersFields = page.dataset.component !== "true" && page.dataset.kind !== "chat" && page.dataset.kind !== "data-entry";
  room.replaceChildren(...[
    offersFields ? element("div", { class: "fields", role: "group", "aria-label": words.filters }, ...exhibit.choices.map(field)) : undefined,
    chips.length ? element("ul", { class: "chips", "aria-label": words.filters }, ...chips) : undefined,
  ].filter(Boolean));
  if (held) document.getElementById(held)?.focus();
}

// The end of a page, and its healing.
let end;

function showEnd({ kind, text }) {
  if (end?.dataset.kind === kind) return;
  end?.remove();
  end = element("section", { class: "end", role: "alert", "data-testid": "embed-ended", "data-kind": kind },
    element("h2", {}, words.ended), element("p", {}, text));
  page.append(end);
  document.getElementById("face").inert = true;
  document.getElementById("filters").inert = true;
  tellOurs("ended", { kind });
}

async function healPage() {
  if (!await load()) return;
  end.remove();
  end = undefined;
  document.getElementById("face").inert = false;
  document.getElementById("filters").inert = false;
  tellOurs("healed");
}

// The pulse: what the emulator says of the ticket now. It is asked while somebody looks, and when time is up.
const PULSE_EVERY = 2000;
const clock = { now: Number(booth?.dataset.now), frozen: booth?.dataset.frozen === "true", ends: Number(booth?.dataset.ends), read: performance.now() };
let asking = false;

async function takePulse() {
  if (asking || document.hidden) return;
  asking = true;
  try {
    const answer = await fetch(page.dataset.pulse, { referrerPolicy: "no-referrer", headers: { "x-ticketbooth-session": page.dataset.session } });
    const pulse = await answer.json();
    if (pulse.known) showState(pulse);
    if (pulse.ended) showEnd(pulse.ended);
    else if (end) await healPage();
    else if (!pulse.known) await load();
    booth.classList.remove("is-alone");
  } catch {
    booth.classList.add("is-alone");
  } finally {
    asking = false;
  }
}

function showState(pulse) {
  Object.assign(clock, { now: pulse.now, frozen: pulse.frozen, ends: pulse.expires_at, read: performance.now() });
  find("embed-uses-left").textContent = pulse.uses_left ?? words.unlimited;
  find("embed-expires-at").textContent = pulse.expires_text;
  showCountdown();
}

function secondsLeft() {
  const since = clock.frozen ? 0 : Math.floor((performance.now() - clock.read) / 1000);
  return Math.max(0, clock.ends - clock.now - since);
}

function showCountdown() {
  const left = secondsLeft();
  const two = (number) => String(number).padStart(2, "0");
  const days = Math.floor(left / 86400);
  const text = `${days ? `${days} ${words.day} ` : ""}${two(Math.floor(left / 3600) % 24)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
  const shown = find("embed-countdown");
  shown.textContent = clock.frozen ? `${text} (${words.stands})` : text;
  shown.classList.toggle("is-late", left < 60);
  return left;
}

function keepTime() {
  const before = secondsLeft();
  setInterval(() => {
    if (showCountdown() === 0 && before > 0 && !end && !clock.frozen) takePulse();
  }, 1000);
  setInterval(takePulse, PULSE_EVERY);
  document.addEventListener("visibilitychange", takePulse);
  // A page that comes back from where a browser keeps it whole is the same document, and takes nothing.
  addEventListener("pageshow", (event) => { if (event.persisted) takePulse(); });
}

function repeatWatermark() {
  const first = document.querySelector(".watermark span");
  if (!first) return;
  for (let count = 1; count < 24; count += 1) first.parentNode.append(element("span", {}, first.textContent));
}

async function openPage() {
  const { kind, component } = page.dataset;
  document.getElementById("kind").textContent = component === "true" ? words.component : words.kinds[kind] ?? kind;
  repeatWatermark();
  showCountdown();
  keepTime();
  if (!await load()) return;
  // Charts are drawn when their room is known, which is before the next picture.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    tellHeight();
    page.dataset.shown = "true";
    tellOurs("shown");
  }));
}

if (page) openPage();
