// The frame around the views: which one is shown, the top bar, the connection, and the token.

import { chooseSandbox, chosenSandbox, get, isEverySandbox, onTokenNeeded } from "./api.js";
import * as calls from "./calls.js";
import * as clock from "./clock.js";
import * as codes from "./codes.js";
import { el, fill, select, tell } from "./dom.js";
import { listen } from "./live.js";
import * as rules from "./rules.js";
import * as sandboxes from "./sandboxes.js";
import * as snippets from "./snippets.js";
import * as tickets from "./tickets.js";
import { chooseLanguage, isChinese, word } from "./words.js";
import * as world from "./world.js";
import { formatTime, hearTime, isFrozen, setClock, worldNow } from "./world_clock.js";

/** The views in their order; each gives `show(place)`: an object with `node` and what it wants to hear. */
const VIEWS = { tickets, calls, codes, rules, clock, sandboxes, snippets, world };

/** Names of single things, and the view that shows them. */
const SINGLE = { ticket: "tickets", call: "calls" };

/** Views that can look at all sandboxes at once. */
const OF_ALL = ["calls", "sandboxes", "world"];

const main = document.getElementById("main");
let shown = { node: main };
let stopListening = () => {};
let connection = "connecting";

// The page and its parts ---------------------------------------------------------------------------------------------

function drawFrame() {
  document.getElementById("skip").textContent = word("skip");
  const links = Object.keys(VIEWS).map((name) => el("li", {}, el("a", { href: `#/${name}`, "data-view": name }, word(name))));
  const views = document.getElementById("views");
  views.setAttribute("aria-label", word("views"));
  fill(views, el("ul", {}, links));
  drawTop();
}

function drawTop() {
  const theme = document.documentElement.dataset.theme ?? "";
  const themes = [["", word("themeAuto")], ["light", word("themeLight")], ["dark", word("themeDark")]];
  fill(document.getElementById("top"),
    el("a.brand", { href: "#/tickets" }, "Ticketbooth"),
    select(word("sandbox"), [[chosenSandbox(), chosenSandbox()]], chosenSandbox(), takeSandbox, { id: "sandbox" }),
    el("span.state", { id: "state" }),
    el("a.now.mono", { href: "#/clock", id: "now", "aria-label": word("clock") }),
    el("span.space"),
    select(word("language"), [["en", "English"], ["zh", "中文"]], isChinese() ? "zh" : "en", takeLanguage),
    select(word("theme"), themes, theme, takeTheme));
  drawState();
  drawNow();
  listSandboxes();
}

function drawState() {
  const node = document.getElementById("state");
  node.className = `state ${connection}`;
  node.textContent = word(connection);
}

function drawNow() {
  const now = worldNow();
  const text = now === null ? "" : `${formatTime(now)} ${word("utc")}${isFrozen() ? ` · ${word("frozen")}` : ""}`;
  const node = document.getElementById("now");
  if (node.textContent === text) return;
  node.textContent = text;
  node.setAttribute("aria-label", `${word("clock")}: ${text}`);
}

async function listSandboxes() {
  const { sandboxes: list } = await get("sandboxes?sandbox=default");
  const node = document.getElementById("sandbox");
  const known = list.map((one) => one.id).slice(0, 500);
  const options = [...new Set([...known, chosenSandbox()])].filter((id) => id !== "*").map((id) => [id, id]);
  fill(node, [...options, ["*", word("everySandbox")]].map(([value, text]) => el("option", { value }, text)));
  node.value = chosenSandbox();
}

function keep(key, value) {
  try { localStorage.setItem(`ticketbooth.${key}`, value); } catch { /* Then it holds for this page. */ }
}

function takeLanguage(language) {
  chooseLanguage(language);
  keep("language", language);
  drawFrame();
  openAnew();
}

function takeTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  keep("theme", theme);
}

/** Chooses a sandbox; the view is shown anew. */
export function takeSandbox(id) {
  chooseSandbox(id);
  try { sessionStorage.setItem("ticketbooth.sandbox", id); } catch { /* Then it is the default one after a reload. */ }
  drawTop();
  begin();
  openAnew();
}

// Which view -----------------------------------------------------------------------------------------------------------

/** `#/call/ID?sandbox=S` as its parts. */
function readPlace() {
  const [path, search = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name = "", ...rest] = path.split("/");
  const id = rest.length > 0 ? decode(rest.join("/")) : null;
  return { name: name || "tickets", id, search: new URLSearchParams(search) };
}

function decode(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

function open(focus = false) {
  const place = readPlace();
  const view = SINGLE[place.name] ?? place.name;
  for (const link of document.querySelectorAll("#views a")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${VIEWS[view] ? word(view) : "?"} · Ticketbooth`;
  if (shown.view === view && shown.choose) {
    shown.choose(place);
    return;
  }
  shown.end?.();
  shown = makeView(view, place);
  main.classList.toggle("fills", Boolean(shown.fills));
  fill(main, shown.node);
  main.scrollTop = 0;
  if (focus) (main.querySelector("h1") ?? main).focus({ preventScroll: true });
}

/** The view is made again, because everything in it is another. */
function openAnew() {
  shown.end?.();
  shown = { node: main };
  open();
}

function makeView(view, place) {
  const title = el("h1", { tabindex: "-1" }, VIEWS[view] ? word(view) : word("noView"));
  if (!VIEWS[view]) return { node: el("div", {}, title) };
  if (isEverySandbox() && !OF_ALL.includes(view)) {
    return { node: el("div", {}, title, el("p.empty", {}, word("oneSandbox"))) };
  }
  return { view, ...VIEWS[view].show({ ...place, title }) };
}

// What happens ---------------------------------------------------------------------------------------------------------

function hear(name, data) {
  if (!isEverySandbox()) hearTime(data.at);
  if (name === "clock" || name === "reset" || name === "scenario") readClock();
  shown.heard?.(name, data);
}

function noteState(state) {
  if (connection === "lost" && state === "live") {
    tell(word("back"));
    // Whatever was missed meanwhile is asked for.
    listSandboxes();
    shown.renew?.();
  }
  if (state === "lost" && connection === "live") tell(word("lost"));
  connection = state;
  if (state === "live") readClock();
  drawState();
}

async function readClock() {
  try {
    setClock(await get(isEverySandbox() ? "clock?sandbox=default" : "clock"));
    drawNow();
    shown.tick?.(worldNow());
  } catch { /* The connection tells that it is lost. */ }
}

function begin() {
  stopListening();
  connection = "connecting";
  drawState();
  stopListening = listen(hear, noteState);
}

function askToken(problem) {
  return new Promise((resolve) => {
    const label = el("label.field.wide", {}, word("tokenLabel"));
    const input = el("input", { type: "password", autocomplete: "off", required: true });
    label.append(input);
    const form = el("form", { method: "dialog" }, el("h2", { id: "token-title" }, word("tokenTitle")),
      problem.kind === "wrong_token" ? el("p.problem", { role: "alert", lang: "en" }, problem.message) : null,
      label, el("p.soft", {}, word("tokenKept")), el("button.strong", { type: "submit" }, word("tokenSend")));
    const dialog = el("dialog", { "aria-labelledby": "token-title", id: "token" }, form);
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    form.addEventListener("submit", () => {
      dialog.remove();
      resolve(input.value.trim());
    });
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
}

addEventListener("hashchange", () => {
  if (location.hash !== "#main") open(true);
});
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
document.addEventListener("choose-sandbox", (event) => takeSandbox(event.detail));
document.addEventListener("sandboxes-changed", listSandboxes);
setInterval(() => {
  drawNow();
  if (!document.hidden) shown.tick?.(worldNow());
}, 500);

onTokenNeeded(askToken);
try { chooseSandbox(readPlace().search.get("sandbox") ?? sessionStorage.getItem("ticketbooth.sandbox") ?? "default"); } catch { /* The default one. */ }
drawFrame();
begin();
// Times are shown as the world has them, so its clock comes first.
readClock().finally(() => open());
