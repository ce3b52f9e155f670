// The clock of the sandbox. All times are shown in UTC and by it, not by the clock of the browser.

let reading = null;
let readAt = 0;

/** Takes what `GET /clock` says. */
export function setClock(view) {
  reading = { now: Date.parse(view.now), frozen: view.mode === "frozen", offset: view.offset_seconds };
  readAt = performance.now();
}

/** Takes the time of an event. News may be slow, so they never set the clock back. */
export function hearTime(text) {
  const at = Date.parse(text);
  if (!reading || !(at > worldNow())) return;
  reading.now = at;
  readAt = performance.now();
}

/** Milliseconds since 1970; null: not known yet. */
export function worldNow() {
  if (!reading) return null;
  return reading.frozen ? reading.now : reading.now + performance.now() - readAt;
}

export const isFrozen = () => Boolean(reading?.frozen);
export const offsetSeconds = () => reading?.offset ?? 0;

/** `2026-01-05 08:00:00`. */
export function formatTime(milliseconds) {
  return new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");
}

/** The time of day of an RFC 3339 text, and its date where that is another one than the world's. */
export function shortTime(text) {
  const now = worldNow();
  const full = String(text).replace("T", " ").replace(/(\.\d+)?Z$/, "");
  const today = now !== null && formatTime(now).slice(0, 10) === full.slice(0, 10);
  return today ? full.slice(11) : full.slice(5, 16);
}

/** `3:59:07`, or `12d 03:59:07`; with a sign where the time has passed. */
export function formatSpan(milliseconds) {
  const total = Math.max(0, Math.ceil(Math.abs(milliseconds) / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const days = Math.floor(total / 86400);
  const hours = Math.floor(total / 3600) % 24;
  const rest = `${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
  const text = days > 0 ? `${days}d ${two(hours)}:${rest}` : hours > 0 ? `${hours}:${rest}` : rest;
  return milliseconds < 0 ? `-${text}` : text;
}
