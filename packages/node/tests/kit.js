"use strict";
// What the tests share: the packages of dist/, projects to install them into, and a registry that has nothing else.

const assert = require("node:assert/strict");
const { execFileSync, spawn, spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");

const dist = process.env.DIST;
const around = process.env.TICKETBOOTH_NODE_TESTS;
const root = path.join(__dirname, "..", "..", "..");
const { version } = JSON.parse(fs.readFileSync(path.join(root, "packages/node/package.json")));
const here = "@ticketbooth/linux-x64";
const foreign = ["darwin-arm64", "linux-arm64", "win32-x64"].map((name) => `@ticketbooth/${name}`);

// What is set around the tests must not change what they see.
for (const name of Object.keys(process.env)) {
  if (/^(TICKETBOOTH_|TENCENTCLOUD_|ALIBABA_CLOUD_|npm_|NODE_TEST)|_proxy$/i.test(name)) delete process.env[name];
}

const tarball = (name) => path.join(dist, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);

/** Runs a command to its end. */
function run(command, given, options = {}) {
  const done = spawnSync(command, given, { encoding: "utf8", timeout: 100_000, ...options, env: { ...process.env, ...options.env } });
  if (done.error) throw done.error;
  return { code: done.status, signal: done.signal, text: done.stdout + done.stderr, stdout: done.stdout };
}

/** The same, which has to succeed; its output on stdout. */
function succeed(command, given, options) {
  const { code, text, stdout } = run(command, given, options);
  assert.equal(code, 0, `${command} ${given.join(" ")}\n${text}`);
  return stdout;
}

/** An empty project, beneath the SDKs and runners, which is removed at the end of the test. */
function project(t) {
  const folder = fs.mkdtempSync(path.join(around, "project-"));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "project", private: true }));
  return folder;
}

/** A project with the packages in it, installed with no registry to ask. */
function installed(t) {
  const folder = project(t);
  npm(folder, ["install", "--offline", "--ignore-scripts", tarball("ticketbooth"), tarball(here)]);
  return folder;
}

function npm(folder, given) {
  // A cache of its own, so that nothing comes from an earlier install.
  const own = ["--no-audit", "--no-fund", "--no-update-notifier", "--cache", path.join(folder, ".cache")];
  return succeed("npm", [...given, ...own], { cwd: folder });
}

/** A registry with the packages of dist/, and with those of other systems by name only; `asked` lists what was fetched. */
async function registry(t) {
  const asked = [];
  const packages = {};
  const server = http.createServer((request, response) => {
    const wanted = decodeURIComponent(request.url.slice(1));
    asked.push(wanted);
    if (wanted.endsWith(".tgz") && fs.existsSync(path.join(dist, wanted))) {
      response.end(fs.readFileSync(path.join(dist, wanted)));
    } else if (wanted in packages) {
      response.setHeader("content-type", "application/json").end(JSON.stringify(packages[wanted]));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${server.address().port}/`;
  const publish = (name, manifest, digest) => {
    const file = path.basename(tarball(name));
    const told = { ...manifest, dist: { tarball: url + file, integrity: digest } };
    packages[name] = {
      name, "dist-tags": { latest: version }, versions: { [version]: told }, time: { [version]: "2026-01-05T00:00:00.000Z" },
    };
  };
  const digest = (name) => `sha512-${createHash("sha512").update(fs.readFileSync(tarball(name))).digest("base64")}`;
  const manifest = (name) => JSON.parse(execFileSync("tar", ["-xzOf", tarball(name), "package/package.json"]));
  publish(here, manifest(here), digest(here));
  for (const name of foreign) {
    const file = path.join(root, "packages/node/platforms", name.split("/")[1], "package.json");
    publish(name, JSON.parse(fs.readFileSync(file)), digest(here));
  }
  const all = Object.fromEntries([here, ...foreign].map((name) => [name, version]));
  publish("ticketbooth", { ...manifest("ticketbooth"), optionalDependencies: all }, digest("ticketbooth"));
  return { url, asked };
}

/** A program with its lines on stdout, one after the other. */
function started(t, command, given, options = {}) {
  const child = spawn(command, given, { stdio: ["pipe", "pipe", "inherit"], ...options });
  t.after(() => child.kill("SIGKILL"));
  const lines = require("node:readline").createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  return { child, ended, line: async () => (await lines.next()).value };
}

/** Runs a command without holding up this process, which serves while it runs. */
function runBeside(command, given, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, given, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (piece) => (text += piece));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(text) : reject(new Error(`${command} ${given.join(" ")}\n${text}`))));
  });
}

module.exports = { around, foreign, here, installed, npm, project, registry, root, run, runBeside, started, succeed, tarball, version };
