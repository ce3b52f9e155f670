// What happens, as it happens: the server-sent events of the sandbox. An EventSource could send no token, so the stream is
// read by hand, and begun again whenever it ends.

import { send } from "./api.js";

const PATIENCE = [250, 500, 1000, 2000, 4000];

/**
 * Listens until the function that it gives is called. `heard` gets the name of an event and what it carries; `state` gets
 * `live` whenever a stream begins, and `lost` when one has ended.
 */
export function listen(heard, state) {
  const stop = new AbortController();
  run(stop.signal, heard, state);
  return () => stop.abort();
}

async function run(signal, heard, state) {
  let lastId = null;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const headers = { accept: "text/event-stream", ...(lastId === null ? {} : { "last-event-id": lastId }) };
      const answer = await send("GET", "events", { headers, signal });
      failures = 0;
      state("live");
      for await (const event of readEvents(answer.body, signal)) {
        if (event.id !== undefined) lastId = event.id;
        if (event.data) heard(event.name, JSON.parse(event.data));
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error.status >= 400 && error.status < 500) lastId = null;
    }
    if (signal.aborted) return;
    state("lost");
    await pause(PATIENCE[Math.min(failures, PATIENCE.length - 1)], signal);
    failures += 1;
  }
}

/** A while, or until the machine has a network again. */
function pause(milliseconds, signal) {
  return new Promise((resume) => {
    const waiting = setTimeout(resume, milliseconds);
    const now = () => { clearTimeout(waiting); resume(); };
    signal.addEventListener("abort", now, { once: true });
    addEventListener("online", now, { once: true, signal });
  });
}

async function* readEvents(body, signal) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  signal.addEventListener("abort", () => reader.cancel().catch(() => {}), { once: true });
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const parts = text.split("\n\n");
    text = parts.pop();
    for (const part of parts) yield parseEvent(part);
  }
}

function parseEvent(part) {
  const event = { name: "message" };
  for (const line of part.split("\n")) {
    if (line.startsWith("id: ")) event.id = line.slice(4);
    if (line.startsWith("event: ")) event.name = line.slice(7);
    if (line.startsWith("data: ")) event.data = line.slice(6);
  }
  return event;
}
