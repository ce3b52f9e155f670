"use strict";
// `node --require ticketbooth/register`: leads the calls of a program to the vendors' own hosts to the emulator at
// TICKETBOOTH_URL, which serves with --proxy, and lets it trust that emulator's root. Every other host is refused.

const { spawnSync } = require("node:child_process");
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");
const tls = require("node:tls");
const { findBinary } = require("./binary.js");

const url = process.env.TICKETBOOTH_URL;
if (!url) {
  throw new Error("ticketbooth/register needs the address of an emulator in TICKETBOOTH_URL: run it with `ticketbooth serve --proxy`");
}

if (!["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname)) {
  throw new Error(`ticketbooth/register leads calls to this machine alone, and ${url} is another: give the vendors' names to it there`);
}

function run(...given) {
  const { status, stdout, stderr, error } = spawnSync(findBinary(), [...given, "--url", url], { encoding: "utf8", timeout: 30_000 });
  if (status !== 0) throw new Error(`ticketbooth/register: ${url} cannot take the calls: ${error?.message ?? stderr.trim()}`);
  return stdout;
}

const folder = mkdtempSync(path.join(tmpdir(), "ticketbooth-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
run("trust", "--to", folder);
// For programs that this one starts, and for clients that read them.
const leading = JSON.parse(run("env", "--json", "--intercept", "--trust-dir", folder));
const keys = JSON.parse(run("env", "--json"));
for (const [name, value] of Object.entries(leading)) {
  if (!(name in keys)) process.env[name] = value;
}

// Node reads NODE_EXTRA_CA_CERTS when it starts, which was before this.
const root = readFileSync(path.join(folder, "ca.pem"));
const { createSecureContext } = tls;
tls.createSecureContext = (options) => {
  const made = createSecureContext(options);
  if (!options?.ca) made.context.addCACert(root);
  return made;
};
require(path.join(folder, "node.cjs"));
