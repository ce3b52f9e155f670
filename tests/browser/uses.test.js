// What takes a use of a ticket and what does not: one for each document that is loaded, and nothing else.
"use strict";

const assert = require("node:assert/strict");
const { after, before, test } = require("node:test");
const http = require("node:http");
const { WORK, dashboardLink, launch, openFramed, pageLink, parentPage, sandbox, shoot, shown, url } = require("./booth.js");

const FACE = "[data-testid=embed-report][data-shown=true]";
let browser;
let keeping;
let parent;
before(async () => {
  [browser, keeping, parent] = await Promise.all([
    launch(), launch({ ignoreDefaultArgs: ["--disable-back-forward-cache"] }), parentPage()]);
});
after(async () => {
  await Promise.all([browser.close(), keeping.close()]);
  parent.close();
});

const VENDORS = {
  alibaba: { issue: (booth, more) => booth.ticket(more), link: dashboardLink },
  tencent: { issue: (booth, more) => booth.token({ TicketNum: 99, ...more }), link: pageLink },
};

/** The status and headers of a request as no browser lets a page send it. */
function send(method, address, headers = {}) {
  return new Promise((answered, failed) => {
    const request = http.request(address, { method, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => answered({ status: answer.statusCode, headers: answer.headers }));
    });
    request.on("error", failed);
    request.end();
  });
}

for (const [vendor, { issue, link }] of Object.entries(VENDORS)) {
  async function begin(from = browser) {
    const booth = await sandbox();
    const ticket = await issue(booth);
    const context = await from.newContext({ locale: "en-US" });
    const open = async (page) => {
      await page.goto(link(ticket));
      await page.waitForSelector(FACE);
    };
    return { booth, ticket, context, open, page: await context.newPage(), uses: () => booth.uses(ticket) };
  }

  test(`${vendor}: a load takes one, a reload the next, and each tab its own`, async () => {
    const { context, open, page, uses } = await begin();
    await open(page);
    assert.equal(await uses(), 1);
    for (const expected of [2, 3]) {
      await page.reload();
      await page.waitForSelector(FACE);
      assert.equal(await uses(), expected);
    }
    await Promise.all([open(await context.newPage()), open(await context.newPage())]);
    assert.equal(await uses(), 5);
    await context.close();
  });

  for (const [name, from] of [["without", () => browser], ["with", () => keeping]]) {
    test(`${vendor}: back and forward ${name} a cache of whole pages takes one for each document that is loaded`, async (told) => {
      const { context, page, open, uses } = await begin(from());
      await page.addInitScript(() => addEventListener("pageshow", (event) => { window.isKept = event.persisted; }));
      let documents = 0;
      page.on("response", (answer) => {
        if (answer.headers()["x-ticketbooth-visit"] === "admitted") documents += 1;
      });
      await open(page);
      let loaded = 1;
      await page.goto(`${parent.origin}/`);
      for (const step of ["goBack", "goForward", "goBack"]) {
        // A page that was kept is shown again without being loaded.
        await page[step]({ waitUntil: "commit" });
        // Until the page around is there the browser takes no next step.
        if (step === "goForward") {
          await page.waitForFunction((origin) => location.origin === origin && document.readyState === "complete", parent.origin);
          continue;
        }
        await page.waitForSelector(FACE);
        if (!await page.evaluate(() => window.isKept)) loaded += 1;
        assert.deepEqual([documents, await uses()], [loaded, loaded]);
      }
      told.diagnostic(`${3 - loaded} of 2 times the page was kept`);
      if (name === "without") assert.equal(loaded, 3);
      await context.close();
    });
  }

  test(`${vendor}: what a browser loads ahead of time takes nothing, and opening it then takes one`, async () => {
    const { booth, ticket, context, page, uses } = await begin();
    const ahead = page.waitForResponse((answer) => answer.url().startsWith(url));
    await page.goto(`${parent.origin}/?ahead=${encodeURIComponent(link(ticket))}`);
    const answer = await ahead;
    assert.equal(answer.status(), 503);
    assert.equal(await uses(), 0);
    await page.goto(link(ticket));
    await page.waitForSelector(FACE);
    assert.equal(await uses(), 1);
    for (const [header, value] of [["sec-purpose", "prefetch"], ["sec-purpose", "prefetch;prerender"], ["purpose", "prefetch"], ["x-moz", "prefetch"]]) {
      assert.equal((await send("GET", link(ticket), { [header]: value })).status, 503);
      assert.equal(await uses(), 1);
    }
    await booth.ask("PATCH", "/assumptions", { assume: { [`${vendor}.prefetch`]: "takes_use" } });
    await send("GET", link(ticket), { "sec-purpose": "prefetch" });
    assert.equal(await uses(), 2, "unless it is assumed that it does");
    await context.close();
  });

  test(`${vendor}: HEAD, the icon, the parts of the page, its data and its pulse take nothing`, async () => {
    const { context, page, open, uses, ticket } = await begin();
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await open(page);
    const pulse = await page.waitForResponse((answer) => answer.url().endsWith("/pulse"));
    assert.equal(pulse.status(), 200);
    const field = page.getByTestId("embed-field-month");
    const fetched = page.waitForResponse((answer) => answer.request().method() === "POST");
    await field.selectOption("Feb");
    await fetched;
    assert.ok(!asked.includes("/favicon.ico"), "the icon stands in the page");
    assert.equal(asked.filter((path) => path.endsWith(".css") || path.endsWith(".js")).length, 2);
    for (const path of new Set(asked.filter((path) => path.startsWith("/ticketbooth-pages/")))) {
      assert.equal((await send("GET", `${url}${path}`)).status, 200);
    }
    assert.equal((await send("HEAD", link(ticket))).headers["x-ticketbooth-visit"], "admitted");
    for (const method of ["OPTIONS", "POST", "PUT"]) await send(method, link(ticket));
    await send("GET", `${url}/favicon.ico`);
    assert.equal(await uses(), 1);
    await context.close();
  });

  test(`${vendor}: the last use opens a page that stays open`, async () => {
    const booth = await sandbox();
    const page = await browser.newPage({ locale: "en-US" });
    const frame = await openFramed(page, parent, link(await issue(booth, { TicketNum: 1 })));
    await shown(frame);
    assert.equal(await frame.getByTestId("embed-uses-left").textContent(), "0");
    const fetched = page.waitForResponse((answer) => answer.request().method() === "POST");
    await frame.getByTestId("embed-field-month").selectOption("Feb");
    assert.equal((await fetched).status(), 200);
    for (let round = 0; round < 2; round += 1) await page.waitForResponse((answer) => answer.url().endsWith("/pulse"));
    assert.equal(await frame.getByTestId("embed-ended").count(), 0);
    await page.close();
  });

  test(`${vendor}: the end of an open page is seen, and a clock that goes back heals it`, async () => {
    const booth = await sandbox();
    const ticket = await issue(booth);
    const page = await browser.newPage({ locale: "en-US" });
    const frame = await openFramed(page, parent, link(ticket));
    await shown(frame);
    assert.equal(await frame.getByTestId("embed-countdown").textContent(), "04:00:00 (clock stands)");
    for (let round = 0; round < 2; round += 1) await page.waitForResponse((answer) => answer.url().endsWith("/pulse"));
    assert.equal(await frame.getByTestId("embed-countdown").textContent(), "04:00:00 (clock stands)", "it stands with the clock");
    await booth.advance("239m");
    await frame.getByText("00:01:00 (clock stands)").waitFor();
    await booth.advance("61s");
    const end = frame.getByTestId("embed-ended");
    await end.waitFor();
    assert.equal(await end.getAttribute("data-kind"), "expired");
    assert.equal(await end.locator("p").textContent(), vendor === "alibaba" ? `Ticket [${ticket}] has expired` : "Page not accessible");
    await shoot(page, frame, `ended-${vendor}`);
    await booth.ask("POST", "/clock", { advance: "-10m", allow_backwards: true });
    await end.waitFor({ state: "detached" });
    assert.equal(await frame.getByTestId("embed-countdown").textContent(), "00:09:59 (clock stands)");
    assert.equal(await booth.uses(ticket), 1, "neither takes a use");
    await page.close();
  });

  test(`${vendor}: a page that is taken away while it is open says so`, async () => {
    const booth = await sandbox();
    const ticket = await issue(booth);
    const page = await browser.newPage({ locale: "en-US" });
    const frame = await openFramed(page, parent, link(ticket));
    await shown(frame);
    if (vendor === "alibaba") await booth.call("DeleteTicket", { Ticket: ticket });
    else await booth.tencent.ClearEmbedToken({ ProjectId: "117", PageId: "11520", Scope: "page", UserCorpId: "100022975249" });
    await frame.getByTestId("embed-ended").waitFor();
    assert.equal(await frame.getByTestId("embed-ended").getAttribute("data-kind"), "revoked");
    await page.close();
  });

  test(`${vendor}: the end comes by itself where the clock runs`, async () => {
    const booth = await sandbox({ clock: "running" });
    const ticket = await issue(booth, vendor === "alibaba" ? { ExpireTime: 1 } : { ExpireTime: "1" });
    await booth.advance("55s");
    const page = await browser.newPage({ locale: "en-US" });
    const frame = await openFramed(page, parent, link(ticket));
    await shown(frame);
    assert.match(await frame.getByTestId("embed-countdown").textContent(), /^00:00:0\d$/);
    await frame.getByTestId("embed-ended").waitFor();
    await page.close();
  });
}

test("alibaba: an extension is seen in an open page", async () => {
  const booth = await sandbox();
  const ticket = await booth.ticket({ ExpireTime: 60 });
  const page = await browser.newPage({ locale: "en-US" });
  const frame = await openFramed(page, parent, dashboardLink(ticket));
  await shown(frame);
  await booth.call("DelayTicketExpireTime", { Ticket: ticket, ExpireTime: 30 });
  await frame.getByText("01:30:00 (clock stands)").waitFor();
  assert.equal(await frame.getByTestId("embed-expires-at").textContent(), "2026-01-05 09:30:00");
  await page.close();
});

test("tencent: an extension heals a page whose token had expired, where that revives it", async () => {
  const booth = await sandbox({ assume: { "tencent.extend_expired": "revive" } });
  const token = await booth.token({ ExpireTime: "10" });
  const page = await browser.newPage({ locale: "en-US" });
  const frame = await openFramed(page, parent, pageLink(token));
  await shown(frame);
  await booth.advance("11m");
  await frame.getByTestId("embed-ended").waitFor();
  await booth.tencent.ApplyEmbedInterval({ ProjectId: 117, PageId: 11520, BIToken: token, Scope: "page" });
  await frame.getByTestId("embed-ended").waitFor({ state: "detached" });
  assert.equal(await frame.getByTestId("embed-countdown").textContent(), "00:10:00 (clock stands)");
  await page.close();
});

test("both: the page around it is told what the vendor documents, and ours when it asks", async () => {
  const booth = await sandbox();
  const page = await browser.newPage({ locale: "en-US" });
  const told = () => page.evaluate(() => window.told);
  const post = (frame, message) => page.evaluate((data) => document.querySelector("iframe").contentWindow.postMessage(data, "*"), message);
  let frame = await openFramed(page, parent, dashboardLink(await booth.ticket()));
  await shown(frame);
  await page.waitForFunction(() => window.told.length === 1);
  await post(frame, { getDashboardHeight: true });
  await page.waitForFunction(() => window.told.length === 2);
  for (const { data, origin } of await told()) {
    assert.deepEqual(Object.keys(data), ["height", "pageId"]);
    assert.deepEqual([data.pageId, origin], [WORK, url]);
    assert.ok(data.height > 600);
  }
  await post(frame, { ticketbooth: "listen" });
  await page.waitForFunction(() => window.told.length === 3);
  await frame.getByTestId("embed-field-month").selectOption("Feb");
  await page.waitForFunction(() => window.told.length === 4);
  await booth.advance("241m");
  await page.waitForFunction(() => window.told.length === 5);
  const ours = (await told()).slice(2).map(({ data }) => data);
  assert.deepEqual(ours, [
    { source: "ticketbooth", event: "shown" },
    { source: "ticketbooth", event: "filtered" },
    { source: "ticketbooth", event: "ended", kind: "expired" },
  ]);
  frame = await openFramed(page, parent, pageLink(await booth.token()));
  await shown(frame);
  await post(frame, { getDashboardHeight: true });
  await post(frame, { ticketbooth: "listen" });
  await page.waitForFunction(() => window.told.length === 1);
  assert.deepEqual((await told())[0].data, { source: "ticketbooth", event: "shown" }, "the other vendor documents no messages");
  await openFramed(page, parent, pageLink("nothing"));
  await post(frame, { ticketbooth: "listen" });
  await page.waitForFunction(() => window.told.length === 1);
  assert.deepEqual((await told())[0].data, { source: "ticketbooth", event: "refused" });
  await page.close();
});
