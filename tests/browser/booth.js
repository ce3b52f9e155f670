// What the tests of the pages share: sandboxes with their clients, links, a browser, and a parent page of another origin.
"use strict";

const assert = require("node:assert/strict");
const { randomUUID } = require("node:crypto");
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const { RPCClient } = require("@alicloud/pop-core");
const { Client: Tencent } = require("tencentcloud-sdk-nodejs/tencentcloud/services/bi").bi.v20220105;
const { launch: launchBrowser } = require("./browser.js");

const url = process.env.TICKETBOOTH_URL;
const NOON = "frozen@2026-01-05T00:00:00Z";
const WORK = "a206f5f3-0000-4000-8000-e9b17c835b03";
const COMPONENT = "0fc6a275c7f64f17b1aabbcca306ce0f31";
const USER = { UserCorpId: "100022975249", UserId: "100024664626" };

const launch = (settings) => launchBrowser(["--hide-scrollbars"], settings);

async function admin(method, target, body) {
  const answer = await fetch(`${url}/_ticketbooth${target}`, {
    method,
    headers: method === "GET" ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${target}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

/** A sandbox of its own, so that nothing that runs beside a test is in its way. */
async function sandbox(wish = {}) {
  const made = await admin("POST", "/sandboxes", { clock: NOON, seed: 1, ...wish });
  const alibaba = new RPCClient({
    accessKeyId: made.alibaba.access_key_id,
    accessKeySecret: made.alibaba.access_key_secret,
    endpoint: url,
    apiVersion: "2022-01-01",
  });
  const tencent = made.tencent && new Tencent({
    credential: { secretId: made.tencent.secret_id, secretKey: made.tencent.secret_key },
    region: "",
    profile: { httpProfile: { endpoint: url.replace("http://", ""), protocol: "http://" } },
  });
  const ask = (method, target, body) => admin(method, `${target}?sandbox=${made.id}`, body);
  return {
    id: made.id,
    tencent,
    call: (action, params) => alibaba.request(action, params, { method: "POST" }),
    ask,
    advance: (by) => ask("POST", "/clock", { advance: by }),
    rule: (on, error) => ask("POST", "/rules", { id: `rule-${randomUUID()}`, on, then: { error } }),
    async uses(ticket) {
      const { uses } = await admin("GET", `/tickets/${ticket}?sandbox=${made.id}`);
      return uses;
    },
    async ticket(params = {}) {
      const { Result } = await alibaba.request("CreateTicket", { WorksId: WORK, TicketNum: 99, ...params }, { method: "POST" });
      return Result;
    },
    async token(params = {}) {
      const { Data } = await tencent.CreateEmbedToken({ ProjectId: 117, PageId: 11520, Scope: "page", ...params });
      return Data.BIToken;
    },
  };
}

const dashboardLink = (ticket, more = "") => `${url}/token3rd/dashboard/view/pc.htm?pageId=${WORK}&accessTicket=${ticket}${more}`;
const pageLink = (token, more = "") => `${url}/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=${token}${more}`;

/** The link of each type of work, with a ticket of its own. */
const WORKS = {
  dashboard: async (booth) => dashboardLink(await booth.ticket()),
  component: async (booth) => dashboardLink(await booth.ticket({ CmptId: COMPONENT }), `&cmptId=${COMPONENT}`),
  workbook: async (booth) => `${url}/token3rd/report/view.htm?id=workbook-demo&accessTicket=${await booth.ticket({ WorksId: "workbook-demo" })}`,
  screen: async (booth) => `${url}/token3rd/screen/view/pc.htm?pageId=screen-demo&accessTicket=${await booth.ticket({ WorksId: "screen-demo" })}`,
  retrieval: async (booth) => `${url}/token3rd/offline/view/pc.htm?pageId=retrieval-demo&accessTicket=${await booth.ticket({ WorksId: "retrieval-demo" })}`,
  analysis: async (booth) => `${url}/token3rd/analysis/view/pc.htm?id=analysis-demo&accessTicket=${await booth.ticket({ WorksId: "analysis-demo" })}`,
  "data-entry": async (booth) => `${url}/token3rd/dataForm/view/data-entry-demo?accessTicket=${await booth.ticket({ WorksId: "data-entry-demo" })}`,
  page: async (booth) => pageLink(await booth.token({ TicketNum: 99 })),
  board: async (booth) => `${url}/page/embed?authType=strong&projectId=117&scope=panel&token=${await booth.token({ PageId: 0, Scope: "panel", TicketNum: 99 })}`,
  chat: async (booth) => chatLink(await booth.token(CHAT)),
};
const CHAT = { ProjectId: 111, PageId: undefined, Scope: "project", Intention: "chatBIEmbed", ...USER };
const chatLink = (token) => `${url}/page/chat-bi-embed?authType=strong&projectId=111&token=${token}`;

const FACE = "[data-testid=embed-report][data-shown=true]";

/** A page of another origin with the link in a frame. */
async function parentPage() {
  const server = http.createServer((request, answer) => {
    const { searchParams } = new URL(request.url, "http://localhost");
    const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    answer.setHeader("content-type", "text/html");
    answer.end(`<!doctype html><html lang="en"><title>parent</title><style>body{margin:0}iframe{border:0;width:100vw;height:100vh;display:block}</style>
      <script>
        window.told = [];
        addEventListener("message", (event) => told.push({ data: event.data, origin: event.origin }));
      </script>
      ${searchParams.has("ahead") ? `<link rel="prefetch" href="${quoted(searchParams.get("ahead"))}">` : ""}
      ${searchParams.has("link") ? `<iframe title="report" src="${quoted(searchParams.get("link"))}"></iframe>` : ""}`);
  });
  await new Promise((listening) => server.listen(0, "localhost", listening));
  const origin = `http://localhost:${server.address().port}`;
  return { origin, framing: (link) => `${origin}/?link=${encodeURIComponent(link)}`, close: () => server.close() };
}

/** Opens the link in a frame; gives the frame once its document is there. */
async function openFramed(page, parent, link) {
  await page.goto(parent.framing(link));
  const handle = await page.waitForSelector("iframe");
  const frame = await handle.contentFrame();
  await frame.waitForSelector("[data-testid=embed-report],[data-testid=embed-refusal]");
  return frame;
}

async function shown(frame) {
  await frame.waitForSelector(FACE);
}

const SHOTS = process.env.TICKETBOOTH_SCREENSHOTS ?? path.join(__dirname, "../../target/screenshots");

/** A picture of all of the framed page. */
async function shoot(page, frame, name) {
  fs.mkdirSync(SHOTS, { recursive: true });
  const size = page.viewportSize();
  const tall = await frame.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, tall) });
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await frame.waitForFunction((height) => innerHeight >= height, tall);
  for (const place of [page, frame, page]) await place.evaluate(painted);
  await page.screenshot({ path: path.join(SHOTS, `embed-${name}.png`) });
  await page.setViewportSize(size);
}

const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Everything that axe has to say against the framed page. */
async function complaintsOfAxe(frame) {
  await frame.evaluate(AXE);
  const { violations } = await frame.evaluate(() => window.axe.run(document));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ").slice(0, 300)}`);
}

module.exports = {
  CHAT, COMPONENT, NOON, USER, WORK, WORKS, admin, chatLink, complaintsOfAxe, dashboardLink, launch, openFramed, pageLink,
  parentPage, sandbox, shoot, shown, url,
};
