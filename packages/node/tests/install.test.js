"use strict";
// The packages, and that they work however they are installed.

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { test } = require("node:test");
const { around, foreign, here, installed, project, registry, run, runBeside, succeed, tarball, version } = require("./kit.js");

const command = (folder) => path.join(folder, "node_modules/.bin/ticketbooth");
const works = (folder) => assert.equal(succeed(command(folder), ["--version"]), `ticketbooth ${version}\n`);
const alone = (folder) => ["--no-audit", "--no-fund", "--cache", path.join(folder, ".cache")];

test("the packages have what they say, and run nothing when they are installed", () => {
  const listed = (name) => succeed("tar", ["-tvzf", tarball(name)]);
  assert.match(listed(here), /^-rwxr-xr-x .* package\/bin\/ticketbooth$/m);
  assert.match(listed("ticketbooth"), /^-rwxr-xr-x .* package\/bin\/ticketbooth\.js$/m);
  for (const name of ["ticketbooth", here]) {
    const manifest = JSON.parse(succeed("tar", ["-xzOf", tarball(name), "package/package.json"]));
    assert.deepEqual([manifest.version, manifest.scripts, manifest.dependencies], [version, undefined, undefined], name);
    assert.match(listed(name), /package\/LICENSE$/m);
    if (name === here) assert.deepEqual([manifest.os, manifest.cpu, manifest.libc], [["linux"], ["x64"], undefined]);
    else assert.deepEqual(manifest.optionalDependencies, { [here]: version }, "what was not built is left out");
  }
});

test("tarballs, with no registry to ask", (t) => works(installed(t)));

test("npm, with scripts off: the lockfile has no addresses and installs again", async (t) => {
  const folder = project(t);
  const { url, asked } = await registry(t);
  fs.writeFileSync(path.join(folder, ".npmrc"), `registry=${url}\nomit-lockfile-registry-resolved=true\n`);
  await runBeside("npm", ["install", "--save-dev", "--ignore-scripts", "ticketbooth", ...alone(folder)], { cwd: folder });
  works(folder);
  for (const name of foreign) {
    assert.ok(!fs.existsSync(path.join(folder, "node_modules", name)), `${name} is for another system`);
    assert.ok(asked.includes(name) && !asked.includes(path.basename(tarball(name))), `${name} is not fetched`);
  }
  const lock = fs.readFileSync(path.join(folder, "package-lock.json"), "utf8");
  assert.ok(!lock.includes("http://") && lock.includes(foreign[0]) && lock.includes(here), lock);
  fs.rmSync(path.join(folder, "node_modules"), { recursive: true });
  await runBeside("npm", ["ci", "--ignore-scripts", ...alone(folder)], { cwd: folder });
  works(folder);
});

test("pnpm", async (t) => {
  const folder = project(t);
  const { url } = await registry(t);
  fs.writeFileSync(path.join(folder, ".npmrc"), `registry=${url}\n`);
  const pnpm = path.join(around, "node_modules/.bin/pnpm");
  const own = ["--store-dir", path.join(folder, ".store"), "--ignore-workspace", "--registry", url];
  const env = { ...process.env, XDG_CACHE_HOME: path.join(folder, ".cache"), CI: "true" };
  await runBeside(pnpm, ["add", "--save-dev", "ticketbooth", ...own], { cwd: folder, env });
  works(folder);
  assert.deepEqual(fs.readdirSync(path.join(folder, "node_modules/.pnpm")).filter((name) => /darwin|arm64|win32/.test(name)), []);
});

test("without the optional package it says what is missing and what mends it", async (t) => {
  const folder = project(t);
  const { url } = await registry(t);
  await runBeside("npm", ["install", "--omit=optional", "--registry", url, "ticketbooth", ...alone(folder)], { cwd: folder });
  const { code, text } = run(command(folder), ["--version"]);
  assert.equal(code, 3);
  assert.match(text, /^error: the program ticketbooth for linux-x64 is not there: @ticketbooth\/linux-x64\/bin\/ticketbooth was looked for$/m);
  assert.match(text, /--omit=optional/);
  assert.match(text, /^ {2}rm -rf node_modules package-lock\.json\n {2}npm install --include=optional$/m);
  const named = run(command(folder), ["--version"], { env: { TICKETBOOTH_BINARY: "/no/where" } });
  assert.deepEqual([named.code, named.text.split("\n")[0]], [3, "error: TICKETBOOTH_BINARY names /no/where, which is no program that can be run"]);
});
