// The console as somebody uses it: what it shows, what it changes, and what it survives.
"use strict";

const assert = require("node:assert/strict");
const { after, before, test } = require("node:test");
const { WORK, firstCall, launch, openConsole, picture, rows, startBooth } = require("./console_kit.js");

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const open = (t, booth, hash, options) => openConsole(t, browser, booth, hash, options);

/** Waits until the connection is live. */
const live = (page) => page.locator("#state.live").waitFor();

test("an empty console says what to do next, with this emulator's address", async (t) => {
  const booth = await startBooth(t);
  const page = await open(t, booth);
  const program = page.locator(".empty pre").first();
  await program.waitFor();
  assert.match(await program.textContent(), new RegExp(booth.url.replace("http://", "")));
  await live(page);
  await picture(page, "console-empty");
  assert.deepEqual(page.complaints, []);
});

test("a call appears within a second, and a ticket too, without a reload", async (t) => {
  const booth = await startBooth(t);
  const page = await open(t, booth, "#/calls");
  await live(page);
  await page.evaluate(() => { window.unloaded = false; });
  await booth.createTicket();
  const answered = Date.now();
  await rows(page).first().waitFor();
  assert.ok(Date.now() - answered < 1000, `${Date.now() - answered} ms`);
  assert.match(await firstCall(page).textContent(), /^alibaba\.CreateTicket$/);
  await page.getByRole("link", { name: "Tickets" }).click();
  await rows(page).first().waitFor();
  const ticket = await booth.createTicket();
  const second = Date.now();
  await page.getByRole("link", { name: ticket, exact: true }).waitFor();
  assert.ok(Date.now() - second < 1000, `${Date.now() - second} ms`);
  assert.equal(await page.evaluate(() => window.unloaded), false);
  assert.deepEqual(page.complaints, []);
});

test("a code is found by its text in either language, armed with one click, and used by exactly the next call", async (t) => {
  const booth = await startBooth(t);
  const page = await open(t, booth, "#/codes");
  await live(page);
  await page.getByRole("searchbox").fill("内部错误");
  await page.getByRole("rowheader", { name: /^InternalError/ }).first().waitFor();
  await page.getByRole("searchbox").fill("throttling.user");
  await page.getByRole("button", { name: "Arm Throttling.User for the next call of alibaba.*", exact: true }).click();
  await page.locator("#armed").getByText("waits for the next call of alibaba.*").waitFor();
  await picture(page, "console-arming");
  // The other vendor's calls are none of its.
  assert.ok((await booth.createToken()).Data.BIToken);
  const [first, second] = [await booth.createTicket(), await booth.createTicket()];
  assert.equal(first.code, "Throttling.User");
  assert.match(String(second), /^[0-9a-f-]{36}$/);
  await page.locator("#armed").getByText(/^used by call/).click();
  await page.locator(".diagnosis").getByText("Shaped by rule armed-").waitFor();
  assert.equal(await page.locator(".detail h2").textContent(), "alibaba.CreateTicket Throttling.User");
  assert.deepEqual(page.complaints, []);
});

test("a code that is armed twice is used by the next two calls", async (t) => {
  const booth = await startBooth(t);
  const page = await open(t, booth, "#/codes");
  await live(page);
  await page.getByRole("searchbox").fill("throttling.user");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  for (const [count, state] of [[1, "waits for the next call of alibaba.*"], [2, "waits for a call of alibaba.*, behind 1 more"]]) {
    await page.getByRole("button", { name: "Arm Throttling.User for the next call of alibaba.*", exact: true }).click();
    await page.locator("#armed li[data-rule]").nth(count - 1).waitFor();
    await page.locator("#armed").getByText(state).waitFor();
  }
  const codes = [await booth.createTicket(), await booth.createTicket(), await booth.createTicket()].map((answer) => answer.code);
  assert.deepEqual(codes, ["Throttling.User", "Throttling.User", undefined]);
  await page.locator("#armed").getByText(/^used by call/).nth(1).waitFor();
  assert.deepEqual(page.complaints, []);
});

test("a refused call is explained: the diagnosis first, and both sides of what was signed", async (t) => {
  const booth = await startBooth(t);
  await booth.createTicket();
  await booth.createToken({ ProjectId: 118 });
  const { Response: { RequestId } } = await booth.signWrongly();
  const page = await open(t, booth, `#/call/${RequestId}`);
  await page.locator(".diagnosis").getByText("Names of headers were signed with capital letters.").first().waitFor();
  const marked = await page.locator(".diff tr.changed .less mark").allTextContents();
  assert.ok(marked.includes("C") || marked.join("").includes("Content-Type"), String(marked));
  assert.ok(await page.locator(".diff tr:not(.changed)").count() > 3);
  await live(page);
  await picture(page, "console-explain");
  // The list stands beside it, and leads to the others.
  await page.getByRole("row", { name: /InvalidParameter/ }).getByText("InvalidParameter").click();
  await page.locator(".diagnosis").getByText("The world has no such project").waitFor();
  assert.deepEqual(page.complaints, []);
});

test("the clock tells what a jump would do before it is made", async (t) => {
  const booth = await startBooth(t);
  const ticket = await booth.createTicket({ ExpireTime: 240 });
  const page = await open(t, booth, "#/clock");
  await live(page);
  await page.getByRole("button", { name: "+5h" }).click();
  await page.locator("#preview").getByText("Tickets that would change: 1").waitFor();
  await page.locator("#preview").getByRole("link", { name: ticket }).waitFor();
  await picture(page, "console-clock");
  assert.equal((await booth.admin("GET", `tickets/${ticket}`)).status, "live");
  await page.locator("#preview").getByRole("button", { name: "Jump" }).click();
  await page.locator("#preview").waitFor({ state: "hidden" });
  assert.equal((await booth.admin("GET", `tickets/${ticket}`)).status, "expired");
  await page.getByRole("link", { name: "Tickets" }).click();
  await page.getByRole("row", { name: new RegExp(ticket) }).getByText("expired").waitFor();
  const later = await booth.createTicket();
  await page.getByRole("link", { name: later, exact: true }).click();
  await page.getByRole("link", { name: "Jump to its end" }).click();
  await page.locator("#preview").getByRole("link", { name: later }).waitFor();
  await page.locator("#views").getByRole("link", { name: "Clock" }).click();
  await page.getByLabel("To (2026").fill("2020-01-01T00:00:00Z");
  await page.getByRole("button", { name: "Preview" }).nth(1).click();
  // What the API refuses is told in full, with its hint.
  await page.getByRole("alert").getByText("would go back to 2020-01-01T00:00:00Z").waitFor();
  await page.getByRole("alert").getByText('Hint: tick "may go backwards"').waitFor();
  assert.deepEqual(page.complaints, []);
});

test("a ticket is filtered, opened without a referrer, expired and revoked, and has its timeline", async (t) => {
  const booth = await startBooth(t);
  const ticket = await booth.createTicket({ TicketNum: 3 });
  const other = await booth.createTicket({ TicketNum: 3 });
  const page = await open(t, booth, "#/tickets");
  const row = page.getByRole("row", { name: new RegExp(ticket) });
  await row.waitFor();
  assert.match(await row.locator(".ends").textContent(), /^[34]:\d\d:\d\d$/);
  const [popup] = await Promise.all([page.context().waitForEvent("page"), row.getByRole("link", { name: `Open (takes a use) ${ticket}` }).click()]);
  await popup.getByTestId("embed-report").waitFor();
  assert.equal(await popup.evaluate(() => document.referrer), "");
  assert.equal(await popup.evaluate(() => window.opener), null);
  await popup.close();
  await row.getByText("1 / 3").waitFor();
  await booth.alibabaCall("DelayTicketExpireTime", { Ticket: ticket, ExpireTime: 10 });
  await row.getByRole("button", { name: `Expire ${ticket}` }).click();
  await row.getByText("expired").waitFor();
  await page.getByRole("button", { name: `Revoke ${other}` }).click();
  await page.getByRole("row", { name: new RegExp(other) }).getByText("revoked").waitFor();
  await page.getByLabel("Status").selectOption("revoked");
  await page.locator(`tr[data-key="${ticket}"]`).waitFor({ state: "detached" });
  await page.getByLabel("Status").selectOption("");
  await page.getByLabel("Filter").fill(ticket.slice(0, 9));
  await page.locator(`tr[data-key="${other}"]`).waitFor({ state: "detached" });
  await row.getByRole("link", { name: ticket, exact: true }).click();
  await page.locator(".timeline li").nth(3).waitFor();
  assert.equal(await page.getByRole("link", { name: "Jump to its end" }).count(), 0);
  const steps = page.locator(".timeline li");
  await steps.nth(3).waitFor();
  const told = await steps.allTextContents();
  ["issued", "uses 3 → 2", "end ", "expired"].forEach((text, index) => assert.ok(told[index].includes(text), `${told[index]} has no ${text}`));
  assert.deepEqual(page.complaints, []);
});

test("rules have their counters, mistakes are told with their place, and a scenario its verdict", async (t) => {
  const booth = await startBooth(t);
  const page = await open(t, booth, "#/rules");
  await page.getByLabel("A new rule").fill("on: alibaba.CreateTickt\nthen: { error: Throttling.User }");
  await page.getByRole("button", { name: "Add rule" }).click();
  await page.getByRole("alert").getByText("CreateTicket").waitFor();
  await page.getByLabel("A new rule").fill("id: mine\non: alibaba.CreateTicket\ncalls: 1\nthen: { error: Throttling.User }");
  await page.getByRole("button", { name: "Add rule" }).click();
  const row = page.getByRole("row", { name: /mine/ });
  await row.waitFor();
  await booth.createTicket();
  await booth.createTicket();
  await page.waitForFunction(() => [...document.querySelectorAll("td.num")].map((cell) => cell.textContent).join() === "2,1");
  await row.getByRole("button", { name: "Remove rule mine" }).click();
  await page.getByText("No rules.").waitFor();
  await page.getByLabel("Play a scenario").fill("ticketbooth: 1\nname: three\nexpect:\n  - { on: alibaba.CreateTicket, calls: { exactly: 1 } }");
  await page.getByRole("button", { name: "Play" }).click();
  await page.getByText("fail", { exact: true }).first().waitFor();
  await booth.createTicket();
  await page.getByText("pass", { exact: true }).first().waitFor();
  assert.deepEqual(page.complaints, []);
});

test("a sandbox is made, chosen, and its programs have its keys; all of them together are looked at too", async (t) => {
  const booth = await startBooth(t);
  const page = await open(t, booth, "#/sandboxes");
  await page.getByLabel("Name").fill("mine");
  await page.getByRole("button", { name: "Make a sandbox" }).click();
  await page.locator("#keys").getByText("Keys of sandbox mine").waitFor();
  const { tencent } = await booth.admin("GET", "sandboxes/mine");
  await page.getByRole("button", { name: "Choose mine" }).click();
  assert.equal(await page.locator("#sandbox").inputValue(), "mine");
  await page.getByRole("link", { name: "Snippets" }).click();
  await page.locator("pre").getByText(tencent.secret_id).waitFor();
  await booth.createTicket();
  await page.getByRole("link", { name: "Calls" }).click();
  await page.getByText("No calls yet.").waitFor();
  await page.locator("#sandbox").selectOption("*");
  await rows(page).first().waitFor();
  await page.getByRole("link", { name: "Tickets" }).click();
  await page.getByText("Choose one above").waitFor();
  await page.getByRole("link", { name: "Sandboxes" }).click();
  await page.getByRole("button", { name: "Remove mine" }).click();
  await page.getByRole("button", { name: "Remove mine" }).waitFor({ state: "detached" });
  assert.deepEqual(page.complaints, []);
});

test("the admin token is asked for once, and stands in no address", async (t) => {
  const booth = await startBooth(t, { args: ["--admin-token", "the-token-of-this-test"] });
  const page = await open(t, booth, "#/calls");
  const field = page.getByRole("textbox", { name: "Admin token" });
  await field.fill("another");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("alert").getByText("not the right one").waitFor();
  await field.fill("the-token-of-this-test");
  await page.keyboard.press("Enter");
  await live(page);
  await booth.createTicket();
  await rows(page).first().waitFor();
  await page.reload();
  await rows(page).first().waitFor();
  await live(page);
  assert.equal(await page.locator("dialog").count(), 0);
  for (const request of page.requests) {
    assert.ok(!request.url().includes("the-token"), request.url());
    assert.ok(!request.headers().referer, request.url());
  }
  assert.deepEqual(page.complaints, []);
});

test("the emulator may be started again: the console comes back by itself", async (t) => {
  const first = await startBooth(t);
  const page = await open(t, first, "#/calls");
  await live(page);
  for (let n = 0; n < 5; n += 1) await first.createTicket();
  await rows(page).nth(4).waitFor();
  await page.evaluate(() => { window.unloaded = false; });
  await first.stop();
  await page.locator("#state.lost").waitFor();
  const second = await startBooth(t, { port: first.port });
  await live(page);
  await page.getByText("No calls yet.").waitFor();
  await second.createToken();
  await page.getByRole("link", { name: "tencent.CreateEmbedToken" }).waitFor();
  assert.equal(await page.evaluate(() => window.unloaded), false);
  assert.deepEqual(page.complaints, []);
});

test("everything goes by the keyboard alone", async (t) => {
  const booth = await startBooth(t);
  await booth.createTicket();
  await booth.createToken({ ProjectId: 118 });
  const page = await open(t, booth);
  await rows(page).first().waitFor();
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Skip to the content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  const walkTo = async (text) => {
    for (let n = 0; n < 60; n += 1) {
      await page.keyboard.press("Tab");
      if ((await focused()) === text) return;
    }
    assert.fail(`Tab does not lead to ${text}`);
  };
  await page.reload();
  await walkTo("Calls");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.textContent === "Calls" && document.activeElement.tagName === "H1");
  await rows(page).nth(1).waitFor();
  await walkTo("tencent.CreateEmbedToken");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), "alibaba.CreateTicket");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.locator(".diagnosis").waitFor();
  await page.waitForFunction(() => document.activeElement.classList.contains("detail"));
  await walkTo("Arm InvalidParameter.Embed for the next call");
  await page.keyboard.press("Enter");
  await page.locator("#news").getByText("The next call of tencent.CreateEmbedToken gets InvalidParameter.Embed").waitFor();
  await page.goBack();
  await page.waitForFunction(() => document.activeElement.textContent === "tencent.CreateEmbedToken");
  assert.deepEqual(page.complaints, []);
});

test("a deep link shows its call, whatever sandbox it is in, and one that is gone says so", async (t) => {
  const booth = await startBooth(t);
  const { Response: { RequestId } } = await booth.signWrongly();
  await booth.admin("POST", "sandboxes", { name: "other" });
  const page = await open(t, booth, `?x=1#/call/${RequestId}?sandbox=other`);
  await page.locator(".diagnosis").waitFor();
  assert.equal(await page.locator("#sandbox").inputValue(), "other");
  await page.goto(`${booth.url}/_ticketbooth/#/call/00000000-0000-4000-8000-000000000000`);
  await page.getByRole("alert").getByText("unknown call").waitFor();
  await page.goto(`${booth.url}/_ticketbooth`);
  assert.equal(page.url(), `${booth.url}/_ticketbooth/`);
  await page.goto(`${booth.url}/`);
  await page.getByRole("link", { name: "The console" }).click();
  await live(page);
  assert.deepEqual(page.complaints, []);
});

test("the programs and the things that provoke codes are there to be copied", async (t) => {
  const booth = await startBooth(t);
  const page = await open(t, booth, "#/world", { permissions: ["clipboard-read", "clipboard-write"] });
  await page.getByRole("searchbox").fill("switched off");
  // A row that is drawn anew under the pointer would lose the click.
  await page.waitForFunction(() => {
    const rows = [...document.querySelectorAll("tbody tr")];
    return rows.length > 0 && rows.every((row) => row.textContent.includes("switched off"));
  });
  const line = page.locator("pre").first();
  await page.getByRole("button", { name: "Copy" }).first().click();
  await page.locator("#news").getByText("Copied").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await line.textContent());
  assert.match(await line.textContent(), new RegExp(booth.url));
  await page.getByRole("link", { name: "Snippets" }).click();
  await page.getByLabel("Client").selectOption("alibaba-node");
  await page.locator("pre").getByText(WORK).first().waitFor();
  assert.deepEqual(page.complaints, []);
});
