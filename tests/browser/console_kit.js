// What the tests of the console share: emulators of their own, calls to them, and pages that tell what goes wrong.
"use strict";

const { createHash, createHmac } = require("node:crypto");
const { spawn } = require("node:child_process");
const http = require("node:http");
const path = require("node:path");
const readline = require("node:readline");
const { mkdirSync } = require("node:fs");
const { RPCClient } = require("@alicloud/pop-core");
const { Client: Tencent } = require("tencentcloud-sdk-nodejs/tencentcloud/services/bi").bi.v20220105;
const { launch: launchBrowser } = require("./browser.js");

const WORK = "a206f5f3-0000-4000-8000-e9b17c835b03";
const TENCENT = { secretId: "AKIDlocaltest0000000000000000000000", secretKey: "localtestsecret00000000000000000" };
const ALIBABA = { accessKeyId: "LTAIlocaltest000000000000", accessKeySecret: "localtestsecret000000000000000" };

/** An emulator of one's own, ready; it ends with the test. */
async function startBooth(t, { args = [], port = 0 } = {}) {
  const child = spawn(process.env.TICKETBOOTH_BIN, ["serve", "--listen", `127.0.0.1:${port}`, "--output", "json", "--log", "error", ...args],
    { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => { child.once("exit", resolve); });
  const stop = () => {
    child.kill();
    return ended;
  };
  t.after(stop);
  const [line] = await Promise.race([
    once(readline.createInterface({ input: child.stdout }), "line"),
    ended.then((code) => { throw new Error(`the emulator ended with ${code}`); }),
  ]);
  const url = JSON.parse(line).http;
  return { url, port: Number(new URL(url).port), stop, ...clients(url) };
}

const once = (emitter, event) => new Promise((resolve) => { emitter.once(event, (...values) => resolve(values)); });

function clients(url) {
  const alibaba = new RPCClient({ ...ALIBABA, endpoint: url, apiVersion: "2022-01-01" });
  const profile = { httpProfile: { endpoint: url.replace("http://", ""), protocol: "http://" } };
  const tencent = new Tencent({ credential: TENCENT, region: "", profile });
  const quiet = (call) => call.catch((error) => error);
  return {
    /** Alibaba's ticket; or the error, where there is one. */
    createTicket: (params = {}) => quiet(alibaba.request("CreateTicket", { WorksId: WORK, ...params }, { method: "POST" }).then((answer) => answer.Result)),
    alibabaCall: (action, params) => quiet(alibaba.request(action, params, { method: "POST" })),
    createToken: (params = {}) => quiet(tencent.CreateEmbedToken({ ProjectId: 117, PageId: 11520, Scope: "page", ...params })),
    /** A call whose headers are signed with capital letters, which is a usual mistake. */
    signWrongly: () => signedWrongly(url),
    admin: async (method, what, body) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${url}/_ticketbooth/${what}`, { method, headers, body: body && JSON.stringify(body) });
      return answer.json();
    },
    /** A request as it stands here, without a client that mends it; the status of its answer. */
    raw: (target, headers = {}, method = "GET", body = "") => new Promise((resolve, reject) => {
      const request = http.request(url, { path: target, method, headers, insecureHTTPParser: true }, (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode));
      });
      request.on("error", reject);
      request.end(body);
    }),
  };
}

async function signedWrongly(url) {
  const host = url.replace("http://", "");
  const at = Math.floor(Date.now() / 1000);
  const date = new Date(at * 1000).toISOString().slice(0, 10);
  const body = JSON.stringify({ ProjectId: 117, PageId: 11520, Scope: "page" });
  const sha = (text) => createHash("sha256").update(text).digest("hex");
  const hmac = (key, text, form) => createHmac("sha256", key).update(text).digest(form);
  const canonical = `POST\n/\n\nContent-Type:application/json\nHost:${host}\n\nContent-Type;Host\n${sha(body)}`;
  const toSign = `TC3-HMAC-SHA256\n${at}\n${date}/bi/tc3_request\n${sha(canonical)}`;
  const key = ["bi", "tc3_request"].reduce((made, part) => hmac(made, part), hmac(`TC3${TENCENT.secretKey}`, date));
  const authorization = `TC3-HMAC-SHA256 Credential=${TENCENT.secretId}/${date}/bi/tc3_request, SignedHeaders=content-type;host, Signature=${hmac(key, toSign, "hex")}`;
  const headers = { authorization, "content-type": "application/json", "x-tc-action": "CreateEmbedToken", "x-tc-version": "2022-01-05", "x-tc-timestamp": String(at) };
  return (await fetch(url, { method: "POST", headers, body })).json();
}

const launch = () => launchBrowser(["--enable-precise-memory-info", "--js-flags=--expose-gc"]);

/** The console in a fresh browser profile. `page.complaints` has every error, dialog and request to elsewhere. */
async function openConsole(t, browser, booth, hash = "", options = {}) {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 800 }, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.complaints = [];
  page.requests = [];
  watch(page, booth, page);
  await page.goto(`${booth.url}/_ticketbooth/${hash}`);
  return page;
}

function watch(page, booth, to) {
  page.on("pageerror", (error) => to.complaints.push(error.stack));
  page.on("dialog", (dialog) => {
    to.complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("console", (message) => {
    // The browser itself tells of answers that are refusals, and of an emulator that is away.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) to.complaints.push(message.text());
  });
  page.on("request", (request) => {
    to.requests.push(request);
    if (!request.url().startsWith(`${booth.url}/`) && !request.url().startsWith("data:")) to.complaints.push(`foreign request: ${request.url()}`);
  });
}

/** A picture of the page for people, in the folder that the run names. */
async function picture(page, name) {
  const folder = process.env.TICKETBOOTH_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** The rows of the long list that are in the page. */
const rows = (page) => page.locator("table.long tbody tr[data-key]");

/** The link of the list to the call that was answered last. */
const firstCall = (page) => rows(page).first().locator("a");

module.exports = { WORK, firstCall, launch, once, openConsole, picture, rows, startBooth };
