// What a visitor's browser shows of a ticket, and what it takes from it.
"use strict";

const assert = require("node:assert/strict");
const { after, before, test } = require("node:test");
const http = require("node:http");
const { RPCClient } = require("@alicloud/pop-core");
const { Client: Tencent } = require("tencentcloud-sdk-nodejs/tencentcloud/services/bi").bi.v20220105;
const { launch } = require("./browser.js");

const url = process.env.TICKETBOOTH_URL;
const work = "a206f5f3-0000-4000-8000-e9b17c835b03";

const alibaba = new RPCClient({
  accessKeyId: "LTAIlocaltest000000000000",
  accessKeySecret: "localtestsecret000000000000000",
  endpoint: url,
  apiVersion: "2022-01-01",
});
const tencent = new Tencent({
  credential: { secretId: "AKIDlocaltest0000000000000000000000", secretKey: "localtestsecret00000000000000000" },
  region: "",
  profile: { httpProfile: { endpoint: url.replace("http://", ""), protocol: "http://" } },
});

async function ticketLink(params) {
  const { Result } = await alibaba.request("CreateTicket", { WorksId: work, ...params }, { method: "POST" });
  return `${url}/token3rd/dashboard/view/pc.htm?pageId=${work}&accessTicket=${Result}`;
}

async function tokenLink(params) {
  const { Data } = await tencent.CreateEmbedToken({ ProjectId: 117, PageId: 11520, Scope: "page", ...params });
  return `${url}/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=${Data.BIToken}`;
}

let browser;
let page;
let complaints;

before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function fresh() {
  complaints = [];
  page = await (await browser.newContext({ locale: "en-US" })).newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // Every browser asks for an icon that nobody promised.
    const icon = message.location().url.endsWith("/favicon.ico");
    if (message.type() === "error" && !icon) complaints.push(message.text());
  });
}

async function opened() {
  await page.getByTestId("embed-report").waitFor();
  await page.locator("[data-testid=embed-rows] tbody tr").nth(5).waitFor();
  assert.deepEqual(complaints, []);
}

async function refused(kind, text) {
  const refusal = page.getByTestId("embed-refusal");
  assert.equal(await refusal.getAttribute("data-kind"), kind);
  assert.equal(await refusal.locator("p").textContent(), text);
}

for (const [vendor, link, usedUp] of [
  ["alibaba", () => ticketLink({ TicketNum: 2 }), "AE0130010026 There is no ticket number left, please generate new ticket"],
  ["tencent", () => tokenLink({ TicketNum: 2 }), "Page not accessible"],
]) {
  test(`${vendor}: a page loads its data and takes one use, a reload the next`, async () => {
    await fresh();
    await page.goto(await link());
    await opened();
    assert.equal(await page.getByTestId("embed-uses-left").textContent(), "1");
    await page.reload();
    await opened();
    assert.equal(await page.getByTestId("embed-uses-left").textContent(), "0");
    await page.reload();
    await refused("used-up", usedUp);
  });
}

test("alibaba: what a ticket carries is shown as text", async () => {
  await fresh();
  const filters = '[{"paramKey":"price","joinType":"and","conditionList":[{"operate":">","value":"</script>\'\\""}]}]';
  await page.goto(await ticketLink({ WatermarkParam: "<b>三方</b>", GlobalParam: filters }));
  await opened();
  assert.equal(await page.getByTestId("embed-watermark").textContent(), "<b>三方</b>");
  assert.equal(await page.getByTestId("embed-global-param").textContent(), filters);
});

test("alibaba: in a frame of another site the page tells its height, and again when asked", async () => {
  await fresh();
  const link = await ticketLink({});
  const outside = http.createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<iframe src="${link}"></iframe><script>
      window.told = [];
      addEventListener("message", (event) => {
        told.push({ ...event.data, origin: event.origin });
        if (told.length === 1) document.querySelector("iframe").contentWindow.postMessage({ getDashboardHeight: true }, "*");
      });
    </script>`);
  });
  await new Promise((listening) => outside.listen(0, "localhost", listening));
  try {
    await page.goto(`http://localhost:${outside.address().port}/`);
    await page.waitForFunction(() => window.told.length === 2);
    for (const told of await page.evaluate(() => window.told)) {
      assert.equal(told.pageId, work);
      assert.equal(told.origin, url);
      assert.ok(told.height > 0);
    }
  } finally {
    outside.close();
  }
});

test("tencent: a Chinese browser is refused in Chinese", async () => {
  await fresh();
  page = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await page.goto(`${url}/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token=nothing`);
  await refused("unknown-ticket", "页面无法访问");
});
