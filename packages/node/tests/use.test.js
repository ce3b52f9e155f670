"use strict";
// The command, the emulator as an object, and the helpers of three runners, as they are installed.

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { after, before, test } = require("node:test");
const { around, installed, root, run, runBeside, started, succeed, version } = require("./kit.js");

let folder;
const endings = [];
before(() => (folder = installed({ after: (ending) => endings.push(ending) })));
after(() => endings.forEach((ending) => ending()));

const shim = () => path.join(folder, "node_modules/.bin/ticketbooth");
const runner = (name) => path.join(around, "node_modules/.bin", name);
const write = (name, text) => fs.writeFileSync(path.join(folder, name), text);

/** The process has ended or ends soon: it is no child of ours, and there is nothing to wait on but its name. */
async function ends(pid) {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((later) => setTimeout(later, 20));
  }
  assert.fail(`the process ${pid} goes on`);
}

test("the command passes signals and codes on", async (t) => {
  const serving = started(t, shim(), ["serve", "--listen", "127.0.0.1:0", "--log", "off", "--output", "json"]);
  const { pid } = JSON.parse(await serving.line());
  serving.child.kill("SIGTERM");
  assert.deepEqual(await serving.ended, { code: 0, signal: null });
  await ends(pid);
  assert.equal(run(shim(), ["serve", "--no-such-flag"]).code, 2);
  const killed = started(t, shim(), ["exec", "--quiet", "--", "sh", "-c", "kill -KILL $PPID"]);
  assert.deepEqual(await killed.ended, { code: null, signal: "SIGKILL" });
});

test("an emulator is started, used and stopped", () => {
  write("use.mjs", `
    import assert from "node:assert/strict";
    import { AdminError, joinOrStart, start } from "ticketbooth";
    const booth = await start({ seed: 7, flags: ["--auth", "presence"] });
    assert.equal(booth.version, "${version}");
    const info = await booth.ask("GET", "info");
    assert.deepEqual([info.seed, info.configuration.auth], [7, "presence"]);
    const scenario = "ticketbooth: 1\\nname: busy\\nrules: [{ on: tencent.*, then: { error: RequestLimitExceeded } }]\\n";
    const mine = await booth.sandbox({ name: "mine", clock: "frozen@2026-01-05T00:00:00Z", scenario });
    assert.equal(await mine.clock.now(), "2026-01-05T00:00:00Z");
    await mine.clock.set("2026-01-06T00:00:00Z");
    await mine.clock.set("2026-01-05T00:00:00Z", { allowBackwards: true });
    await mine.clock.resume();
    await mine.clock.freeze();
    await mine.rule("{ id: by-yaml, on: alibaba.*, then: { error: Throttling.User } }");
    assert.equal((await mine.ask("GET", "rules")).total, 2);
    await mine.reset("rules");
    assert.equal((await mine.ask("GET", "rules")).total, 1);
    assert.deepEqual([await mine.tickets(), await mine.journal(), await mine.report()], [[], [], "no call came"]);
    await assert.rejects(mine.rule({ on: "alibaba.CreateTiket", then: { error: "Throttling.User" } }), (error) =>
      error instanceof AdminError && error.status === 422 && /did you mean "alibaba.CreateTicket"/.test(error.message));
    await assert.rejects(mine.visit("/nowhere"), /is no embed page/);
    assert.equal((await mine.visit("/page/embed?projectId=117")).refusal, "no-ticket");
    await mine[Symbol.asyncDispose]();
    process.env.TICKETBOOTH_URL = booth.url;
    const joined = await joinOrStart();
    await joined.stop();
    assert.equal((await booth.ask("GET", "health")).status, "ok");
    await booth.stop();
    await assert.rejects(joinOrStart(), /no emulator answers at/);
    process.env.TICKETBOOTH_URL = "127.0.0.1:4240";
    await assert.rejects(joinOrStart(), /write http:\\/\\/HOST:PORT/);
    await assert.rejects(start({ world: "no-such-file" }), /exit code 2[^]*cannot read no-such-file/);
    const closed = await start({ flags: ["--admin-token", "secret"] });
    await assert.rejects(closed.sandbox(), { status: 401 });
  `);
  // The last one is not stopped, and still the process comes to its end.
  succeed("node", ["use.mjs"], { cwd: folder });
});

test("an emulator ends with a process that is killed", async (t) => {
  write("killed.js", `
    require("ticketbooth").start().then(() => {
      const children = require("node:fs").readFileSync("/proc/self/task/" + process.pid + "/children", "utf8");
      console.log(children.trim());
      setInterval(() => {}, 1000);
    });
  `);
  const killed = started(t, "node", ["killed.js"], { cwd: folder });
  const pid = Number(await killed.line());
  killed.child.kill("SIGKILL");
  await ends(pid);
});

const suites = path.join(__dirname, "suite");
const copy = (name) => {
  for (const file of [name, "cases.js"]) fs.copyFileSync(path.join(suites, file), path.join(folder, file));
};
const runners = {
  "node:test": () => (copy("node.js"), ["node", ["--test", "node.js"]]),
  vitest: () => {
    copy("hooks.js");
    fs.renameSync(path.join(folder, "hooks.js"), path.join(folder, "hooks.test.js"));
    write("vitest.config.mjs", 'export default { test: { globals: true, globalSetup: "ticketbooth/global-setup" } };');
    return [runner("vitest"), ["run", "--root", folder, "hooks.test.js"]];
  },
  jest: () => {
    copy("hooks.js");
    fs.renameSync(path.join(folder, "hooks.js"), path.join(folder, "hooks.test.js"));
    write("jest.config.js", 'module.exports = { globalSetup: "ticketbooth/global-setup", haste: { enableSymlinks: false } };');
    return [runner("jest"), ["--rootDir", folder, "--watchman=false", "hooks.test.js"]];
  },
};

const passed = { "node:test": /^# pass 6$/m, vitest: /Tests {2}6 passed/, jest: /^Tests: {7}6 passed, 6 total$/m };

for (const [name, prepare] of Object.entries(runners)) {
  test(`${name} passes the suite with the SDKs of both vendors`, () => {
    const { code, text } = run(...prepare(), { cwd: folder, env: { CI: "true", NO_COLOR: "1", FORCE_COLOR: "0" } });
    assert.equal(code, 0, text);
    assert.match(text, passed[name], text);
  });

  test(`${name} tells of a failure what was called and why it was answered so`, () => {
    const env = { CI: "true", NO_COLOR: "1", FORCE_COLOR: "0", SUITE_FAILS: "1" };
    const { code, text } = run(...prepare(), { cwd: folder, env });
    assert.equal(code, 1, text);
    const told = text.match(/(\S+ was refused: .*|Ticketbooth \S+ at http:.*)/g);
    const plain = text.replace(/^(#| {4}(?! )|ℹ) ?/gm, "");
    for (const [call, wrong] of [["alibaba.CreateTicket", "SignatureDoesNotMatch"], ["tencent.CreateEmbedToken", "AuthFailure.SignatureFailure"]]) {
      assert.match(plain, new RegExp(`^\\s*${call} {2}success {2}\\S+\\n\\s*${call} {2}${wrong} {2}\\S+\\n\\s*\\n\\s*${call} was refused: ${wrong} .*\\n\\s*wrong   .*\\n\\s*change  `, "m"), text);
    }
    assert.equal(told.length, 4, `what passed is silent:\n${text}`);
  });
}

test("hooks that are no globals are handed over", () => {
  copy("hooks.js");
  const text = fs.readFileSync(path.join(folder, "hooks.js"), "utf8");
  fs.rmSync(path.join(folder, "hooks.js"));
  fs.rmSync(path.join(folder, "vitest.config.mjs"), { force: true });
  fs.rmSync(path.join(folder, "hooks.test.js"), { force: true });
  write("own.test.mjs", `
    import { createRequire } from "node:module";
    import * as vitest from "vitest";
    import cases from "./cases.js";
    import { useTicketbooth } from "ticketbooth/test";
    const booth = useTicketbooth({ clock: "frozen" }, vitest);
    cases((name, run) => vitest.test(name, () => run(booth)));
  `);
  assert.ok(text.includes("useTicketbooth()"));
  succeed(runner("vitest"), ["run", "--root", folder, "own.test.mjs"], { cwd: folder });
  const { text: told } = run("node", ["-e", 'require("ticketbooth/test").useTicketbooth()'], { cwd: folder });
  assert.match(told, /found no beforeEach and afterEach/);
});

test("no endpoint is needed when calls are led here", async (t) => {
  const serving = started(t, shim(), ["serve", "--until-stdin-closes", "--listen", "127.0.0.1:0", "--proxy", "--log", "off", "--output", "json"]);
  const { http } = JSON.parse(await serving.line());
  copy("node.js");
  const env = { ...process.env, CI: "true", SUITE_IS_INTERCEPTED: "1", TICKETBOOTH_URL: http, https_proxy: "http://127.0.0.1:9" };
  const text = await runBeside("node", ["--require", "ticketbooth/register", "--test", "node.js"], { cwd: folder, env });
  assert.match(text, /^(#|ℹ) pass 6$/m, text);
  const { text: told } = run("node", ["--require", "ticketbooth/register", "-e", ""], { cwd: folder });
  assert.match(told, /needs the address of an emulator in TICKETBOOTH_URL/);
  serving.child.kill("SIGTERM");
  await serving.ended;
});

test("the types are those of what is there", () => {
  write("types.ts", `
    import { test } from "node:test";
    import { AdminError, Sandbox, joinOrStart, start, type Visit } from "ticketbooth";
    import { sandbox, useTicketbooth } from "ticketbooth/test";
    test("it", async (t) => {
      const mine: Sandbox = await sandbox(t, { clock: "frozen" });
      const { secretId }: { secretId: string } = mine.tencent;
      const visit: Visit = await mine.visit(secretId);
      const ids: string[] = await mine.verify({ on: "tencent.visit", atLeast: 1 });
      // @ts-expect-error
      await mine.verify({ on: "tencent.visit", atleast: 1 });
      await mine.rule({ on: "tencent.*", calls: { first: 1 }, then: { error: "InternalError" } });
      await using emulator = await start({ flags: [] });
      console.log(visit.refusal, ids, (await joinOrStart()).endpoint, emulator instanceof AdminError);
    });
    const booth = useTicketbooth();
    test("other", async () => void (await booth.clock.advance("241m")));
  `);
  const flags = ["--noEmit", "--strict", "--skipLibCheck", "false", "--module", "nodenext", "--target", "esnext", "--types", "node"];
  succeed(runner("tsc"), [...flags, "types.ts"], { cwd: folder });
});

test("the example of the documents passes as it stands", () => {
  const page = fs.readFileSync(path.join(root, "docs/node.md"), "utf8");
  const [, example] = page.match(/```js\n([^]*?)```/);
  write("embed.test.js", example);
  succeed("node", ["--test", "embed.test.js"], { cwd: folder });
});
