// The admin API. The token, where one is needed, is asked for once and kept as long as the tab is there.

const BASE = new URL(".", location.href.split("#")[0]).pathname;
const TOKEN = "ticketbooth.token";

let sandbox = "default";
let askForToken = async () => null;
let asking = null;

/** An error as the API tells it. */
export class ApiError extends Error {
  constructor(status, error) {
    super(error.message);
    this.status = status;
    this.kind = error.kind;
    this.hint = error.hint;
  }
}

export const chosenSandbox = () => sandbox;
export const chooseSandbox = (id) => { sandbox = id; };
/** Whether all sandboxes are looked at. */
export const isEverySandbox = () => sandbox === "*";
/** `ask` gets what is wrong with the token that was sent, and gives another one. */
export const onTokenNeeded = (ask) => { askForToken = ask; };

function keptToken() {
  try { return sessionStorage.getItem(TOKEN); } catch { return keptToken.text ?? null; }
}

function keepToken(text) {
  keptToken.text = text;
  try { sessionStorage.setItem(TOKEN, text); } catch { /* Then it is asked for again after a reload. */ }
}

/** Whoever comes while a token is asked for waits for the same one. */
function newToken(problem, sent) {
  const kept = keptToken();
  if (kept && kept !== sent) return Promise.resolve(kept);
  asking ??= askForToken(problem).then((token) => {
    keepToken(token);
    return token;
  }).finally(() => { asking = null; });
  return asking;
}

/** Sends a request; the answer as it came. A path may say `?sandbox=` itself. */
export async function send(method, path, { body, headers = {}, signal, yaml } = {}) {
  for (;;) {
    const token = keptToken();
    const url = new URL(BASE + path, location.href);
    if (!url.searchParams.has("sandbox")) url.searchParams.set("sandbox", sandbox);
    const sent = { accept: "application/json", ...headers };
    if (token) sent.authorization = `Bearer ${token}`;
    if (method !== "GET") sent["content-type"] = yaml ? "application/yaml" : "application/json";
    const text = body === undefined || yaml ? body : JSON.stringify(body);
    const answer = await fetch(url, { method, headers: sent, body: text, signal, cache: "no-store", referrerPolicy: "no-referrer" });
    if (answer.ok) return answer;
    const told = await answer.json().catch(() => null);
    const error = new ApiError(answer.status, told?.error ?? { kind: "other", message: `HTTP ${answer.status}`, hint: "" });
    if (answer.status !== 401) throw error;
    await newToken(error, token);
  }
}

export const get = async (path, options) => (await send("GET", path, options)).json();
export const change = async (method, path, body, options) => (await send(method, path, { body, ...options })).json();

/** The query of these parameters; those without a value are left out. */
export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}
