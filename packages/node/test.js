"use strict";
// A sandbox for each test of node:test, vitest and jest.

const { joinOrStart } = require("./index.js");

let emulator;

/** The emulator of this process, or of this file where a runner gives each a module of its own: the one at TICKETBOOTH_URL, else one of ours. */
function ours() {
  emulator ??= joinOrStart();
  return emulator;
}

// Nobody looks into an emulator after a run in CI; outside, the sandbox of a failed test is there for the console.
async function leave(sandbox, failed, tell) {
  if (failed) {
    const { version, url } = sandbox.emulator;
    const told = await sandbox.report().catch((error) => `the emulator does not tell: ${error.message}`);
    tell(`Ticketbooth ${version} at ${url}, sandbox ${sandbox.id}\n${told}`);
  }
  if (failed && !process.env.CI) return;
  await sandbox.remove().catch((error) => {
    // The test has removed it by itself.
    if (error.kind !== "unknown_sandbox") throw error;
  });
}

async function sandbox(t, options = {}) {
  if (typeof t?.after !== "function") {
    throw new TypeError("sandbox(t) needs the context of a test of node:test; vitest and jest have useTicketbooth()");
  }
  const made = await (await ours()).sandbox({ origin: { test: t.fullName ?? t.name, file: t.filePath }, ...options });
  // Node tells whether a test passed since 20.12; an older one has the calls of every test in its output.
  t.after(() => leave(made, !t.passed, (text) => text.split("\n").forEach((line) => t.diagnostic(line))));
  return made;
}

// Jest tells its hooks nothing of the test; its runner keeps what it knows under a symbol of its own.
function errorsOfJest() {
  const symbol = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === "JEST_STATE_SYMBOL");
  return globalThis[symbol]?.currentlyRunningTest?.errors ?? [];
}

function useTicketbooth(options = {}, hooks = globalThis) {
  const { beforeEach, afterEach, afterAll } = hooks;
  if (typeof beforeEach !== "function" || typeof afterEach !== "function") {
    throw new Error(
      "useTicketbooth() found no beforeEach and afterEach: call it in a test file of vitest or jest; without `globals: true` " +
        'write `import * as vitest from "vitest"` and useTicketbooth({}, vitest)',
    );
  }
  let current;
  // Vitest hands over its context; Jest takes a function that has a parameter for one that calls back.
  beforeEach(async (...[context]) => {
    const name = context?.task?.name ?? globalThis.expect?.getState().currentTestName;
    const file = context?.task?.file?.filepath ?? globalThis.expect?.getState().testPath;
    current = await (await ours()).sandbox({ origin: { test: name, file }, ...options });
  });
  afterEach(async (...[context]) => {
    const failed = context?.task ? context.task.result?.state === "fail" : errorsOfJest().length > 0;
    const last = current;
    current = undefined;
    // None where it could not be made, which has been told.
    if (last === undefined) return;
    await leave(last, failed, (text) => console.error(text));
  });
  // Runners that load this module anew for each file would have an emulator for each of them.
  afterAll?.(async () => {
    const last = emulator;
    emulator = undefined;
    await (await last?.catch(() => undefined))?.stop();
  });
  return new Proxy(
    {},
    {
      get(_, name) {
        if (current === undefined) throw new Error("a sandbox is there while a test runs, and none does");
        const value = current[name];
        return typeof value === "function" ? value.bind(current) : value;
      },
    },
  );
}

module.exports = { sandbox, useTicketbooth };
