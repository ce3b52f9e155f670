"use strict";
// The emulator as an object: started or joined, with sandboxes that tests use through its admin API.

const { spawn } = require("node:child_process");
const http = require("node:http");
const { findBinary } = require("./binary.js");

const START_MS = 10_000;
const STOP_MS = 6_000;
const ANSWER_MS = 60_000;
const LOG_LINES = 20;

class AdminError extends Error {
  constructor(status, kind, message) {
    super(message);
    Object.assign(this, { name: "AdminError", status, kind });
  }
}

class VerifyError extends Error {
  constructor(finding) {
    super(`${finding.verdict}: ${finding.message}`);
    Object.assign(this, { name: "VerifyError", verdict: finding.verdict, evidence: finding.evidence });
  }
}

// Not by `fetch`, which tests exchange, and which some environments of theirs lack. Variables that name a proxy have no say.
function send(url, method, target, headers, body) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const options = { hostname, port, method, path: target, headers, agent: false, timeout: ANSWER_MS };
    const request = http.request(options, (answer) => {
      answer.setEncoding("utf8");
      let text = "";
      answer.on("data", (piece) => (text += piece));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
      answer.on("error", reject);
    });
    request.on("timeout", () => request.destroy(new Error(`no answer from ${url} within ${ANSWER_MS / 1000} s`)));
    request.on("error", reject);
    request.end(body);
  });
}

const withoutNothing = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

class Ticketbooth {
  #token;
  #child;

  constructor(url, version, token, child) {
    Object.assign(this, { url, version, endpoint: new URL(url).host });
    this.#token = token;
    this.#child = child;
  }

  async sandbox(options = {}) {
    return new Sandbox(this, await this.ask("POST", "sandboxes", withoutNothing(options)));
  }

  async ask(method, path, body, query = {}) {
    const headers = { accept: "application/json" };
    if (this.#token) headers.authorization = `Bearer ${this.#token}`;
    if (method !== "GET") headers["content-type"] = typeof body === "string" ? "application/yaml" : "application/json";
    const search = new URLSearchParams(withoutNothing(query)).toString();
    const target = `/_ticketbooth/${path}${search && `?${search}`}`;
    const sent = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const { status, headers: received, text } = await send(this.url, method, target, headers, sent);
    const isData = (received["content-type"] ?? "").startsWith("application/json");
    const answer = isData && text ? JSON.parse(text) : text;
    if (status < 400) return answer;
    const { kind = "", message = text, hint } = answer.error ?? {};
    throw new AdminError(status, kind, hint ? `${message}\n${hint}` : message);
  }

  async stop() {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    child.kill("SIGTERM");
    await ended;
    clearTimeout(timer);
  }
}

class Clock {
  #sandbox;

  constructor(sandbox) {
    this.#sandbox = sandbox;
  }

  async now() {
    return (await this.#sandbox.ask("GET", "clock")).now;
  }

  advance(duration) {
    return this.#sandbox.ask("POST", "clock", { advance: duration });
  }

  set(time, { allowBackwards = false } = {}) {
    return this.#sandbox.ask("POST", "clock", { set: time, allow_backwards: allowBackwards });
  }

  freeze() {
    return this.#sandbox.ask("POST", "clock", { freeze: true });
  }

  resume() {
    return this.#sandbox.ask("POST", "clock", { resume: true });
  }
}

class Sandbox {
  constructor(emulator, { id, tencent, alibaba, keys }) {
    Object.assign(this, { emulator, id, keys, url: emulator.url, endpoint: emulator.endpoint });
    this.clock = new Clock(this);
    this.tencent = tencent && { secretId: tencent.secret_id, secretKey: tencent.secret_key };
    this.alibaba = alibaba && { accessKeyId: alibaba.access_key_id, accessKeySecret: alibaba.access_key_secret };
  }

  get environment() {
    const { tencent, alibaba } = this;
    const pairs = {
      TENCENT_SECRET_ID: tencent?.secretId,
      TENCENT_SECRET_KEY: tencent?.secretKey,
      ALIBABA_ACCESS_KEY_ID: alibaba?.accessKeyId,
      ALIBABA_ACCESS_KEY_SECRET: alibaba?.accessKeySecret,
    };
    const variables = { TICKETBOOTH_URL: this.url, TICKETBOOTH_ENDPOINT: this.endpoint, TICKETBOOTH_SANDBOX: this.id };
    for (const [name, value] of Object.entries(withoutNothing(pairs))) {
      variables[`TICKETBOOTH_${name}`] = value;
      variables[name.replace("TENCENT_", "TENCENTCLOUD_").replace("ALIBABA_", "ALIBABA_CLOUD_")] = value;
    }
    return variables;
  }

  ask(method, path, body, query = {}) {
    return this.emulator.ask(method, path, body, { sandbox: this.id, ...query });
  }

  rule(rule) {
    return this.ask("POST", "rules", rule);
  }

  async verify({ exactly, atLeast, atMost, ...wishes }) {
    const calls = withoutNothing({ exactly, at_least: atLeast, at_most: atMost });
    const body = withoutNothing({ ...wishes, calls: Object.keys(calls).length ? calls : undefined });
    const finding = await this.ask("POST", "verify", body);
    if (finding.verdict !== "pass") throw new VerifyError(finding);
    return finding.evidence;
  }

  async visit(link) {
    const whole = link.includes("/") ? link : (await this.ask("GET", `tickets/${encodeURIComponent(link)}`)).link;
    const { pathname, search } = new URL(whole, this.url);
    const { status, headers, text } = await send(this.url, "GET", pathname + search, { accept: "text/html" });
    const verdict = headers["x-ticketbooth-visit"];
    if (!verdict) throw new Error(`${link} is no embed page: HTTP ${status}; give the whole link, as the browser gets it`);
    const refusal = headers["x-ticketbooth-refusal"] ?? null;
    return { admitted: verdict === "admitted", refusal, requestId: headers["x-ticketbooth-request"] ?? "", text };
  }

  async journal(query) {
    return (await this.ask("GET", "journal", undefined, query)).entries;
  }

  async tickets(query) {
    return (await this.ask("GET", "tickets", undefined, query)).tickets;
  }

  explain() {
    return this.ask("GET", "explain", undefined, { format: "text" });
  }

  async report() {
    const entries = (await this.journal({ limit: 1000 })).reverse();
    const lines = entries.map((entry) => `${entry.vendor}.${entry.action}  ${entry.code ?? entry.outcome}  ${entry.request_id}`);
    return [...(lines.length ? lines : ["no call came"]), "", await this.explain()].join("\n").trimEnd();
  }

  async reset(...what) {
    await this.ask("POST", "reset", what.length ? { what } : {});
  }

  async remove() {
    await this.emulator.ask("DELETE", `sandboxes/${this.id}`);
  }
}

for (const [type, end] of [[Ticketbooth, "stop"], [Sandbox, "remove"]]) {
  // Node has had the symbol since 18.18; older ones do without `await using`.
  if (Symbol.asyncDispose) {
    type.prototype[Symbol.asyncDispose] = function () {
      return this[end]();
    };
  }
}

async function join(url, token = process.env.TICKETBOOTH_ADMIN_TOKEN) {
  if (!/^http:\/\/[^/]+\/?$/.test(url)) {
    throw new Error(`"${url}" is no address of an emulator: write http://HOST:PORT, as the ready line does`);
  }
  const joined = new Ticketbooth(url.replace(/\/$/, ""), "", token);
  try {
    joined.version = (await joined.ask("GET", "ready")).version;
  } catch (error) {
    if (error instanceof AdminError) throw error;
    throw new Error(`no emulator answers at ${url}: ${error.message}; start one, or unset TICKETBOOTH_URL`);
  }
  return joined;
}

function start({ flags = [], world, scenario, seed } = {}) {
  const named = Object.entries(withoutNothing({ world, scenario, seed }));
  // It ends with its stdin, and so with this process, however that ends.
  const command = ["serve", "--until-stdin-closes", "--output", "json"];
  const all = [...command, ...named.flatMap(([name, value]) => [`--${name}`, String(value)]), ...flags];
  const { TICKETBOOTH_READY_FILE, ...inherited } = process.env;
  const own = { TICKETBOOTH_LISTEN: "127.0.0.1:0", TICKETBOOTH_PROXY: "true" };
  const child = spawn(findBinary(), all, {
    env: { TICKETBOOTH_LOG: "warn", ...inherited, ...own },
    stdio: ["pipe", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let log = "";
    let line = "";
    const timer = setTimeout(() => child.kill("SIGKILL"), START_MS);
    child.stderr.setEncoding("utf8").on("data", (piece) => {
      log = (log + piece).split("\n").slice(-LOG_LINES - 1).join("\n");
    });
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      reject(new Error(`the emulator did not come up (${signal ?? `exit code ${code}`}):\n${log.trimEnd()}`));
    });
    child.stdout.setEncoding("utf8").on("data", (piece) => {
      line += piece;
      if (!line.includes("\n")) return;
      clearTimeout(timer);
      // Nothing of it keeps a process alive that has nothing else to do.
      for (const part of [child, child.stdin, child.stdout, child.stderr]) part.unref();
      const ready = JSON.parse(line);
      resolve(new Ticketbooth(ready.http, ready.version, process.env.TICKETBOOTH_ADMIN_TOKEN, child));
    });
  });
}

function joinOrStart(options) {
  return process.env.TICKETBOOTH_URL ? join(process.env.TICKETBOOTH_URL) : start(options);
}

module.exports = { AdminError, Clock, Sandbox, Ticketbooth, VerifyError, findBinary, join, joinOrStart, start };
